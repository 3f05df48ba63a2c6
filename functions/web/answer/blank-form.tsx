/** The form on paper: every question with room to write, made from the definition. */

import type { JSX } from 'hono/jsx/jsx-runtime';
import type { Item } from '../../../schemas/form.ts';
import type { Options } from '../../../schemas/question.ts';
import type { Round } from '../../../schemas/round.ts';
import { asOfDate } from '../../../schemas/round.ts';
import { printPartialDate } from '../../../schemas/values/partial-date.ts';
import { labelOf } from '../../domain/labels.ts';
import { conditionText } from '../fields/conditions.ts';
import { isComposition, isMatrix } from '../fields/tables.tsx';

interface BlankProps {
  readonly item: Item;
  readonly round: Round;
  readonly around?: Item | undefined;
}

function Boxes({ options }: { readonly options: readonly string[] }): JSX.Element {
  return <>{options.map((option) => `☐ ${option}`).join('　')}</>;
}

function labels(options: Options): string[] {
  return Object.values(options);
}

/** Where to write. */
function Room({ item }: { readonly item: Item }): JSX.Element {
  const { definition } = item;
  const none = definition.nullable ? '　☐ 該当なし' : '';
  switch (definition.kind) {
    case 'choice':
      return <Boxes options={labels(definition.options)} />;
    case 'choices':
      return <Boxes options={[...labels(definition.options), '該当するものはない']} />;
    case 'count':
    case 'range':
      return (
        <>
          ＿＿＿＿＿＿ {definition.unit}
          {none}
        </>
      );
    case 'date':
      return <>＿＿＿＿年＿＿月＿＿日</>;
    case 'fiscalYears':
      return <>＿＿＿＿年度〜＿＿＿＿年度</>;
    case 'frequency':
      return <>週・月・年　＿＿＿回　☐ 随時</>;
    case 'text':
    case 'texts':
    case 'municipalities':
    case 'reference':
    case 'list':
    case 'group':
      return <span class={definition.kind === 'text' && definition.maxLength > 200 ? 'blank blank--tall' : 'blank'} />;
  }
}

function BlankTable({ item, round }: BlankProps): JSX.Element {
  return (
    <table class="table--compact">
      <tbody>
        {item.children.map((row) => (
          <tr>
            <th scope="row">{labelOf(row.definition.label, round)}</th>
            <td>
              <Room item={row} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Blank({ item, round, around }: BlankProps): JSX.Element {
  const { definition, children } = item;
  const condition = conditionText(item, round, around);
  return (
    <div class="blank-question">
      <p>
        <strong>{labelOf(definition.label, round)}</strong>
        {definition.required && '（必須）'}
        {condition !== '' && `（該当する場合のみ：${condition}）`}
        {definition.kind === 'list' && `（1件ごとに記入。${definition.maxEntries}件まで）`}
      </p>
      {isMatrix(item) || isComposition(item) ? (
        <BlankTable item={item} round={round} />
      ) : definition.kind === 'group' || definition.kind === 'list' ? (
        <div class="blank-entry">
          {children.map((child) => (
            <Blank item={child} round={round} around={item} />
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

export function BlankForm({
  sections,
  round,
}: {
  readonly sections: readonly Item[];
  readonly round: Round;
}): JSX.Element {
  return (
    <>
      {sections.map((section) => (
        <section>
          <h2>{labelOf(section.definition.label, round)}</h2>
          <p class="hint">{printPartialDate(asOfDate(round, section.key))}現在</p>
          {section.definition.kind === 'list' ? (
            <Blank item={section} round={round} />
          ) : (
            section.children.map((item) => <Blank item={item} round={round} around={section} />)
          )}
        </section>
      ))}
    </>
  );
}
