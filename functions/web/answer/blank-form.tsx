/** The form on paper: every question with room to write, made from the definition. */

import type { Options } from '../../../schemas/question.ts';
import type { Item } from '../../../schemas/form.ts';
import type { Round } from '../../../schemas/round.ts';
import { asOfDate } from '../../../schemas/round.ts';
import { printPartialDate } from '../../../schemas/values/partial-date.ts';
import { numberedLabel } from '../../../schemas/question.ts';
import { conditionText } from '../../domain/question-facts.ts';

interface BlankProps {
  readonly item: Item;
  readonly around?: Item | undefined;
}

function Room({ item: { kind } }: { readonly item: Item }) {
  if (kind.paper !== undefined) return <>{kind.paper}</>;
  return <span class={kind.isTall === true ? 'blank blank--tall' : 'blank'} />;
}

function BlankCross({ item, columns }: BlankProps & { readonly columns: Options }) {
  return (
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
  );
}

function BlankTable({ item }: BlankProps) {
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

function Blank({ item, around }: BlankProps) {
  const { definition, kind, children } = item;
  const condition = conditionText(item, around);
  return (
    <div class="blank-question">
      <p>
        <strong>{numberedLabel(definition)}</strong>
        {definition.required && '（必須）'}
        {condition !== '' && `（該当する場合のみ：${condition}）`}
        {kind.nesting === 'entries' && `（1件ごとに記入。${kind.maxEntries}件まで）`}
      </p>
      {kind.table !== undefined ? (
        <BlankTable item={item} />
      ) : kind.fields !== undefined ? (
        <div class="blank-entry">
          {children.map((child) => (
            <Blank item={child} around={item} />
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
            <Blank item={section} />
          ) : (
            section.children.map((item) => <Blank item={item} around={section} />)
          )}
        </section>
      ))}
    </>
  );
}
