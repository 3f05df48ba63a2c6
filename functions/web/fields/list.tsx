/** Entries of the same questions: on this page, or each on a page of its own. */

import { namedEntries } from '../../domain/answers.ts';
import { Grouped } from './about.tsx';
import { Presence, entriesHere } from './boxes.tsx';
import type { FieldProps, KindProps } from './context.ts';
import { AddButton, EntryButtons, noneBoxes } from './entry-buttons.tsx';
import { EntryTable } from './entry-table.tsx';
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
  return (
    <Grouped props={props}>
      <Presence path={path} />
      {entriesHere(path)}
      {names.map((name, index) => (
        <fieldset class="entry" id={`${path}.${name}`} tabindex={-1}>
          <legend>{index + 1}件目</legend>
          <input type="hidden" name={path} value={name} />
          <Fields
            context={context}
            items={item.children}
            base={`${path}.${name}`}
            scope={`${path}.${name}`}
            stored={stored.get(name)}
            previous={previous.get(name)}
            submitted={submitted.get(name)}
            isCompact={index > 0 || definition.maxEntries > 20}
          />
          <EntryButtons
            path={`${path}.${name}`}
            title={`${definition.label} ${index + 1}件目`}
            index={index}
            count={names.length}
          />
        </fieldset>
      ))}
      <AddButton path={path} id={path} label={definition.label} count={names.length} max={definition.maxEntries} />
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
