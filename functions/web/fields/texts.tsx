/** A list of plain texts, each on a line. */

import { numberedLabel } from '../../../schemas/kinds/question.ts';
import { Grouped } from './about.tsx';
import type { KindProps } from './context.ts';
import { AddButton, RowButtons, noneBoxes } from './entry-buttons.tsx';
import { rowToCopy } from './entry-table.tsx';
import { PasteHint } from './paste-hint.tsx';
import { valuesOf } from '../../domain/posted/posted.ts';
import { TextInput } from './text-input.tsx';

interface LineProps {
  readonly props: KindProps<'texts'>;
  readonly value: string;
  /** Its position; what the script puts one in place of in the line to copy. */
  readonly name: string;
  readonly number: string;
}

function Line({ props, value, name, number }: LineProps) {
  const { path, definition } = props;
  const id = name === '0' ? path : `${path}.${name}`;
  return (
    <div class="text-row" data-row={name}>
      <label class="visually-hidden" for={id}>
        {numberedLabel(definition)} <span data-no="">{number}</span>件目
      </label>
      <TextInput props={props} id={id} value={value} maxLength={definition.maxLength} />
      <div class="entry-buttons row__buttons">
        <RowButtons path={`${path}.${name}`} row={number} />
      </div>
    </div>
  );
}

export function TextsField(props: KindProps<'texts'>) {
  const { context, path, definition, item } = props;
  const texts = valuesOf(context.post, path);
  const lines = texts.length < definition.maxEntries ? [...texts, ''] : texts;
  return (
    <Grouped props={props}>
      {props.below === undefined && <PasteHint hasRows />}
      <div class="rows" data-rows={path} data-most={String(definition.maxEntries)} data-enter>
        {lines.map((value, index) => (
          <Line props={props} value={value} name={String(index)} number={String(index + 1)} />
        ))}
        <template data-copy={rowToCopy(item)}>
          <Line props={props} value="" name={rowToCopy(item)} number="" />
        </template>
        {lines.length > texts.length && (
          <AddButton path={path} label="記入欄" count={texts.length} max={definition.maxEntries} />
        )}
      </div>
      {noneBoxes(props, texts.length)}
    </Grouped>
  );
}
