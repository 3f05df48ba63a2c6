/** How a section, a list or an entry is shown, whatever has been asked for or posted. */

import type { Item } from '../../../schemas/form.ts';
import { numberedLabel } from '../../../schemas/kinds/question.ts';
import type { DraftView } from '../../service/drafts.ts';
import type { Removed } from './actions.ts';
import { openedMarks } from './conflict.ts';
import { ListView } from './list-view.tsx';
import { answersSentBack, askedOf, heldByPrefecture, lastAnswers } from './opened.ts';
import type { Opened } from './opened.ts';
import { answersAt } from './place.ts';
import type { EditedPlace } from './place.ts';
import type { Theirs } from './save.ts';
import { SectionView, placeTitle } from './section-view.tsx';
import type { PageAddress } from './where.ts';
import { errorsOn } from './page-messages.ts';
import type { PageFindings } from './page-messages.ts';
import { page } from '../shared/layout.tsx';
import { pageWanted } from '../shared/pager.tsx';
import { entriesMark, isMarked } from '../../domain/posted/posted.ts';
import type { Posted } from '../../domain/posted/posted.ts';
import { isFolded } from '../fields/folding.ts';
import type { UnsavedText } from '../shared/unsaved-texts.tsx';
import type { WebContext } from '../shared/visit.ts';

export function addressOf(c: WebContext): PageAddress {
  const { section = '', entry } = c.req.param();
  return { section, entry, at: c.req.query('at') };
}

/** The officer comes from the check of the whole. */
export function saysMissing(c: WebContext): boolean {
  return c.req.query('check') === '1';
}

/** The browser's script asks, and is answered with data. */
export function wantsJson(c: WebContext): boolean {
  return c.req.header('accept')?.includes('application/json') === true;
}

interface Shown {
  readonly post: Posted;
  readonly etag: string;
  readonly findings: PageFindings;
  readonly marks: string | undefined;
  readonly isSaved: boolean;
  readonly isUnsaved: boolean;
  readonly isRecovered?: boolean;
  readonly unsaved?: readonly UnsavedText[];
  readonly theirs?: Theirs;
  readonly removed?: Removed | undefined;
  readonly focused?: string | undefined;
  readonly status?: 200 | 422;
}

export function marksOf(place: EditedPlace, draft: DraftView): string {
  return openedMarks(place.items, answersAt(draft.answers, place) ?? {}, place.base);
}

export async function sectionPage(c: WebContext, opened: Opened, place: EditedPlace, shown: Shown): Promise<Response> {
  const [last, held, sentBack, asked] = await Promise.all([
    lastAnswers(opened),
    heldByPrefecture(opened),
    answersSentBack(opened),
    askedOf(opened),
  ]);
  const hasErrors = errorsOn(opened.form, place.path, shown.findings).size > 0;
  return page(
    c,
    {
      title: placeTitle(opened, place),
      script: opened.canEdit,
      hasErrors: hasErrors && opened.canEdit,
      status: shown.status ?? 200,
    },
    <SectionView
      opened={opened}
      place={place}
      address={addressOf(c)}
      last={last}
      held={held}
      sentBack={sentBack}
      asked={asked}
      page={pageWanted(c.req.query('page'))}
      {...shown}
    />,
  );
}

export async function listPage(
  c: WebContext,
  opened: Opened,
  section: Item,
  { isStale = false, removed }: { readonly isStale?: boolean; readonly removed?: Removed | undefined } = {},
): Promise<Response> {
  const [examination, last, sentBack] = await Promise.all([
    opened.draft.examination(),
    lastAnswers(opened),
    answersSentBack(opened),
  ]);
  const findings = { examination, withMissing: saysMissing(c) };
  return page(
    c,
    { title: numberedLabel(section.definition), script: opened.canEdit, status: isStale ? 412 : 200 },
    <ListView
      opened={opened}
      section={section}
      findings={findings}
      last={last}
      sentBack={sentBack}
      isStale={isStale}
      removed={removed}
      page={pageWanted(c.req.query('page'))}
    />,
  );
}

/**
 * The section that is a list and whose entries have pages of their own.
 *
 * @param post tells whether they had their fields on the page that posts
 */
export function listSection(
  { form, draft }: Opened,
  { section, entry }: PageAddress,
  post: Posted = new Map(),
): Item | undefined {
  const item = form.sections.find(({ key }) => key === section);
  if (item === undefined || entry !== undefined || isMarked(post, entriesMark(section))) return undefined;
  return isFolded(item, draft.answers[section]) ? item : undefined;
}
