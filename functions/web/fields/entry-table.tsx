/** Entries as a table: a row an entry, a column a short question. What is no short answer stands below in its row. */

import type { Item } from '../../../schemas/form.ts';
import { numberedLabel } from '../../../schemas/kinds/question.ts';
import { namedEntries } from '../../domain/answers.ts';
import { isMarked, noneMark, notApplicableMark, valuesOf } from '../../domain/posted/posted.ts';
import { conditionText, dateText, limitsText } from '../../domain/question-facts.ts';
import { Grouped, errorsAt } from './about.tsx';
import { Presence, entriesHere } from './boxes.tsx';
import type { FieldProps, KindProps } from './context.ts';
import { RowButtons, noneBoxes } from './entry-buttons.tsx';
import { PasteHint } from './paste-hint.tsx';

/** What その他 is: asked in the cell of the question that has this option. */
function further({ item }: Pick<FieldProps, 'item'>, { key }: Item): Item[] {
  return item.children.filter((child) => child.key === `${key}Other`);
}

/** Whether a question has a column. */
function isCell(list: Pick<FieldProps, 'item'>, { kind, key }: Item): boolean {
  const isFurther = list.item.children.some((other) => `${other.key}Other` === key);
  if (kind.fields !== undefined || isFurther) return false;
  return kind.refersTo !== 'municipalities' && kind.posting.as !== 'lines' && kind.posting.as !== 'sent';
}

function Heading({ item, context, isRepeated }: Pick<FieldProps, 'item' | 'context'> & { isRepeated: boolean }) {
  const { required, help, example } = item.definition;
  const condition = conditionText(item);
  const facts = [
    dateText(item, context.round.period, context.asOf),
    limitsText(item),
    example === undefined ? '' : `記入例：${example}`,
  ].filter((text) => text !== '');
  return (
    <th scope="col">
      {numberedLabel(item.definition)}
      {required && <span class="need need--required">必須</span>}
      {condition !== '' && !isRepeated && <span class="hint__when">該当する場合のみ（{condition}）</span>}
      {!isRepeated && (help !== undefined || facts.length > 0) && (
        <details class="column-help">
          <summary>
            説明<span class="visually-hidden">（{numberedLabel(item.definition)}）</span>
          </summary>
          {help !== undefined && <p>{help}</p>}
          {facts.map((fact) => (
            <p>{fact}</p>
          ))}
        </details>
      )}
    </th>
  );
}

interface RowProps {
  readonly props: KindProps<'list'>;
  readonly name: string;
  /** Which row, as printed. */
  readonly row: string;
  readonly inCells: readonly Item[];
  readonly below: readonly Item[];
  readonly versions: Pick<FieldProps, 'stored' | 'previous' | 'submitted'>;
}

/** A function, not a component: a page may have a hundred. */
function tableRow({ props, name, row, inCells, below, versions }: RowProps) {
  const { Fields, context, path: list } = props;
  const path = `${list}.${name}`;
  const reason = context.sentBack.get(path);
  const common = { ...versions, context, base: path, scope: path };
  return (
    <tbody class="row" id={path} tabindex={-1} data-row={name} autofocus={context.focused === path}>
      <tr>
        <th scope="row">
          <span data-no="">{row}</span>
          <span class="visually-hidden">件目</span>
          <input type="hidden" name={list} value={name} />
          {errorsAt({ context, path })}
          {reason !== undefined && (
            <p class="sent-back">
              差戻しの理由：<span class="preserved">{reason}</span>
            </p>
          )}
        </th>
        {inCells.map((item) => (
          <Fields
            {...common}
            items={[item]}
            rowNumber={row}
            beside={<Fields {...common} items={further(props, item)} isCompact />}
          />
        ))}
        <td class="row__buttons">
          <RowButtons path={path} row={row} />
        </td>
      </tr>
      {below.length > 0 && (
        <tr class="row__below">
          <td colspan={inCells.length + 2}>
            <Fields {...common} items={below} isCompact below={{ row, isRepeated: row !== '1' && row !== '' }} />
          </td>
        </tr>
      )}
    </tbody>
  );
}

/** What the script puts the name of a new row in place of: no entry is called so. */
export function rowToCopy(item: Pick<Item, 'key'>): string {
  return `@${item.key}@`;
}

/** The row to copy of a list in a row stands in the row to copy around it: once, and not in each. */
export function hasRowToCopy({ below, path }: Pick<FieldProps, 'below' | 'path'>): boolean {
  return below === undefined || path.includes('@');
}

/** The rows of the page; one to begin with where there is none and nobody has said that there are none. */
function namesOf(props: KindProps<'list'>): string[] {
  const { context, path } = props;
  const names = valuesOf(context.post, path);
  const isToCopy = path.includes('@');
  return names.length > 0 || isNone(props) || isToCopy ? names : [context.newEntryId()];
}

function isNone({ context: { post }, path }: Pick<FieldProps, 'context' | 'path'>): boolean {
  return isMarked(post, noneMark(path)) || isMarked(post, notApplicableMark(path));
}

export function EntryTable(props: KindProps<'list'>) {
  const { context, path, item, definition } = props;
  const byName = (value: FieldProps['stored']) => new Map(namedEntries(value).map(({ name, entry }) => [name, entry]));
  const [stored, previous, submitted] = [byName(props.stored), byName(props.previous), byName(props.submitted)];
  const names = namesOf(props);
  const inCells = item.children.filter((child) => isCell(props, child));
  const shown = new Set(inCells.flatMap((child) => [child, ...further(props, child)]));
  const below = item.children.filter((child) => !shown.has(child));
  const rowOf = (name: string, row: string) =>
    tableRow({
      props,
      name,
      row,
      inCells,
      below,
      versions: { stored: stored.get(name), previous: previous.get(name), submitted: submitted.get(name) },
    });
  return (
    <Grouped props={props}>
      <Presence path={path} />
      {entriesHere(path)}
      {props.below === undefined && <PasteHint hasRows />}
      <div class="rows" data-rows={path} data-most={String(definition.maxEntries)} data-enter>
        <div class="table-scroll">
          <table class="entry-table">
            <thead>
              <tr>
                <th scope="col">
                  <span class="visually-hidden">番号</span>
                </th>
                {inCells.map((child) => (
                  <Heading item={child} context={context} isRepeated={props.below?.isRepeated === true} />
                ))}
                <th scope="col">
                  <span class="visually-hidden">行の操作</span>
                </th>
              </tr>
            </thead>
            {names.map((name, index) => rowOf(name, String(index + 1)))}
          </table>
        </div>
        {hasRowToCopy(props) && <template data-copy={rowToCopy(item)}>{rowOf(rowToCopy(item), '')}</template>}
        <button class="button button--secondary" name="action" value={`add:${path}`} id={path}>
          行を追加
          <span class="visually-hidden">（{definition.label}）</span>
        </button>
      </div>
      {(props.below === undefined || isNone(props)) && noneBoxes(props, valuesOf(context.post, path).length)}
    </Grouped>
  );
}
