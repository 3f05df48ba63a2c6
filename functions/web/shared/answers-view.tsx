/** The answers of a return to read: for review, for internal approval, for history. */

import type { Child } from 'hono/jsx';
import type { AnswerBlock, AnswerRow, Difference } from './answer-rows.ts';

const differences: Readonly<Record<Difference, string>> = {
  same: '同じ',
  added: '新たに回答',
  removed: '回答なしに変更',
  changed: '変更あり',
};

export interface AnswersViewProps {
  /** From `answerBlocks`. */
  readonly blocks: readonly AnswerBlock[];
  /** Heading of the column to compare with (前回の回答, 差し戻した版の回答); the blocks must have been made with it. */
  readonly comparedWith?: string | undefined;
  /** Level of the sections' headings. */
  readonly headingLevel?: 2 | 3;
  /** A column of its own at the end: a box to tick. */
  readonly lastColumn?: { readonly heading: string; readonly cell: (row: AnswerRow) => Child } | undefined;
}

function Heading({ level, id, title }: { readonly level: number; readonly id: string; readonly title: string }) {
  if (level === 2) return <h2 id={id}>{title}</h2>;
  return level === 3 ? <h3 id={id}>{title}</h3> : <h4 id={id}>{title}</h4>;
}

interface RowProps extends Pick<AnswersViewProps, 'comparedWith' | 'lastColumn'> {
  readonly row: AnswerRow;
}

export function Row({ row, comparedWith, lastColumn }: RowProps) {
  const { path, label, answer, isAnswered, isStray, isContinued = false, compared } = row;
  const differs = compared !== undefined && compared.difference !== 'same';
  return (
    <tr id={isContinued ? undefined : `q.${path}`} class={differs ? 'answer-changed' : undefined}>
      <th scope="row">{label}</th>
      <td class={isAnswered ? undefined : 'answer-missing'}>
        {answer}
        {isStray && <span class="answer-mark">回答不要の項目です</span>}
        {differs && <strong class="answer-mark">{differences[compared.difference]}</strong>}
      </td>
      {comparedWith !== undefined && (
        <td class="answer-before" data-label={comparedWith}>
          {compared?.answer}
        </td>
      )}
      {lastColumn !== undefined && <td class="answer-last">{!isContinued && lastColumn.cell(row)}</td>}
    </tr>
  );
}

/** Every block as a table, question by question. */
export function AnswersView({ blocks, comparedWith, headingLevel = 2, lastColumn }: AnswersViewProps) {
  return (
    <>
      {blocks.map((block) => (
        <section class="answers-block" aria-labelledby={`b.${block.path}`}>
          <Heading level={headingLevel + block.depth} id={`b.${block.path}`} title={block.title} />
          {block.rows.length > 0 && (
            <table class="answers">
              <thead>
                <tr>
                  <th scope="col">項目</th>
                  <th scope="col">回答</th>
                  {comparedWith !== undefined && <th scope="col">{comparedWith}</th>}
                  {lastColumn !== undefined && (
                    <th scope="col" class="answer-last">
                      {lastColumn.heading}
                    </th>
                  )}
                </tr>
              </thead>
              <tbody>
                {block.rows.map((row) => (
                  <Row row={row} comparedWith={comparedWith} lastColumn={lastColumn} />
                ))}
              </tbody>
            </table>
          )}
        </section>
      ))}
    </>
  );
}
