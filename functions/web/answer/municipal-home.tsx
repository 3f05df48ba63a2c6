/** The municipality's home: its returns and those of its councils, what the prefecture sent back first. */

import { onBehalfText } from '../../../schemas/return.ts';
import { askedUnits } from '../../../schemas/asked-units.ts';
import { answeringUnits } from '../../../schemas/directory.ts';
import type { AnsweringUnit, Directory, ReportingUnit } from '../../../schemas/directory.ts';
import type { Form } from '../../../schemas/form.ts';
import type { KeptContact } from '../../../schemas/unit-contact.ts';
import type { RoundTexts } from '../../../schemas/round-texts.ts';
import { phaseAt } from '../../../schemas/round.ts';
import type { Phase, Round } from '../../../schemas/round.ts';
import { isAllowed, maySeeRound, relationToMunicipality } from '../../domain/authorisation.ts';
import type { AskedQuestion } from '../../../schemas/asked-question.ts';
import { publishedAnswers } from '../../domain/asked-questions.ts';
import { publishedTitle } from '../shared/published-answers.tsx';
import { isEditable, isOver } from '../../domain/life.ts';
import { relationIn } from '../../service/access.ts';
import { formsOf, lacksForms } from '../../../schemas/round-forms.ts';
import type { DraftView } from '../../service/drafts.ts';
import { roundTextLabels } from '../shared/round-texts-view.tsx';
import { EndedNotice, FormerSection, formerOwn } from './ended-units.tsx';
import { StateTag } from '../shared/state-tag.tsx';
import { DateTime, DaysLeft } from '../shared/time.tsx';
import { UnitContactView } from '../shared/unit-contact.tsx';
import { NotDeployed } from '../shared/not-deployed.tsx';
import { page } from '../shared/layout.tsx';
import type { Visit, WebContext } from '../shared/visit.ts';
import { dueDateOf, phaseOfReturn } from '../../domain/due-date.ts';

interface OwnReturn {
  readonly round: Round;
  readonly form: Form;
  readonly unit: ReportingUnit;
  readonly isEditor: boolean;
  readonly draft: DraftView;
  readonly asked: readonly AskedQuestion[];
}

interface OwnRound {
  readonly round: Round;
  readonly phase: Phase;
  readonly returns: readonly OwnReturn[];
  readonly texts: RoundTexts;
  readonly hasPublished: boolean;
}

/** Rounds whose returns are looked up; those before are a line each in history only. */
const newestRounds = 6;

/** @param today the directory of today, if there is one */
async function ownReturns(
  { service, person }: Visit,
  round: Round,
  today: readonly Directory[],
  asked: readonly AskedQuestion[],
): Promise<OwnReturn[]> {
  const { store, returns, forms } = service;
  const pinned = await store.directoryOfRound(round);
  const directories = [...today, pinned];
  const wanted = formsOf(forms, round).flatMap((form) =>
    [...askedUnits(pinned, round, form).values()].flatMap((unit) => {
      const relation = relationIn(directories, person, form, unit.code);
      return isAllowed(relation, 'return.read')
        ? [{ round, form, unit, isEditor: isAllowed(relation, 'return.edit') }]
        : [];
    }),
  );
  const keys = wanted.map(({ form, unit }) => ({ round: round.id, form: form.id, unit: unit.code }));
  // All of them are one request.
  for (const key of keys) store.readAhead(key);
  const drafts = await Promise.all(keys.map((key) => returns.readDraft(key)));
  return wanted.flatMap((each, index) => {
    const draft = drafts[index];
    const own = asked.filter((question) => question.form === each.form.id && question.unit === each.unit.code);
    return draft?.ok === true ? [{ ...each, draft: draft.value, asked: each.isEditor ? own : [] }] : [];
  });
}

function Saved({ draft }: { readonly draft: DraftView }) {
  const { savedAt, savedBy } = draft;
  if (savedAt === undefined || savedBy === undefined) return <>まだ保存されていません</>;
  return (
    <>
      最終保存 <DateTime at={new Date(savedAt)} />（{savedBy}）
    </>
  );
}

function href({ paths }: Visit, { round, form, unit }: OwnReturn): string {
  return paths.return({ round: round.id, form: form.id, unit: unit.code });
}

interface ReturnItemProps {
  readonly each: OwnReturn;
  readonly visit: Visit;
}

/** How many questions were asked about a return, and how many of them are answered. */
function AskedCount({ each, visit }: ReturnItemProps) {
  const { round, form, unit, asked } = each;
  if (asked.length === 0) return <></>;
  const answered = asked.filter(({ answer }) => answer !== undefined).length;
  return (
    <span class="task-list__hint">
      <a href={visit.paths.questions({ round: round.id, form: form.id, unit: unit.code })}>
        県への質問{asked.length}件（回答{answered}件）
      </a>
    </span>
  );
}

