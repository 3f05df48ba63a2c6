/** The form on paper: every question with room to write, made from the definition. */

import { isTable } from '../../../schemas/kinds/kind.ts';
import type { Options } from '../../../schemas/kinds/question.ts';
import type { Item } from '../../../schemas/form.ts';
import type { Round } from '../../../schemas/round.ts';
import { asOfDate } from '../../../schemas/round.ts';
import { printPartialDate } from '../../../schemas/values/partial-date.ts';
import { numberedLabel } from '../../../schemas/kinds/question.ts';
import { conditionText, dateText, limitsText } from '../../domain/question-facts.ts';
import { ScrollRegion } from '../shared/table.tsx';

/** More columns than these make a sheet of paper too narrow. */
const mostColumns = 8;

/** Whether each entry of a list fits into a row: single questions, none with room for long texts. */
function isShortList({ kind, children }: Item): boolean {
  const isShort = (child: Item): boolean => child.children.length === 0 && child.kind.isTall !== true;
  return kind.nesting === 'entries' && children.length <= mostColumns && children.every(isShort);
}

interface BlankProps {
  readonly item: Item;
  readonly round: Round;
  readonly asOf: string;
  readonly around?: Item | undefined;
}

/** Where to write; a question that may not apply has a box for that. */
function Room({ item: { kind, definition } }: { readonly item: Item }) {
  const notApplicable = definition.nullable && kind.paper?.includes('該当なし') !== true ? '☐ 該当なし' : '';
  if (kind.paper !== undefined) return <>{[kind.paper, notApplicable].filter((text) => text !== '').join('　')}</>;
  return (
    <>
      <span class={kind.isTall === true ? 'blank blank--tall' : 'blank'} />
      {notApplicable}
    </>
  );
}

/** What a question says of itself: what counts, of when, how much. */
function Facts({ item, round, asOf }: BlankProps) {
  const { definition, kind } = item;
  const { help, example, reasonIfBlank } = definition;
  const period = definition.overPeriod === true ? dateText(item, round.period, asOf) : '';
  const limits = kind.nesting === 'entries' || item.formula !== undefined ? '' : limitsText(item);
  const empty = kind.emptyLabel === undefined ? '' : `空欄は「${kind.emptyLabel}」という意味です。`;
  const facts = [period, limits, empty, example === undefined ? '' : `記入例：${example}`].filter(
    (text) => text !== '',
  );
  return (
    <>
      {help !== undefined && <p class="hint preserved">{help}</p>}
      {facts.length > 0 && <p class="hint">{facts.join('　')}</p>}
      {reasonIfBlank === true && <p class="hint">不明な場合の理由：＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿</p>}
    </>
  );
}

/** Said behind the label: whether it must be answered, and when it is asked. */
function askedText({ item, around }: Pick<BlankProps, 'item' | 'around'>): string {
  const condition = conditionText(item, around);
  return `${item.definition.required ? '（必須）' : ''}${condition === '' ? '' : `（該当する場合のみ：${condition}）`}`;
}

/** Rows of a short list: as many as stand on half a sheet. */
const blankRows = 5;

function BlankEntries(props: BlankProps) {
  const { item } = props;
  const { children, kind } = item;
  const rows = Array.from({ length: Math.min(blankRows, kind.maxEntries ?? blankRows) }, (_, index) => index + 1);
  return (
    <ScrollRegion label={numberedLabel(item.definition)}>
      <table class="table--compact">
        <thead>
          <tr>
            <th scope="col">番号</th>
            {children.map((child) => (
              <th scope="col">
                {numberedLabel(child.definition)}
                {askedText({ item: child, around: item })}
                <Facts {...props} item={child} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((number) => (
            <tr>
              <th scope="row">{number}</th>
              {children.map((child) => (
                <td>{child.kind.paper ?? ''}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function BlankCross({ item, columns }: Pick<BlankProps, 'item'> & { readonly columns: Options }) {
  return (
    <ScrollRegion label={numberedLabel(item.definition)}>
      <table class="table--compact">
        <thead>
          <tr>
            <th scope="col">項目（{item.kind.unit}）</th>
            {Object.values(columns).map((column) => (
              <th scope="col">{column}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {item.children.map((row) => (
            <tr>
              <th scope="row">{row.definition.label}</th>
              {row.children.map(() => (
                <td>＿＿＿＿</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function BlankTable({ item }: Pick<BlankProps, 'item'>) {
  const { columns } = item.kind;
  if (columns !== undefined) return <BlankCross item={item} columns={columns} />;
  return (
    <table class="table--compact">
      <tbody>
        {item.children.map((row) => (
          <tr>
            <th scope="row">{numberedLabel(row.definition)}</th>
            <td>
              <Room item={row} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Blank(props: BlankProps) {
  const { item } = props;
  const { kind, children } = item;
  return (
    <div class="blank-question">
      <p>
        <strong>{numberedLabel(item.definition)}</strong>
        {askedText(props)}
        {kind.nesting === 'entries' && `（1件ごとに記入。${kind.maxEntries}件まで）`}
      </p>
      <Facts {...props} />
      {isShortList(item) ? (
        <BlankEntries {...props} />
      ) : isTable(kind) ? (
        <BlankTable item={item} />
      ) : kind.fields !== undefined ? (
        <div class="blank-entry">
          {children.map((child) => (
            <Blank {...props} item={child} around={item} />
          ))}
        </div>
      ) : (
        <p>
          <Room item={item} />
        </p>
      )}
    </div>
  );
}

export function BlankForm({ sections, round }: { readonly sections: readonly Item[]; readonly round: Round }) {
  return (
    <>
      {sections.map((section) => (
        <section>
          <h2>{numberedLabel(section.definition)}</h2>
          <p class="hint">{printPartialDate(asOfDate(round, section.key))}現在</p>
          {section.kind.nesting === 'entries' ? (
            <Blank item={section} round={round} asOf={asOfDate(round, section.key)} />
          ) : (
            <>
              {section.definition.help !== undefined && <p class="preserved">{section.definition.help}</p>}
              {section.children.map((item) => (
                <Blank item={item} around={section} round={round} asOf={asOfDate(round, section.key)} />
              ))}
            </>
          )}
        </section>
      ))}
    </>
  );
}
