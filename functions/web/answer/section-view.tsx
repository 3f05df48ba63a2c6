/** The page of a section's questions, or of one entry's. */

import type { AskedQuestion } from '../../../schemas/asked-question.ts';
import type { Answers } from '../../../schemas/values/json.ts';
import { asOfDate } from '../../../schemas/round.ts';
import { printPartialDate } from '../../../schemas/values/partial-date.ts';
import { numberedLabel } from '../../../schemas/kinds/question.ts';
import type { Crumb } from '../shared/breadcrumbs.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { Notice } from '../shared/notice.tsx';
import { DateTime } from '../shared/time.tsx';
import type { Removed } from './actions.ts';
import type { PageFindings } from './page-messages.ts';
import type { FieldContext } from '../fields/context.ts';
import { QuestionFields } from '../fields/fields.tsx';
import type { Posted } from '../../domain/posted/posted.ts';
import { entryTitle } from '../../domain/print-answer.ts';
import { placeLabel } from '../../domain/place-label.ts';
import { RecoveredNotice } from '../shared/recovered-notice.tsx';
import { UnsavedTexts } from '../shared/unsaved-texts.tsx';
import type { UnsavedText } from '../shared/unsaved-texts.tsx';
import { fieldContext } from './field-context.ts';
import { rowsAround, withQuestionLabel } from './findings.ts';
import { ClosedNotice, EnterSaves, ReadOnlyNotice, SectionAnswers, SectionLinks, Trail } from './frame.tsx';
import type { Opened } from './opened.ts';
import { partAnswers } from '../../domain/draft-parts.ts';
import type { Part } from '../../domain/draft-parts.ts';
import { ErrorSummary } from '../shared/error-summary.tsx';
import { answersAt, entriesFrom } from './place.ts';
import type { EditedPlace } from './place.ts';
import { RemovedNotice } from './removal.tsx';
import type { Theirs } from './save.ts';
import { NotAsked } from './not-asked.tsx';
import { talkAbout } from './talk.ts';
import { isSamePage, pageAround, pageHref, pageOfQuestion } from './where.ts';
import type { PageAddress } from './where.ts';

export interface SectionViewProps {
  readonly opened: Opened;
  readonly place: EditedPlace;
  readonly address: PageAddress;
  readonly post: Posted;
  readonly etag: string;
  readonly findings: PageFindings;
  readonly last: Answers | undefined;
  /** What the prefecture holds already. */
  readonly held: Answers;
  readonly sentBack: Answers | undefined;
  /** What was asked of the prefecture about the return. */
  readonly asked: readonly AskedQuestion[];
  readonly isSaved: boolean;
  /** What the page was opened with, to tell later who changed what. */
  readonly marks: string | undefined;
  /** The fields hold something that is not stored. */
  readonly isUnsaved: boolean;
  readonly isRecovered?: boolean;
  /** What was typed before and cannot be saved any more, to be copied. */
  readonly unsaved?: readonly UnsavedText[];
  readonly theirs?: Theirs;
  readonly removed?: Removed | undefined;
  /** The entry that was just added. */
  readonly focused?: string | undefined;
  readonly page: number;
}

/** 事業所「本部」 for an entry, the label of the section for its own page. */
export function placeTitle(opened: Opened, { section, base, list, part, inside }: EditedPlace): string {
  if (list === undefined) return numberedLabel(section.definition);
  if (inside.length === 0 && part.kind === 'entry') {
    const entry = partAnswers(opened.draft.answers, part);
    const title =
      typeof entry === 'object' && entry !== null && !Array.isArray(entry) ? entryTitle(section, entry, 0) : '';
    return `${numberedLabel(section.definition)}：${title === '' || title === '1件目' ? '新しい記入' : title}`;
  }
  return placeLabel(opened, opened.draft.answers, base);
}

function crumbs(opened: Opened, place: EditedPlace, { section, entry, at }: PageAddress): Crumb[] {
  const { visit } = opened;
  const up: Crumb[] = [];
  const title = numberedLabel(place.section.definition);
  if (entry !== undefined || at !== undefined)
    up.push({ label: title, href: pageHref(visit.paths, opened.key, { section }) });
  if (entry !== undefined && at !== undefined)
    up.push({
      label: placeTitle(opened, { ...place, inside: [] }),
      href: pageHref(visit.paths, opened.key, { section, entry }),
    });
  return [...up, { label: placeTitle(opened, place) }];
}

