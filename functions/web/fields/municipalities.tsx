/** Any number of the municipalities that may be named, in the order of the directory. */

import { municipalityKinds } from '../../../schemas/directory.ts';
import { Grouped } from './about.tsx';
import { NoneBoxes, Presence, optionBoxes } from './boxes.tsx';
import type { KindProps } from './context.ts';
import { valuesOf } from '../../domain/posted/posted.ts';

export function MunicipalitiesField(props: KindProps<'municipalities'>) {
  const { context, path } = props;
  const chosen = new Set(valuesOf(context.post, path));
  const known = new Set(context.municipalities.map(({ code }) => code));
  const kinds = Object.entries(municipalityKinds)
    .map(([kind, label]) => ({ label, members: context.municipalities.filter((each) => each.kind === kind) }))
    .filter(({ members }) => members.length > 0);
  const unknown = [...chosen]
    .filter((code) => !known.has(code))
    .map((code): [string, string] => [code, context.names.municipalities.get(code) ?? `名簿にない市町村（${code}）`]);
  return (
    <Grouped props={props}>
      <Presence path={path} />
      {kinds.map(({ label, members }, index) => (
        <div class="municipalities" role="group" aria-label={label}>
          <span class="municipalities__kind" aria-hidden="true">
            {label}
          </span>
          {optionBoxes(
            props,
            'checkbox',
            members.map(({ code, name }) => [code, name]),
            chosen,
            index === 0,
          )}
        </div>
      ))}
      {optionBoxes(props, 'checkbox', unknown, chosen, kinds.length === 0)}
      <NoneBoxes {...props} />
    </Grouped>
  );
}
