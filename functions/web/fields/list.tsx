/** Entries of the same questions: on this page, or each on a page of its own. */

import { namedEntries } from '../../domain/answers.ts';
import { Grouped } from './about.tsx';
import { Presence, entriesHere } from './boxes.tsx';
import type { FieldProps, KindProps } from './context.ts';
import { AddButton, RowButtons, noneBoxes } from './entry-buttons.tsx';
import { EntryTable, hasRowToCopy, rowToCopy } from './entry-table.tsx';
import { FoldedEntries } from './folded-entries.tsx';
import { isFolded } from './folding.ts';
import { valuesOf } from '../../domain/posted/posted.ts';

function InlineEntries({ Fields, ...props }: KindProps<'list'>) {
  const { context, path, item, definition } = props;
  const names = valuesOf(context.post, path);
  const entriesOf = (value: FieldProps['stored']) =>
    new Map(namedEntries(value).map(({ name, entry }) => [name, entry]));
  const [stored, previous, submitted] = [
    entriesOf(props.stored),
    entriesOf(props.previous),
    entriesOf(props.submitted),
  ];
  const entryOf = (name: string, number: string) => (
    <fieldset
      class="entry"
      id={`${path}.${name}`}
      tabindex={-1}
      data-row={name}
      autofocus={context.focused === `${path}.${name}`}
    >
      <legend>
        <span data-no="">{number}</span>件目
      </legend>
      <input type="hidden" name={path} value={name} />
      <Fields
        context={context}
        items={item.children}
        base={`${path}.${name}`}
        scope={`${path}.${name}`}
        stored={stored.get(name)}
        previous={previous.get(name)}
        submitted={submitted.get(name)}
        isCompact={number !== '1' || definition.maxEntries > 20}
      />
      <div class="entry-buttons row__buttons">
        <RowButtons path={`${path}.${name}`} row={number} />
      </div>
    </fieldset>
  );
  return (
    <Grouped props={props}>
      <Presence path={path} />
      {entriesHere(path)}
      <div class="rows" data-rows={path} data-most={String(definition.maxEntries)}>
        {names.map((name, index) => entryOf(name, String(index + 1)))}
        {hasRowToCopy(props) && <template data-copy={rowToCopy(item)}>{entryOf(rowToCopy(item), '')}</template>}
        <AddButton path={path} id={path} label={definition.label} count={names.length} max={definition.maxEntries} />
      </div>
      {noneBoxes(props, names.length)}
    </Grouped>
  );
}

export function ListField(props: KindProps<'list'>) {
  const { item, path, stored, context } = props;
  // What was posted with its entries is shown with them, even if the list has grown long meanwhile.
  const isApart = isFolded(item, stored) && valuesOf(context.post, path).length === 0;
  if (isApart) return <FoldedEntries {...props} />;
  return item.kind.layout === 'table' ? <EntryTable {...props} /> : <InlineEntries {...props} />;
}