/** What came in by the prefecture's hand, and where it is seen what that changed. */
function SubmittedByPrefecture({ each: { round, form, unit, draft }, visit }: ReturnItemProps) {
  const { onBehalf, version } = draft.standing;
  if (onBehalf === undefined || isEditable(draft.standing)) return <></>;
  return (
    <span class="task-list__hint">
      第{version}版は県が提出しました。{onBehalfText(onBehalf)}　
      <a href={visit.paths.history({ round: round.id, form: form.id, unit: unit.code })}>提出の履歴と変更点</a>
    </span>
  );
}

function ReturnItem({ each, visit }: ReturnItemProps) {
  const { round, form, unit, isEditor, draft } = each;
  return (
    <li class="task-list__item">
      <div class="task-list__name">
        <a href={href(visit, each)}>
          {form.title}（{unit.name}）
        </a>
        <span class="task-list__hint">
          {isEditor ? <Saved draft={draft} /> : '閲覧のみ（回答は事務局の市町村が行います）'}
          {draft.standing.receipt !== undefined && `　受付番号 ${draft.standing.receipt}`}
        </span>
        {draft.standing.extension !== undefined && (
          <span class="task-list__hint">
            延長後の提出期限 <DateTime at={dueDateOf(round, draft.standing)} />
            （理由：{draft.standing.extension.reason}）
          </span>
        )}
        {draft.standing.absence !== undefined && (
          <span class="task-list__hint">県が「回答なし」と記録しています（理由：{draft.standing.absence.reason}）</span>
        )}
        {draft.standing.proxy !== undefined && (
          <span class="task-list__hint">県が代わりに入力しています。{onBehalfText(draft.standing.proxy)}</span>
        )}
        <SubmittedByPrefecture each={each} visit={visit} />
        <AskedCount each={each} visit={visit} />
      </div>
      <span class="task-list__status">
        <StateTag state={draft.standing.state} />
      </span>
    </li>
  );
}

const resubmittable =
  '受付は終了しましたが、期限を延長された回答は提出でき、差し戻された回答は修正して再提出できます。';

function SentBackCard({ each, visit }: ReturnItemProps) {
  const { round, form, unit, draft } = each;
  const comment = draft.standing.sentBack?.comment ?? '';
  return (
    <section class="card card--attention">
      <h2 class="card__title">
        <a href={href(visit, each)}>
          {form.title}（{unit.name}）
        </a>{' '}
        <StateTag state={draft.standing.state} />
      </h2>
      <p class="hint">{round.name}</p>
      <p class="preserved">{comment}</p>
      {phaseAt(round, visit.now) === 'closed' && (
        <p>受付は終了しましたが、差し戻された回答は修正して再提出できます。</p>
      )}
    </section>
  );
}

const phaseTexts: Readonly<Record<Phase, string>> = {
  draft: '',
  notOpen: '受付開始前です。下書きはできますが、提出は受付開始後にしてください。',
  open: '',
  late: '提出期限を過ぎています。提出はできますが、期限後の提出として記録されます。',
  closed: '受付は終了しました。',
};

/** Whether something in a closed round may still be submitted: what the prefecture sent back or gave more time. */
function isWaiting({ phase, returns }: OwnRound, now: Date): boolean {
  return (
    phase === 'closed' &&
    returns.some(
      ({ isEditor, round, draft: { standing } }) =>
        isEditor && isEditable(standing) && !isOver(standing, phaseOfReturn(round, standing, now)),
    )
  );
}

/** 依頼文・記入要領, whichever the prefecture has written. */
function GuideLink({ own: { round, texts, hasPublished }, visit }: { readonly own: OwnRound; readonly visit: Visit }) {
  const written = (['request', 'instructions'] as const).filter((name) => texts[name] !== undefined);
  const labels = [...written.map((name) => roundTextLabels[name]), ...(hasPublished ? [publishedTitle] : [])];
  if (labels.length === 0) return <></>;
  return (
    <p>
      <a href={visit.paths.roundGuide(round.id)}>{labels.join('・')}</a>
    </p>
  );
}

