/** The paper for internal approval (決裁): what is to be answered, what changed, who approves it. */

import type { Answers } from '../../../schemas/values/json.ts';
import type { Version } from '../../../schemas/return.ts';
import { answerChanges } from '../../domain/answer-changes.ts';
import type { AnswerDifference } from '../../domain/answer-changes.ts';
import { paperBlocks } from '../../domain/paper-answers.ts';
import type { PaperBlock, PaperLine, PaperPairs, PaperPart, PaperTable } from '../../domain/paper-answers.ts';
import { DateTime } from '../shared/time.tsx';
import { Pager, pageOfList } from '../shared/pager.tsx';
import { returnTitle } from './frame.tsx';
import type { Opened } from './opened.ts';
import { ReasonList } from './reason-list.tsx';
import type { Reasoned } from './reason-list.tsx';
import { dueDateOf, isLate } from '../../domain/due-date.ts';

/** What a version is compared with. */
interface ComparedVersion {
  /** 前回（令和5年度調査）, 第1版. */
  readonly name: string;
  readonly answers: Answers;
}

export interface Printed extends Reasoned {
  /** Absent for what would be submitted now. */
  readonly version: Version | undefined;
  readonly lastYear: ComparedVersion | undefined;
  readonly before: ComparedVersion | undefined;
}

interface PaperProps {
  readonly opened: Opened;
  readonly printed: Printed;
  readonly page: number;
  readonly hrefOf: (page: number) => string;
}

const approvers = ['部長', '課長', '課長補佐', '係長', '係', '起案者'] as const;

