/** A return under review: the answers beside earlier ones, and everything to weigh before deciding. */

import { formOfVersion } from '../../domain/previous-scopes.ts';
import type { Hono } from 'hono';
import { isSentByItself } from '../../../schemas/mail.ts';
import { onBehalfText } from '../../../schemas/return.ts';
import type { Version } from '../../../schemas/return.ts';
import type { Standing } from '../../domain/life.ts';
import { trackedReturn } from '../../domain/log.ts';
import { recordView } from '../../service/access.ts';
import type { FoundReturn } from '../../service/access.ts';
import { contactFinder } from '../../service/contacts.ts';
import { answerBlocks, changedOnly } from '../../domain/answer-rows.ts';
import { answersPageWith } from '../shared/answers-view.tsx';
import { ButtonLink } from '../shared/button.tsx';
import { shortStates } from './state-bar.tsx';
import { Predecessors } from '../shared/predecessors.tsx';
import { StateTag } from '../shared/state-tag.tsx';
import { DateTime } from '../shared/time.tsx';
import { page } from '../shared/layout.tsx';
import { pageWanted } from '../shared/pager.tsx';
import { namesIn } from '../../domain/print-answer.ts';
import { withParameters } from '../shared/address.ts';
import { returnAdmitted } from '../shared/admission.tsx';
import { comparisonsOf } from './comparison.ts';
import type { Comparisons } from './comparison.ts';
import { placeLabel } from '../../domain/place-label.ts';
import { reviewFacts } from './review-facts.ts';
import type { ReviewFacts } from './review-facts.ts';
import { ReviewAnswers } from './review-answers.tsx';
import { Across, AskedChecks, LastSentBack, Notes, OpenTexts } from './review-parts.tsx';
import type { HrefOf } from './review-parts.tsx';
import { RoundNav } from '../shared/round-nav.tsx';
import { roundView } from './round-view.ts';
import type { RoundView } from './round-view.ts';
import { JustAccepted } from './just-accepted.tsx';
import { EntriesSideBySide } from './entries-side-by-side.tsx';
import {
  isAskedAfter,
  listAddress,
  neighboursOf,
  nextToDecide,
  readUnitQuery,
  writeUnitQuery,
} from './tracked-units.ts';
import type { Neighbours, TrackedUnit } from './tracked-units.ts';
import { mayDo } from '../shared/visit.ts';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';
import { Notice } from '../shared/notice.tsx';
import { UnitContactView } from '../shared/unit-contact.tsx';
import { SummaryList } from '../shared/summary-list.tsx';
import { Ways } from '../shared/ways.tsx';
import { isLate } from '../../domain/due-date.ts';
import { Exceptions } from './exceptions.tsx';
import { Acceptance, Done, Undoing } from './acceptance.tsx';
import type { ReviewProps } from './acceptance.tsx';

interface NeighbouringProps extends ReviewProps {
  readonly neighbours: Neighbours;
  /** Two on a page need different names. */
  readonly label: string;
}

function Neighbouring({ neighbours: { previous, next }, visit: { paths }, found, suffix, label }: NeighbouringProps) {
  const { round } = found;
  const href = ({ form, unit }: TrackedUnit): string => paths.review({ round: round.id, form: form.id, unit }) + suffix;
  return (
    <Ways
      label={label}
      previous={previous && { href: href(previous), label: `前の回答：${previous.name}` }}
      next={next && { href: href(next), label: `次の回答：${next.name}` }}
    >
      <a href={listAddress(paths, round.id, suffix)}>一覧へ戻る</a>
    </Ways>
  );
}

function Facts({ version, standing }: { version: Version; standing: Standing }) {
  return (
    <SummaryList
      terms={[
        ['版', `第${version.version}版${standing.acceptedVersion === version.version ? '（確認済の版）' : ''}`],
        [
          '提出',
          <>
            <DateTime at={new Date(version.submittedAt)} />　{version.submittedBy}
            {isLate(version, standing) && '　期限後の提出'}
          </>,
        ],
        version.onBehalf && ['県による提出', onBehalfText(version.onBehalf)],
        ['受付番号', version.receipt],
      ]}
    />
  );
}