function Intro({ opened, place }: Pick<SectionViewProps, 'opened' | 'place'>) {
  const { round, draft } = opened;
  const { help } = place.section.definition;
  return (
    <>
      <p class="hint">
        {printPartialDate(asOfDate(round, place.section.key))}現在の状況を回答してください。
        {draft.savedAt !== undefined && draft.savedBy !== undefined && (
          <>
            {'　'}最終保存：
            <DateTime at={new Date(draft.savedAt)} />（{draft.savedBy}）
          </>
        )}
        <SectionLinks opened={opened} section={place.section} />
      </p>
      {help !== undefined && place.list === undefined && place.base !== '' && <p>{help}</p>}
    </>
  );
}

function SentBackHere({ opened, place }: Pick<SectionViewProps, 'opened' | 'place'>) {
  const reasons = opened.draft.standing.sentBack?.questions.filter(({ path }) => path === place.base);
  return (
    <>
      {reasons?.map(({ reason }) => (
        <div class="sent-back">
          <strong>差戻しの理由：</strong>
          <span class="preserved">{reason}</span>
        </div>
      ))}
    </>
  );
}

function AnswersOnly({
  opened,
  place,
  address,
  page,
}: Pick<SectionViewProps, 'opened' | 'place' | 'address' | 'page'>) {
  const hrefOf = (to: number): string => pageHref(opened.visit.paths, opened.key, address, { page: String(to) });
  return <SectionAnswers opened={opened} section={place.section} page={page} hrefOf={hrefOf} />;
}

function SavedNotice({ isWhole, isFine }: { readonly isWhole: boolean; readonly isFine: boolean }) {
  if (isWhole && !isFine) return <Notice kind="warning" title="保存しました。提出前に修正が必要な項目があります。" />;
  if (isWhole) return <Notice kind="success" title="保存しました。" />;
  return <Notice kind="warning" title="エラーのある項目を除いて保存しました。エラーの項目は保存されていません。" />;
}