/** Empty boxes to stamp; what a municipality calls its posts it writes over. */
function ApprovalBoxes() {
  return (
    <table class="paper-approval">
      <caption class="visually-hidden">決裁欄</caption>
      <thead>
        <tr>
          {approvers.map((post) => (
            <th scope="col">{post}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr>
          {approvers.map(() => (
            <td></td>
          ))}
        </tr>
      </tbody>
    </table>
  );
}

function Head({ opened, printed: { version } }: PaperProps) {
  const { round, draft, visit, key } = opened;
  const next = draft.standing.version + 1;
  return (
    <>
      <div class="paper-head">
        <dl class="paper-facts">
          <div>
            <dt>文書番号</dt>
            <dd>　　　　第　　　　　号</dd>
          </div>
          <div>
            <dt>起案</dt>
            <dd>　　　年　　月　　日</dd>
          </div>
          <div>
            <dt>決裁</dt>
            <dd>　　　年　　月　　日</dd>
          </div>
        </dl>
        <ApprovalBoxes />
      </div>
      <h1>{returnTitle(opened)}の提出について</h1>
      <p>
        {version === undefined
          ? `「${round.name}」について、次のとおり回答してよろしいか伺います。`
          : `「${round.name}」について、次のとおり回答しました。`}
      </p>
      <dl class="paper-facts paper-facts--row">
        <div>
          <dt>整理番号</dt>
          <dd>{version?.receipt ?? `${key.round}-${key.unit}-${next}（案）`}</dd>
        </div>
        <div>
          <dt>版</dt>
          <dd>{version === undefined ? `第${next}版（案）` : `第${version.version}版`}</dd>
        </div>
        {version === undefined ? (
          <div>
            <dt>状況</dt>
            <dd>
              未提出（提出する内容の案）
              {draft.savedAt !== undefined && (
                <>
                  {' '}
                  <DateTime at={new Date(draft.savedAt)} />
                  保存（{draft.savedBy}）
                </>
              )}
            </dd>
          </div>
        ) : (
          <div>
            <dt>提出</dt>
            <dd>
              <DateTime at={new Date(version.submittedAt)} />
              {isLate(version, draft.standing) && '（期限後）'}（{version.submittedBy}）
            </dd>
          </div>
        )}
        <div>
          <dt>提出期限</dt>
          <dd>
            <DateTime at={dueDateOf(round, draft.standing)} />
          </dd>
        </div>
        {version !== undefined && (
          <div>
            <dt>ハッシュ値</dt>
            <dd>
              <code class="hash">{version.sha256}</code>
            </dd>
          </div>
        )}
      </dl>
      <p class="no-print hint">
        <a href={visit.paths.history(key)}>提出の履歴と変更点</a>
      </p>
    </>
  );
}

/** As many differences are printed. */
const mostChanges = 30;

function ChangeTable({ name, changes }: { readonly name: string; readonly changes: readonly AnswerDifference[] }) {
  if (changes.length === 0) return <p>{name}との違いはありません。</p>;
  return (
    <>
      <table class="paper-table">
        <caption>
          {name}との違い（{changes.length}項目）
        </caption>
        <thead>
          <tr>
            <th scope="col">項目</th>
            <th scope="col">{name}</th>
            <th scope="col">今回</th>
          </tr>
        </thead>
        <tbody>
          {changes.slice(0, mostChanges).map(({ label, before, after }) => (
            <tr>
              <th scope="row">{label}</th>
              <td>{before}</td>
              <td>{after}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {changes.length > mostChanges && (
        <p>ほか{changes.length - mostChanges}項目（「提出の履歴と変更点」の画面で確認できます）</p>
      )}
    </>
  );
}

function Changes({ opened, printed: { answers, lastYear, before } }: PaperProps) {
  const { form, names } = opened;
  const compared = [lastYear, before].filter((each) => each !== undefined);
  return (
    <>
      <h2>変更点</h2>
      {lastYear === undefined && <p>比較できる前回の回答（県の確認が済んだもの）はありません。</p>}
      {compared.map((each) => (
        <ChangeTable name={each.name} changes={answerChanges(form.sections, each.answers, answers, names)} />
      ))}
    </>
  );
}

/** In characters, a label with its answer: two such stand beside each other. */
const halfLine = 34;

function isShort({ label, answer }: PaperLine): boolean {
  return !answer.includes('\n') && label.length + answer.length <= halfLine;
}

/** Lines in their order, short ones that follow each other two by two. */
function pairs(lines: readonly PaperLine[]): PaperLine[][] {
  const rows: PaperLine[][] = [];
  for (const line of lines) {
    const last = rows.at(-1);
    const [beside] = last ?? [];
    if (last?.length === 1 && beside !== undefined && isShort(beside) && isShort(line)) last.push(line);
    else rows.push([line]);
  }
  return rows;
}

function LineRow({ row, widest }: { readonly row: readonly PaperLine[]; readonly widest: number }) {
  return (
    <tr>
      {row.map(({ label, answer }, index) => (
        <>
          <th scope="row">{label}</th>
          <td colspan={index === row.length - 1 && row.length < widest ? 2 * (widest - row.length) + 1 : undefined}>
            {answer}
          </td>
        </>
      ))}
    </tr>
  );
}

function Lines({ lines }: { readonly lines: readonly PaperLine[] }) {
  return (
    <table class="paper-lines">
      <tbody>
        {pairs(lines).map((row) => (
          <LineRow row={row} widest={2} />
        ))}
      </tbody>
    </table>
  );
}

/** In characters, what stands in a row of the paper, and what a cell takes besides its text. */
const wholeLine = 72;
const cellMargins = 4;

/** The rows of a table of questions, as many beside each other as fit. */
function Pairs({ title, pairs: lines }: PaperPairs) {
  const longest = Math.max(...lines.map(({ label, answer }) => label.length + answer.length));
  const beside = Math.min(4, Math.max(1, Math.floor(wholeLine / (longest + cellMargins))));
  const rows = Array.from({ length: Math.ceil(lines.length / beside) }, (_, index) =>
    lines.slice(index * beside, (index + 1) * beside),
  );
  return (
    <table class="paper-pairs">
      <caption>{title}</caption>
      <tbody>
        {rows.map((row) => (
          <LineRow row={row} widest={beside} />
        ))}
      </tbody>
    </table>
  );
}

function Entries({ of, title, columns, rows }: PaperTable & { readonly of: string }) {
  return (
    <div class="table-scroll" tabindex={0} role="region" aria-label={title === '' ? of : `${of}：${title}`}>
      <table class="paper-table">
        {title !== '' && <caption>{title}</caption>}
        <thead>
          <tr>{columns.map((column) => (column === '' ? <td></td> : <th scope="col">{column}</th>))}</tr>
        </thead>
        <tbody>
          {rows.map((cells) => (
            <tr>{cells.map((cell, index) => (index === 0 ? <th scope="row">{cell}</th> : <td>{cell}</td>))}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Lines that follow each other make up one table. */
function grouped(parts: readonly PaperPart[]): (PaperLine[] | PaperTable | PaperPairs)[] {
  const groups: (PaperLine[] | PaperTable | PaperPairs)[] = [];
  for (const each of parts) {
    const last = groups.at(-1);
    if (!('answer' in each)) groups.push(each);
    else if (Array.isArray(last)) last.push(each);
    else groups.push([each]);
  }
  return groups;
}

function Block({ title, depth, parts, open }: PaperBlock) {
  return (
    <section class="paper-block">
      {depth === 0 ? <h3>{title}</h3> : <h4>{title}</h4>}
      {grouped(parts).map((group) =>
        Array.isArray(group) ? (
          <Lines lines={group} />
        ) : 'pairs' in group ? (
          <Pairs {...group} />
        ) : (
          <Entries {...group} of={title} />
        ),
      )}
      {open.length > 0 && <p class="paper-open">未回答：{open.join('、')}</p>}
    </section>
  );
}

/** As many lines and rows fit on a page of the application; the longest return of a council has some 200. */
const rowsPerPage = 1_000;

function sizeOf({ parts }: PaperBlock): number {
  return parts.reduce((sum, each) => sum + ('rows' in each ? each.rows.length : 1), 1);
}

export function OfficialPaper(props: PaperProps) {
  const { opened, printed, page: wanted, hrefOf } = props;
  const { form, names } = opened;
  const blocks = paperBlocks(form.sections, printed.answers, names);
  const { shown, page, pages } = pageOfList(blocks, wanted, rowsPerPage, sizeOf);
  return (
    <article class="paper">
      <Head {...props} />
      {page === 1 && <Changes {...props} />}
      <h2>回答の内容</h2>
      <Pager page={page} pages={pages} label="回答のページ" hrefOf={hrefOf} />
      {shown.map((block) => (
        <Block {...block} />
      ))}
      <ReasonList asked={opened} answers={printed.answers} reasons={printed.reasons} />
    </article>
  );
}