interface ContentProps extends ReviewProps {
  readonly version: Version;
  readonly view: RoundView;
  readonly facts: ReviewFacts;
  readonly comparisons: Comparisons;
  readonly asked: Asked;
  readonly hasNext: boolean;
}

interface Asked {
  readonly onlyChanged: boolean;
  readonly page: string | undefined;
  /** A question that must be on the page. */
  readonly at: string;
}

function askedOf(c: WebContext, { chosen }: Comparisons): Asked {
  return {
    onlyChanged: readUnitQuery(c.req.query()).onlyChanged === true && chosen !== undefined,
    page: c.req.query('page'),
    at: c.req.query('at') ?? '',
  };
}

function Weighing({ visit, found, standing, facts, version, hrefOf }: ContentProps & { readonly hrefOf: HrefOf }) {
  const { asked, across, uncheckedAcross, notes, openTexts } = facts;
  return (
    <>
      {standing.sentBack !== undefined && (
        <LastSentBack
          sentBack={standing.sentBack}
          isCorrected={facts.isCorrected}
          reasons={version.reasons}
          hrefOf={hrefOf}
          labelOf={(path) => placeLabel(found, version.answers, path)}
        />
      )}
      <AskedChecks items={asked} hrefOf={hrefOf} />
      <Across items={across} hrefOf={hrefOf} paths={visit.paths} round={found.round.id} />
      {uncheckedAcross.titles.length > 0 && (
        <p class="hint">
          {uncheckedAcross.isRun
            ? '次の調査票の版には、他の回答との点検に使う項目がないため、点検していません：'
            : 'この調査では、比べる調査票又は項目がないため、回答間の点検を行っていません：'}
          {uncheckedAcross.titles.join('、')}
        </p>
      )}
      <Notes items={notes} hrefOf={hrefOf} />
      <OpenTexts items={openTexts} hrefOf={hrefOf} />
    </>
  );
}

/** On the first page everything there is to weigh; a return of more answers than a page holds goes on after it. */
function Review(props: ContentProps) {
  const { visit, found, standing, suffix, version, view, comparisons, asked, facts } = props;
  const { paths } = visit;
  const { form } = found;
  const all = answerBlocks({
    sections: formOfVersion(form, version).sections,
    answers: version.answers,
    names: namesIn(view.directory),
    compared: comparisons.chosen?.answers,
  });
  const blocks = asked.onlyChanged ? changedOnly(all) : all;
  const here = paths.review(found.key);
  const isDecidable =
    mayDo(visit, 'return.decide') && (standing.state === 'submitted' || standing.state === 'accepted');
  const number = asked.page === undefined ? answersPageWith(blocks, asked.at) : pageWanted(asked.page);
  const hrefOf = (path: string): string => {
    if (path === '') return '#answers';
    if (answersPageWith(blocks, path) === number) return `#q.${path}`;
    return `${withParameters(here + suffix, { at: path })}#q.${path}`;
  };
  return (
    <>
      {number > 1 ? (
        <p>
          <a href={here + suffix}>確認事項と公表される記述は、最初のページにあります。</a>
        </p>
      ) : (
        <>
          <Facts version={version} standing={standing} />
          <Weighing {...props} hrefOf={hrefOf} />
          <Acceptance {...props} hasTexts={facts.openTexts.length > 0} />
          <Undoing {...props} />
          <EntriesSideBySide sections={form.sections} blocks={all} hrefOf={hrefOf} />
        </>
      )}
      <ReviewAnswers
        review={here}
        decision={paths.decision(found.key)}
        suffix={suffix}
        version={version.version}
        state={isDecidable ? standing.state : 'other'}
        comparisons={comparisons}
        onlyChanged={asked.onlyChanged}
        blocks={blocks}
        fileHref={(sha256) => paths.file(found.key, sha256)}
        page={number}
        hrefOf={(page) =>
          `${withParameters(here + suffix, {
            against: comparisons.chosen?.with,
            page: String(page),
          })}#answers`
        }
      />
    </>
  );
}

