/** The best of the options: a list to choose from for each place. */

import { Grouped } from './about.tsx';
import { notApplicableBox } from './boxes.tsx';
import type { KindProps } from './context.ts';

export function RankingField(props: KindProps<'ranking'>) {
  const { context, path, definition } = props;
  const chosen = context.post.get(path) ?? [];
  // A draft may hold more than there are places, to be taken back.
  const places = Array.from({ length: Math.max(definition.places, chosen.length) }, (_, index) => index + 1);
  return (
    <Grouped props={props}>
      <ol class="ranking">
        {places.map((place) => (
          <li>
            <label>
              <span class="ranking__place">{place}位</span>
              <select class="select" id={place === 1 ? path : `${path}.${place}`} name={path}>
                <option value="">未回答</option>
                {Object.entries(definition.options).map(([value, label]) => (
                  <option value={value} selected={value === chosen[place - 1]}>
                    {label}
                  </option>
                ))}
              </select>
            </label>
          </li>
        ))}
      </ol>
      {notApplicableBox(props)}
    </Grouped>
  );
}