function RoundSection({ own, visit }: { readonly own: OwnRound; readonly visit: Visit }) {
  const { round, phase, returns } = own;
  // Who has submitted everything is reminded of no date.
  const isOwed = returns.some(({ isEditor, draft }) => isEditor && isEditable(draft.standing));
  return (
    <section aria-labelledby={`r.${round.id}`}>
      <h2 id={`r.${round.id}`}>{round.name}</h2>
      <p>
        提出期限 <DateTime at={round.dueAt} />{' '}
        {phase !== 'closed' && isOwed && <DaysLeft dueAt={round.dueAt} now={visit.now} />}
      </p>
      {phaseTexts[phase] !== '' && <p>{isWaiting(own, visit.now) ? resubmittable : phaseTexts[phase]}</p>}
      <GuideLink own={own} visit={visit} />
      <ul class="task-list">
        {returns.map((each) => (
          <ReturnItem each={each} visit={visit} />
        ))}
      </ul>
    </section>
  );
}

interface OwnContact {
  readonly municipality: AnsweringUnit;
  readonly contact: KeptContact | undefined;
}

/** Of the municipalities that somebody acts for as a whole. */
async function ownContacts({ service: { store }, person }: Visit, today: readonly Directory[]): Promise<OwnContact[]> {
  const own = today
    .flatMap(answeringUnits)
    .filter(({ code }) => isAllowed(relationToMunicipality(person, code), 'contacts.write'));
  return Promise.all(
    own.map(async (municipality) => ({ municipality, contact: await store.contact(municipality.code) })),
  );
}

function OwnContacts({
  contacts,
  visit: { paths },
}: {
  readonly contacts: readonly OwnContact[];
  readonly visit: Visit;
}) {
  if (contacts.length === 0) return <></>;
  return (
    <section aria-labelledby="contacts">
      <h2 id="contacts">連絡先</h2>
      {contacts.map(({ municipality: { code, name }, contact }) => (
        <p>
          {contacts.length > 1 && `${name}　`}
          <UnitContactView contact={contact} />
          <br />
          <a href={paths.contact(code)}>{contact === undefined ? '連絡先を登録する' : '連絡先を確認・変更する'}</a>
        </p>
      ))}
      <p class="hint">県からのお知らせは、この連絡先に届きます。</p>
    </section>
  );
}

/** The home page of whoever answers. */
export async function municipalHome(c: WebContext): Promise<Response> {
  const visit = c.get('visit');
  const { share } = visit.person;
  if (share !== undefined) return c.redirect(visit.paths.return(share), 303);
  const [stored, current] = await Promise.all([visit.service.store.rounds(), visit.service.store.currentDirectory()]);
  const today = current === undefined ? [] : [current.directory];
  const rounds = stored
    .filter((round) => maySeeRound(visit.person, round))
    .toReversed()
    .slice(0, newestRounds);
  const [contacts, former, ...all] = await Promise.all([
    ownContacts(visit, today),
    Promise.all(rounds.map((round) => formerOwn(visit, round, today))),
    ...rounds.map(async (round): Promise<OwnRound> => {
      const { store, questions } = visit.service;
      const phase = phaseAt(round, visit.now);
      const [asked, { settings: texts }] = await Promise.all([
        phase === 'closed' ? [] : questions.asked({ round: round.id }),
        store.roundTexts(round.id),
      ]);
      const returns = await ownReturns(visit, round, today, asked);
      const hasPublished = publishedAnswers(asked).length > 0;
      return { round, phase, returns, texts, hasPublished };
    }),
  ]);
  const own = all.filter(({ returns }) => returns.length > 0);
  const sentBack = own.flatMap(({ returns }) =>
    returns.filter(({ isEditor, draft }) => isEditor && draft.standing.state === 'returned'),
  );
  const open = own.filter((each) => each.phase !== 'closed' || isWaiting(each, visit.now));
  const closed = own.filter((each) => !open.includes(each));
  return page(
    c,
    { title: '調査の一覧' },
    <>
      <h1>調査の一覧</h1>
      <EndedNotice directory={current?.directory} person={visit.person} />
      {sentBack.map((each) => (
        <SentBackCard each={each} visit={visit} />
      ))}
      {all.map(
        ({ round, phase }) =>
          phase !== 'closed' && lacksForms(visit.service.forms, round) && <NotDeployed round={round} />,
      )}
      {open.map((each) => (
        <RoundSection own={each} visit={visit} />
      ))}
      {open.length === 0 && <p>現在受け付けている調査はありません。</p>}
      <OwnContacts contacts={contacts} visit={visit} />
      <FormerSection former={former.flat()} visit={visit} />
      {closed.length > 0 && (
        <details>
          <summary>受付を終了した調査（{closed.length}件）</summary>
          <div>
            {closed.map((each) => (
              <RoundSection own={each} visit={visit} />
            ))}
          </div>
        </details>
      )}
    </>,
  );
}
