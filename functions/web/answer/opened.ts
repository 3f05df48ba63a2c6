/** A return as its officer opens it: what stands, what it was, and what may be done with it. */

import type { AskedQuestion } from '../../../schemas/asked-question.ts';
import type { Comment } from '../../../schemas/comment.ts';
import type { Directory } from '../../../schemas/directory.ts';
import type { Item } from '../../../schemas/form.ts';
import { problems } from '../../../schemas/problem.ts';
import type { ProblemCode } from '../../../schemas/problem.ts';
import type { Answers } from '../../../schemas/values/json.ts';
import type { ProxyEntry } from '../../../schemas/return.ts';
import type { Phase } from '../../../schemas/round.ts';
import { isAllowed } from '../../domain/authorisation.ts';
import type { Action } from '../../domain/authorisation.ts';
import { phaseOfReturn } from '../../domain/due-date.ts';
import { isEditable, isOver } from '../../domain/life.ts';
import { findReturn, recordView } from '../../service/access.ts';
import type { FoundReturn } from '../../service/access.ts';
import { heldAnswers } from '../../service/prefilled.ts';
import { knowingLastTime } from '../../service/drafts.ts';
import type { DraftView } from '../../service/drafts.ts';
import { failurePage } from '../shared/failure-pages.tsx';
import { refusalPage } from '../shared/admission.tsx';
import { lostTextLine, lostTextPage, lostTexts } from './lost-text-page.tsx';
import { namesIn } from '../../domain/print-answer.ts';
import type { Names } from '../../../schemas/kinds/printing.ts';
import type { Visit, WebContext } from '../shared/visit.ts';

export interface Opened extends FoundReturn {
  readonly visit: Visit;
  readonly draft: DraftView;
  readonly directory: Directory;
  readonly names: Names;
  readonly phase: Phase;
  /** The visitor edits it, and it stands so that it can be edited. */
  readonly canEdit: boolean;
  /** What is said inside the municipality; read where a page is asked for. */
  readonly comments: readonly Comment[];
  /** The round is closed, and the prefecture has not sent the return back. */
  readonly isOver: boolean;
}

/** Where a file that answers of the return name is given out. */
export function fileHrefOf({
  visit,
  key,
}: Pick<Opened, 'key'> & { readonly visit: Pick<Visit, 'paths'> }): (sha256: string) => string {
  return (sha256) => visit.paths.file(key, sha256);
}

/** Refusals that are about the deployment and not about the person. */
const tellsWhy: ReadonlySet<ProblemCode> = new Set([
  'round-disposed',
  'round-removed',
  'form-not-deployed',
  'share-ended',
  'unit-ended',
]);

export async function admitReturn(c: WebContext, action: Action): Promise<FoundReturn | Response> {
  const { service, person, recovered } = c.get('visit');
  const found = await findReturn(service, person, action, c.req.param(), { isAnswering: true });
  if (found.ok) return found.value;
  const { code } = found.problem;
  const isScript = c.req.header('x-csrf') !== undefined;
  // What was kept for a page that may not be opened any more is shown as what is posted to it.
  const typed = c.req.method === 'POST' && !isScript ? new URLSearchParams(await c.req.text()) : recovered;
  if (code === 'forbidden' || code === 'share-ended') {
    const why = ({ forbidden: 'rights', 'share-ended': 'share' } as const)[code];
    if (isScript) return c.json({ message: lostTextLine(why) }, problems[code].status);
    const shown = typed && lostTextPage(c, why, service.forms, typed);
    if (shown !== undefined) return shown;
  }
  if (tellsWhy.has(code)) {
    if (isScript) return c.json({ message: problems[code].title }, problems[code].status);
    return refusalPage(c, found.problem, undefined, typed === undefined ? [] : lostTexts(c, service.forms, typed));
  }
  return failurePage(c, code === 'not-found' ? 'notFound' : 'forbidden');
}

export async function openReturn(c: WebContext, action: Action = 'return.read'): Promise<Opened | Response> {
  const visit = c.get('visit');
  const { service, person, now } = visit;
  const found = await admitReturn(c, action);
  if (found instanceof Response) return found;
  const { round, key, relation } = found;
  const hasComments = c.req.method === 'GET' && isAllowed(relation, 'comment.write');
  const [draft, directory, comments] = await Promise.all([
    service.returns.readDraft(key),
    service.store.directoryOfRound(round),
    hasComments ? service.comments.comments(found) : [],
  ]);
  if (!draft.ok) return failurePage(c, 'notFound');
  const form = await knowingLastTime(found.form, draft.value);
  if (!isAllowed(relation, 'section.edit') && c.req.method === 'GET') await recordView(service, person, key);
  const phase = phaseOfReturn(round, draft.value.standing, now);
  return {
    ...found,
    form,
    comments,
    visit,
    draft: draft.value,
    directory,
    names: namesIn(directory),
    phase,
    isOver: isOver(draft.value.standing, phase),
    canEdit: isAllowed(relation, 'section.edit') && isEditable(draft.value.standing),
  };
}

/** What a save by the prefecture says of itself: it goes on with what was begun, whatever ended that meanwhile. */
export function proxyOf({ relation, draft }: Pick<Opened, 'relation' | 'draft'>): ProxyEntry | undefined {
  return relation === 'proxy' ? draft.standing.proxy : undefined;
}

/** The sections that the visitor sees: all of them, or those that were shared with a guest. */
export function sectionsSeen({ form, sections }: Pick<Opened, 'form' | 'sections'>): readonly Item[] {
  return sections === undefined ? form.sections : form.sections.filter(({ key }) => sections.includes(key));
}

export async function lastAnswers({ draft }: Pick<Opened, 'draft'>): Promise<Answers | undefined> {
  return (await draft.previous())?.version.answers;
}

/** Shown to who edits the return, to be confirmed. */
export async function heldByPrefecture({ visit, form, key, canEdit, draft }: Opened): Promise<Answers> {
  return canEdit ? heldAnswers(visit.service.store, form, key, draft.answers) : {};
}

/** What was asked of the prefecture; for who answers the return. */
export async function askedOf({ visit, key, relation, canEdit }: Opened): Promise<readonly AskedQuestion[]> {
  return canEdit && isAllowed(relation, 'question.ask') ? visit.service.questions.asked(key) : [];
}

/** The same with what was submitted and is not accepted yet. */
export async function lastCounted({ visit, round, key, draft }: Opened): Promise<Answers | undefined> {
  return (await visit.service.store.countedReturn(round, key, draft.rounds))?.version.answers;
}

export async function answersSentBack({ visit, key, draft: { standing } }: Opened): Promise<Answers | undefined> {
  const { sentBack } = standing;
  return sentBack === undefined ? undefined : (await visit.service.store.version(key, sentBack.version))?.answers;
}
