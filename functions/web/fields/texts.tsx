/** A list of plain texts, each on a line. */

import { numberedLabel } from '../../../schemas/question.ts';
import { Grouped } from './about.tsx';
import type { KindProps } from './context.ts';
import { AddButton, EntryButtons, noneBoxes } from './entry-buttons.tsx';
import { valuesOf } from '../../domain/posted/posted.ts';
import { TextInput } from './text-input.tsx';

export function TextsField(props: KindProps<'texts'>) {
  const { context, path, definition } = props;
  const texts = valuesOf(context.post, path);
  const rows = texts.length < definition.maxEntries ? [...texts, ''] : texts;
  return (
    <Grouped props={props}>
      {rows.map((value, index) => (
        <div class="text-row">
          <TextInput
            props={props}
            id={index === 0 ? path : `${path}.${index}`}
            value={value}
            maxLength={definition.maxLength}
            label={`${numberedLabel(definition)} ${index + 1}件目`}
          />
          {value !== '' && (
            <EntryButtons path={`${path}.${index}`} title={`${index + 1}件目`} index={index} count={texts.length} />
          )}
        </div>
      ))}
      {rows.length > texts.length && (
        <AddButton path={path} label="記入欄" count={texts.length} max={definition.maxEntries} />
      )}
      {noneBoxes(props, texts.length)}
    </Grouped>
  );
}