/** Answers that only another page changed, named so that nothing changes unseen. */
function SavedByOthers({ opened, theirs }: Pick<SectionViewProps, 'opened' | 'theirs'>) {
  if (theirs === undefined || theirs.paths.length === 0) return <></>;
  return (
    <Notice kind="warning" title={`次の項目は、別に保存された内容（${theirs.by}）になっています。`}>
      <ul>
        {theirs.paths.map((path) => (
          <li>
            <a href={`#${path}`}>{placeLabel(opened, opened.draft.answers, path)}</a>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** From one entry to the one after it, or to a new one, without the list between them. */
function OnwardButton({ opened, place }: Pick<SectionViewProps, 'opened' | 'place'>) {
  const { definition, kind } = place.section;
  const { following, count } = entriesFrom(opened.draft.answers, place);
  if (following === undefined && count >= (kind.maxEntries ?? 0)) return <></>;
  return (
    <button class="button button--secondary" name="action" value="onward">
      保存して{following === undefined ? `「${definition.label}」を追加する` : '次の記入へ進む'}
    </button>
  );
}

/** Who comes from the check of the whole goes back to it. */
function Buttons({
  opened,
  place,
  findings: { withMissing },
}: Pick<SectionViewProps, 'opened' | 'place' | 'findings'>) {
  const isEntry = place.list !== undefined;
  return (
    <>
      <div class="button-row">
        {withMissing && (
          <button class="button button--primary" name="action" value="check">
            保存して確認の画面に戻る
          </button>
        )}
        <button class={`button button--${withMissing ? 'secondary' : 'primary'}`} name="action" value="next">
          {isEntry ? '保存して一覧に戻る' : '保存して次へ進む'}
        </button>
        {isEntry && place.inside.length === 0 && <OnwardButton opened={opened} place={place} />}
        <button class="button button--secondary" name="action" value="save">
          一時保存する
        </button>
        <a href={opened.visit.paths.return(opened.key)}>回答する項目に戻る</a>
      </div>
      <p class="save-state" role="status" data-save-state></p>
    </>
  );
}

/** Before the questions: who takes the last answers over has little left to type. */
function TakeOver({ place, last, hasHeld }: Pick<SectionViewProps, 'place' | 'last'> & { readonly hasHeld: boolean }) {
  const sources = [
    ...(last === undefined || answersAt(last, place) === undefined ? [] : ['前回の回答']),
    ...(hasHeld ? ['県の把握している値'] : []),
  ];
  if (sources.length === 0) return <></>;
  return (
    <div class="button-row">
      <button class="button button--secondary" name="action" value="takeover">
        {sources.join('・')}を転記する（転記後、各項目を確認してください）
      </button>
    </div>
  );
}

/** Under whose ETag an entry is moved and removed: the list's. */
export function listPart({ part, inside, section }: EditedPlace): Part {
  return inside.length > 0 ? part : { kind: 'section', section: section.key };
}

/** Moving and removing an entry from its own page: what the list's page does, under the list's ETag. */
function EntryMoves({ opened, place, address }: Pick<SectionViewProps, 'opened' | 'place' | 'address'>) {
  const { visit, draft } = opened;
  const parent = pageAround(opened.form, draft.answers, address);
  return (
    <form method="post" action={pageHref(visit.paths, opened.key, parent)} class="entry-buttons">
      <CsrfField visit={visit} />
      <input type="hidden" name="etag" value={draft.etag(listPart(place))} data-list-etag />
      <span>この記入を：</span>
      {[
        { verb: 'up', label: '1つ前へ移す' },
        { verb: 'down', label: '1つ後へ移す' },
        { verb: 'remove', label: '削除する' },
      ].map(({ verb, label }) => (
        <button class="button button--text" name="action" value={`${verb}:${place.base}`}>
          {label}
        </button>
      ))}
    </form>
  );
}

export function SectionView(props: SectionViewProps) {
  const {
    opened,
    place,
    address,
    post,
    etag,
    findings,
    last,
    held,
    sentBack,
    asked,
    isSaved,
    marks,
    isUnsaved,
    isRecovered = false,
    unsaved = [],
    theirs,
    removed,
    focused,
    page,
  } = props;
  const { visit, draft, canEdit } = opened;
  const talkOf = talkAbout(opened, place.section.key, asked);
  const context: FieldContext = { ...fieldContext(opened, place, post, findings, held), focused, talkOf };
  const isHere = (path: string): boolean => isSamePage(pageOfQuestion(opened.form, draft.answers, path), address);
  const href = pageHref(visit.paths, opened.key, address, findings.withMissing ? { check: '1' } : {});
  const errors = [...context.errors].flatMap(([path, messages]) =>
    messages.map((message) => {
      const rows = rowsAround(opened, post, place.path, path);
      const said = withQuestionLabel(opened, path, message);
      return { href: `#${path}`, message: rows === '' ? said : `${rows}　${said}` };
    }),
  );
  return (
    <>
      <Trail opened={opened} below={crumbs(opened, place, address)} />
      {canEdit && <ErrorSummary errors={errors} rest="各項目に表示しています" isBeside={focused !== undefined} />}
      {isSaved && <SavedNotice isWhole={(findings.problems?.size ?? 0) === 0} isFine={errors.length === 0} />}
      {isRecovered && <RecoveredNotice />}
      <UnsavedTexts texts={unsaved} />
      <RemovedNotice opened={opened} removed={removed} href={href} />
      <SavedByOthers opened={opened} theirs={theirs} />
      <h1>{placeTitle(opened, place)}</h1>
      <ReadOnlyNotice opened={opened} />
      <ClosedNotice opened={opened} />
      <Intro opened={opened} place={place} />
      <SentBackHere opened={opened} place={place} />
      <NotAsked opened={opened} section={place.section} />
      {[...post.keys()].some((name) => name.endsWith(':prefilled')) && (
        <Notice kind="warning" title="転記しました。各項目を確認してください。転記した内容はまだ保存されていません。" />
      )}
      {context.notices.size > 0 && (
        <Notice kind="warning" title="入力された内容を読み取りました。読み取り結果を確認してください。" />
      )}
      {canEdit ? (
        <form method="post" action={href} data-autosave data-unsaved={isUnsaved ? '' : undefined}>
          <EnterSaves />
          <CsrfField visit={visit} />
          <input type="hidden" name="etag" value={etag} />
          {marks !== undefined && <input type="hidden" name="opened" value={marks} />}
          <TakeOver place={place} last={last} hasHeld={[...context.held.keys()].some(isHere)} />
          <QuestionFields
            context={context}
            items={place.items}
            base={place.base}
            scope={place.list === undefined ? '' : place.base}
            stored={answersAt(draft.answers, place)}
            previous={last && answersAt(last, place)}
            submitted={sentBack && answersAt(sentBack, place)}
          />
          <Buttons opened={opened} place={place} findings={findings} />
        </form>
      ) : (
        <AnswersOnly opened={opened} place={place} address={address} page={page} />
      )}
      {canEdit && answersAt(draft.answers, place) !== undefined && place.list !== undefined && (
        <EntryMoves opened={opened} place={place} address={address} />
      )}
    </>
  );
}