async function reviewPage(c: WebContext, visit: Visit, found: FoundReturn): Promise<Response> {
  const { service, person, paths } = visit;
  const { key, form, round, unit } = found;
  const view = await roundView(visit, round);
  const standing = trackedReturn(view.state, form.id, unit.code);
  const version = standing.version === 0 ? undefined : await service.store.version(key, standing.version);
  const facts = version === undefined ? undefined : await reviewFacts(service, view, form, version, standing);
  const query = readUnitQuery(c.req.query());
  const suffix = writeUnitQuery(query);
  const props: ReviewProps = { visit, found, standing, suffix };
  if (version !== undefined) await recordView(service, person, key, version.version);
  const { isCorrected = false, previous } = facts ?? {};
  const comparisons = await comparisonsOf(service, key, standing, { isCorrected, previous }, c.req.query('against'));
  const before = await service.store.predecessorReturns(round, key);
  const neighbours = neighboursOf(view.units, query, form.id, unit.code);
  const { next } = neighbours;
  const listed = view.units.find((each) => each.form.id === form.id && each.unit === unit.code);
  const needsContact = listed !== undefined && isAskedAfter(listed);
  const contact = needsContact ? (await contactFinder(service.store, view.directory))(form, unit.code) : undefined;
  const isUntold =
    c.req.query('done') === 'returned' &&
    needsContact &&
    contact === undefined &&
    service.mailSite.isSending &&
    isSentByItself((await service.store.mailSettings(round.id)).settings, 'returned');
  const nextWaiting = nextToDecide(view.units, query, form.id, unit.code);
  return page(
    c,
    { title: `${unit.name} ${form.title}の確認`, wide: true },
    <>
      <RoundNav paths={paths} round={round} current="round" trail={[{ label: `${unit.name} ${form.title}` }]} />
      <Done done={c.req.query('done')} standing={standing} />
      {isUntold && (
        <Notice kind="warning" title="連絡先がないため、差戻しを知らせるメールは送られません。">
          <p>
            電話等で知らせてください。<a href={paths.contacts}>連絡先</a>は、県も登録できます。
          </p>
        </Notice>
      )}
      <JustAccepted visit={visit} view={view} named={c.req.query('accepted')} suffix={suffix} />
      <Neighbouring {...props} neighbours={neighbours} label="一覧の前後の回答" />
      <h1>
        {unit.name}　{form.title}
      </h1>
      <p>
        <StateTag state={standing.state} names={shortStates} />
      </p>
      {needsContact && (
        <p>
          連絡先　
          <UnitContactView contact={contact} />
        </p>
      )}
      <Exceptions visit={visit} found={found} standing={standing} suffix={suffix} />
      <Predecessors before={before} names={namesIn(view.directory)} />
      {version === undefined || facts === undefined ? (
        <p>まだ提出されていません。提出されると、ここで回答を確認できます。</p>
      ) : (
        <Review
          {...props}
          version={version}
          view={view}
          comparisons={comparisons}
          facts={facts}
          asked={askedOf(c, comparisons)}
          hasNext={nextWaiting !== undefined}
        />
      )}
      {c.req.query('done') !== undefined && next !== undefined && (
        <p>
          <ButtonLink href={paths.review({ round: round.id, form: next.form.id, unit: next.unit }) + suffix}>
            次の回答へ進む
          </ButtonLink>
        </p>
      )}
      <Neighbouring {...props} neighbours={neighbours} label="一覧の前後の回答（ページの終わり）" />
    </>,
  );
}

export function reviewPages(app: Hono<WebEnv>): void {
  app.get('/rounds/:round/returns/:form/:unit/review', returnAdmitted('prefecture.read', reviewPage));
}
