/** A return: its sections as a list of tasks, and everything that can be done with it. */

import type { Hono } from 'hono';
import { onBehalfText } from '../../../schemas/return.ts';
import type { Answers } from '../../../schemas/values/json.ts';
import type { Version } from '../../../schemas/return.ts';
import { problems } from '../../../schemas/problem.ts';
import { numberedLabel } from '../../../schemas/kinds/question.ts';
import { isAllowed } from '../../domain/authorisation.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { ApprovalState } from '../../service/approvals.ts';
import type { Takeover } from '../../service/takeover.ts';
import { ApprovalFact } from './approval.tsx';
import { countProgress, progressOf, sectionStates } from './findings.ts';
import type { SectionProgress } from './findings.ts';
import { ClosedNotice, ReadOnlyNotice, Trail, returnTitle } from './frame.tsx';
import { answersSentBack, openReturn, sectionsSeen } from './opened.ts';
import type { Opened } from './opened.ts';
import { fieldHref } from './where.ts';
import { ButtonLink } from '../shared/button.tsx';
import { Contact } from '../shared/contact.tsx';
import { Notice } from '../shared/notice.tsx';
import { StateTag } from '../shared/state-tag.tsx';
import { DateTime, DaysLeft } from '../shared/time.tsx';
import { page } from '../shared/layout.tsx';
import { withComputed } from '../../domain/computed.ts';
import { placeLabel } from '../../domain/place-label.ts';
import type { Shell, WebContext, WebEnv } from '../shared/visit.ts';
import { SummaryList } from '../shared/summary-list.tsx';
import { asksNow, whyNotAsked } from './not-asked.tsx';
import { Predecessors } from '../shared/predecessors.tsx';
import { sourcesOf } from './takeover.tsx';
import { Withdrawal } from './withdrawal.tsx';
import { dueDateOf } from '../../domain/due-date.ts';
import { standsCorrected } from '../../service/standing-correction.ts';

interface SentBackProps {
  readonly opened: Opened;
  readonly submitted: Answers | undefined;
  readonly isCorrected: boolean;
}

