/** The answers of a return to read: for review, for internal approval, for history. */

import type { Child } from 'hono/jsx';
import { printFile } from '../../../schemas/values/file-answer.ts';
import type { AnswerBlock, AnswerRow, AnswerChange } from '../../domain/answer-rows.ts';
import { Pager, pageOfList } from './pager.tsx';

const differences: Readonly<Record<AnswerChange, string>> = {
  same: '同じ',
  added: '新たに回答',
  removed: '回答なしに変更',
  changed: '変更あり',
};

interface AnswersViewProps {
  /** From `answerBlocks`. */
  readonly blocks: readonly AnswerBlock[];
  /** Heading of the column to compare with (前回の回答, 差し戻した版の回答); the blocks must have been made with it. */
  readonly comparedWith?: string | undefined;
  /** Where a file that the answers name is given out; absent where these are another return's. */
  readonly fileHref: ((sha256: string) => string) | undefined;
  readonly headingLevel?: 2 | 3;
  /** A column of its own at the end: a box to tick. */
  readonly lastColumn?: { readonly heading: string; readonly cell: (row: AnswerRow) => Child } | undefined;
}

function Heading({ level, id, title }: { readonly level: number; readonly id: string; readonly title: string }) {
  if (level === 2) return <h2 id={id}>{title}</h2>;
  return level === 3 ? <h3 id={id}>{title}</h3> : <h4 id={id}>{title}</h4>;
}

type CellProps = Pick<AnswersViewProps, 'fileHref'> & { readonly row: AnswerRow };

/** What was answered; files are links, so that whoever reads the answers can open them. */
function Answer({ row: { answer, files }, fileHref }: CellProps) {
  if (files === undefined || fileHref === undefined) return <>{answer}</>;
  return (
    <>
      {!files.areWhole && answer}
      <ul class="files">
        {files.named.map((file) => (
          <li>
            <a href={fileHref(file.sha256)} download>
              {printFile(file)}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

interface RowProps extends Pick<AnswersViewProps, 'comparedWith' | 'lastColumn' | 'fileHref'> {
  readonly row: AnswerRow;
}

function Row({ row, comparedWith, lastColumn, fileHref }: RowProps) {
  const { path, label, isAnswered, isStray, compared } = row;
  const differs = compared !== undefined && compared.difference !== 'same';
  return (
    <tr id={`q.${path}`} class={differs ? 'answer-changed' : undefined}>
      <th scope="row">{label}</th>
      <td class={isAnswered ? undefined : 'answer-missing'}>
        <Answer row={row} fileHref={fileHref} />
        {isStray && <span class="answer-mark">回答不要の項目です</span>}
        {differs && <strong class="answer-mark">{differences[compared.difference]}</strong>}
      </td>
      {comparedWith !== undefined && (
        <td class="answer-before" data-label={comparedWith}>
          {compared?.answer}
        </td>
      )}
      {lastColumn !== undefined && <td class="answer-last">{lastColumn.cell(row)}</td>}
    </tr>
  );
}

export function AnswersView({ blocks, comparedWith, fileHref, headingLevel = 2, lastColumn }: AnswersViewProps) {
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
                  <Row row={row} comparedWith={comparedWith} lastColumn={lastColumn} fileHref={fileHref} />
                ))}
              </tbody>
            </table>
          )}
        </section>
      ))}
    </>
  );
}

/** As many rows as fit on a page; the longest return of a council has some 200. */
const rowsPerPage = 1_000;

export function answersPage(blocks: readonly AnswerBlock[], wanted: number) {
  return pageOfList(blocks, wanted, rowsPerPage, ({ rows }) => rows.length);
}

/** The page on which a question or an entry stands; the first for a path that is on none. */
export function answersPageWith(blocks: readonly AnswerBlock[], path: string): number {
  const isIn = (row: AnswerRow): boolean => path === row.path || path.startsWith(`${row.path}.`);
  const { pages } = answersPage(blocks, 1);
  const numbers = Array.from({ length: pages }, (_, index) => index + 1);
  const found = numbers.find((page) =>
    answersPage(blocks, page).shown.some((block) => block.path === path || block.rows.some(isIn)),
  );
  return found ?? 1;
}

interface PagedAnswersProps extends AnswersViewProps {
  readonly page: number;
  readonly hrefOf: (page: number) => string;
}

/** Nearly every return has one page. */
export function PagedAnswers({ blocks, page: wanted, hrefOf, ...view }: PagedAnswersProps) {
  const { shown, page, pages } = answersPage(blocks, wanted);
  return (
    <>
      <Pager page={page} pages={pages} label="回答のページ" hrefOf={hrefOf} />
      <AnswersView {...view} blocks={shown} />
    </>
  );
}