function SentBack({ opened, submitted, isCorrected }: SentBackProps) {
  const { draft } = opened;
  const { state, sentBack } = draft.standing;
  if (sentBack === undefined || state === 'submitted') return <></>;
  return (
    <section class="card card--attention" aria-labelledby="sent-back">
      <h2 class="card__title" id="sent-back">
        {isCorrected ? `県が第${sentBack.version}版を職権訂正した理由` : '県からの差戻し'}
      </h2>
      <p class="preserved">{sentBack.comment}</p>
      {sentBack.questions.length > 0 && (
        <ul>
          {sentBack.questions.map(({ path, reason }) => (
            <li>
              <a href={fieldHref(opened, path)}>{placeLabel(opened, submitted ?? draft.answers, path)}</a>：
              <span class="preserved">{reason}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Tasks({ opened, progress }: { readonly opened: Opened; readonly progress: readonly SectionProgress[] }) {
  const { visit, key, draft } = opened;
  return (
    <ol class="task-list">
      {progress.map(({ section, state }) => {
        const answer = draft.answers[section.key];
        return (
          <li class="task-list__item">
            <div class="task-list__name">
              <a href={visit.paths.section(key, section.key)}>{numberedLabel(section.definition)}</a>
              {section.kind.nesting === 'entries' && Array.isArray(answer) && (
                <span class="task-list__hint">{answer.length}件</span>
              )}
              {!asksNow(section, draft.answers) && <span class="task-list__hint">{whyNotAsked(section)}</span>}
            </div>
            <span class="task-list__status">
              <strong class={`tag tag--section-${state}`}>{sectionStates[state]}</strong>
            </span>
          </li>
        );
      })}
    </ol>
  );
}

interface FactsProps {
  readonly opened: Opened;
  readonly newest: Version | undefined;
  readonly approval: ApprovalState | undefined;
}

function Facts({ opened, newest, approval }: FactsProps) {
  const { round, draft, visit, phase } = opened;
  const { receipt, version, extension, absence, proxy, state } = draft.standing;
  const dueAt = dueDateOf(round, draft.standing);
  const isCounted = state === 'submitted' || state === 'accepted';
  return (
    <SummaryList
      terms={[
        ['状況', <StateTag state={draft.standing.state} />],
        [
          '提出期限',
          <>
            <DateTime at={dueAt} /> {phase !== 'closed' && !isCounted && <DaysLeft dueAt={dueAt} now={visit.now} />}
            {extension !== undefined && <span class="hint">県が期限を延長しました（理由：{extension.reason}）</span>}
          </>,
        ],
        absence && [
          '回答なし',
          `県が「回答なし」と記録しています（理由：${absence.reason}）。提出すると取り消されます。`,
        ],
        proxy && ['県による入力', `県が代わりに入力しています。${onBehalfText(proxy)}`],
        draft.savedAt === undefined
          ? undefined
          : [
              '最終保存',
              <>
                <DateTime at={new Date(draft.savedAt)} />（{draft.savedBy}）
              </>,
            ],
        approval?.isDemanded
          ? ['提出前の承認', <ApprovalFact opened={opened} approval={approval.approval} />]
          : undefined,
        newest?.onBehalf && [
          '県による提出',
          `第${newest.version}版は県が提出しました。${onBehalfText(newest.onBehalf)}`,
        ],
        receipt === undefined
          ? undefined
          : [
              '受付番号',
              <>
                <a href={visit.paths.receipt(opened.key)}>{receipt}</a>（第{version}版）
              </>,
            ],
      ]}
    />
  );
}

interface LinksProps {
  readonly opened: Opened;
  readonly shell: Shell;
  /** Also where the editions are taken back since: the page of the results says so. */
  readonly wasPublished: boolean;
}

function Links({ opened, shell, wasPublished }: LinksProps) {
  const { visit, key, form, canEdit, relation, comments } = opened;
  const { paths } = visit;
  return (
    <nav aria-label="この調査票について">
      <ul>
        <li>
          <a href={paths.help(key)}>記入要領</a>
        </li>
        {canEdit && (
          <li>
            <a href={paths.workbook(key)}>Excelで記入する</a>
          </li>
        )}
        {canEdit && isAllowed(relation, 'return.share') && (
          <li>
            <a href={paths.shares(key)}>庁内の他の担当と共有する</a>
          </li>
        )}
        {isAllowed(relation, 'return.approve') && (
          <li>
            <a href={paths.approval(key)}>提出前の承認</a>
          </li>
        )}
        {isAllowed(relation, 'comment.write') && (
          <li>
            <a href={paths.comments(key)}>庁内のコメント{comments.length > 0 && `（${comments.length}件）`}</a>
          </li>
        )}
        {isAllowed(relation, 'question.ask') && (
          <li>
            <a href={paths.questions(key)}>県への質問</a>
          </li>
        )}
        <li>
          <a href={paths.print(key)}>印刷用の画面（決裁用）</a>
        </li>
        <li>
          <a href={paths.emptyForm(key)}>記入用紙（空欄の調査票）の印刷</a>
        </li>
        <li>
          <a href={paths.history(key)}>提出の履歴と変更点</a>
        </li>
        {wasPublished && (
          <li>
            <a href={paths.results(key)}>公表された結果</a>
          </li>
        )}
      </ul>
      <h2>お問い合わせ先</h2>
      <p class="hint">{form.title}の記入方法については、先に記入要領を御確認ください。</p>
      <Contact shell={shell} />
    </nav>
  );
}

function Taken({ opened: { visit, key } }: { readonly opened: Opened }) {
  return (
    <Notice kind="success" title="転記し、保存しました。">
      <p>
        現在と違う項目を直してください。前回と違う回答には、<a href={visit.paths.check(key)}>確認と提出</a>
        の画面で印が付きます。
      </p>
    </Notice>
  );
}

/** Where there is nothing to take over it is said why. */
function LastAnswers({ opened, takeover }: { readonly opened: Opened; readonly takeover: Outcome<Takeover> }) {
  if (takeover.ok)
    return (
      <>
        <p>
          <a href={opened.visit.paths.takeover(opened.key)}>{sourcesOf(takeover.value)}を全て転記する</a>
        </p>
        {takeover.value.last === undefined && <p class="hint">{takeover.value.whyNoLast}</p>}
      </>
    );
  const { code, detail } = takeover.problem;
  return code === 'nothing-to-take-over' ? (
    <p class="hint">
      {problems[code].title}
      {detail}
    </p>
  ) : (
    <></>
  );
}

/** What a colleague sees of a return that was shared by a link: the sections that are for them, and whom to ask. */
function guestPage(c: WebContext, opened: Opened, progress: readonly SectionProgress[]): Response | Promise<Response> {
  const { visit, key, round, form, unit } = opened;
  const seen = sectionsSeen(opened);
  return page(
    c,
    { title: returnTitle(opened) },
    <>
      <Trail opened={opened} below={[]} />
      <h1>{returnTitle(opened)}</h1>
      <p class="hint">{round.name}</p>
      <p>
        {unit.name}から共有された区分です。入力した内容は「{visit.person.name}
        」の名前で保存されます。入力が終わったら、共有した人に伝えてください。提出は、共有した人が行います。
      </p>
      <h2 id="sections">回答する項目</h2>
      <Tasks opened={opened} progress={progress.filter(({ section }) => seen.includes(section))} />
      <p>
        <a href={visit.paths.help(key)}>{form.title}の記入要領</a>
      </p>
    </>,
  );
}

async function show(c: WebContext): Promise<Response> {
  const opened = await openReturn(c, 'section.read');
  if (opened instanceof Response) return opened;
  const { visit, key, form, draft, canEdit, round, relation } = opened;
  if (relation !== 'proxy' && visit.person.role === 'prefecture') return c.redirect(visit.paths.review(key), 303);
  const [examination, submitted] = await Promise.all([draft.examination(), answersSentBack(opened)]);
  // As a version has them, so that a section is found as it was submitted.
  const answers = withComputed(opened.form, draft.answers);
  const progress = progressOf(form, answers, examination, draft.standing, submitted);
  if (relation === 'guest') return guestPage(c, opened, progress);
  const isOpen = canEdit && !opened.isOver;
  const { version } = draft.standing;
  const [takeover, editions, newest, before, isCorrected, approval] = await Promise.all([
    isOpen ? visit.service.returns.readTakeover(key) : undefined,
    visit.service.editions(round.id),
    version === 0 ? undefined : visit.service.store.version(key, version),
    visit.service.store.predecessorReturns(round, key, draft.rounds),
    standsCorrected(visit.service.store, key, draft.standing),
    isAllowed(relation, 'return.approve') ? visit.service.approvals.approvalOf(key) : undefined,
  ]);
  const { total, done } = countProgress(form, answers, examination);
  return page(
    c,
    { title: returnTitle(opened) },
    <>
      <Trail opened={opened} below={[]} />
      {c.req.query('done') === 'taken' && <Taken opened={opened} />}
      <h1>{returnTitle(opened)}</h1>
      <p class="hint">{round.name}</p>
      <ReadOnlyNotice opened={opened} />
      <ClosedNotice opened={opened} />
      <SentBack opened={opened} submitted={submitted} isCorrected={isCorrected} />
      <Facts opened={opened} newest={newest} approval={approval?.ok ? approval.value : undefined} />
      <Withdrawal opened={opened} />
      <h2 id="sections">回答する項目</h2>
      {canEdit && total > 0 && (
        <p>
          <label for="progress">
            必須の{total}項目のうち{done}項目が完了しています。
          </label>{' '}
          <progress id="progress" max={total} value={done} />
        </p>
      )}
      {takeover !== undefined && <LastAnswers opened={opened} takeover={takeover} />}
      <Predecessors before={before} names={opened.names} />
      <Tasks opened={opened} progress={progress} />
      {isOpen && (
        <div class="button-row">
          <ButtonLink kind="primary" href={visit.paths.check(key)}>
            回答を確認して提出へ進む
          </ButtonLink>
        </div>
      )}
      <Links opened={opened} shell={c.get('shell')} wasPublished={editions.length > 0} />
    </>,
  );
}

export function returnPages(app: Hono<WebEnv>): void {
  app.get('/rounds/:round/returns/:form/:unit', (c) => show(c));
}
