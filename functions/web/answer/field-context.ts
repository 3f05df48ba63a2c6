/** The context of the fields of one page, from the return as it stands. */

import type { Item } from '../../../schemas/form.ts';
import type { Answers } from '../../../schemas/values/json.ts';
import { asOfDate } from '../../../schemas/round.ts';
import { namedEntries } from '../../domain/answers.ts';
import { allHold } from '../../domain/asked.ts';
import { withComputed } from '../../domain/computed.ts';
import { errorsOn, remarksOf } from './page-messages.ts';
import { pageFormula, pageRule } from './page-rules.ts';
import type { PageFindings } from './page-messages.ts';
import type { FieldContext } from '../fields/context.ts';
import type { Posted } from '../../domain/posted/posted.ts';
import { entryTitle, withEntries } from '../../domain/print-answer.ts';
import { heldTexts } from '../../domain/fill-in/prefilled-values.ts';
import { answerAt } from '../../domain/question-path.ts';
import { fileHrefOf } from './opened.ts';
import type { Opened } from './opened.ts';
import { newEntryId } from './save.ts';
import type { EditedPlace } from './place.ts';

/** The list whose entries the references on a page name, and the entry that does not name itself. */
function referencesFor(answers: Answers, { section, part }: EditedPlace): FieldContext['references'] {
  if (section.kind.nesting !== 'entries') return [];
  return namedEntries(answers[section.key]).flatMap(({ name, entry }, index) =>
    part.kind === 'entry' && name === part.entry ? [] : [{ id: name, title: entryTitle(section, entry, index) }],
  );
}

/** What of a return its fields need: there is none yet while a questionnaire is tried. */
export type Filled = Pick<Opened, 'form' | 'round' | 'names' | 'directory' | 'unit' | 'key'> & {
  readonly sections?: Opened['sections'];
  readonly isTrial?: true;
  readonly visit: Pick<Opened['visit'], 'paths'>;
  readonly draft: Pick<Opened['draft'], 'answers' | 'reasons' | 'standing'>;
};

/** What conditions and formulas of a page may take together; beyond, they are not met, as where the return is examined. */
const mostSteps = 1_000_000;

export function fieldContext(
  opened: Filled,
  place: EditedPlace,
  post: Posted,
  findings: PageFindings,
  held: Answers = {},
): FieldContext {
  const { round, draft, names, directory, unit } = opened;
  const { section, path } = place;
  const isOnPage = (item: Item): boolean => place.list !== undefined || item.id.split('.')[0] === section.key;
  const isField = (item: Item, isInnermost: boolean): boolean =>
    isInnermost ? isOnPage(item) : place.list === undefined && item.id.split('.')[0] === section.key;
  const { sections } = opened;
  const isSeen = (key: string): boolean => sections === undefined || sections.includes(key);
  const page = { isField, isSeen, budget: { left: mostSteps } };
  const computed = withComputed(opened.form, draft.answers);
  return {
    post,
    errors: errorsOn(opened.form, path, findings),
    remarks: remarksOf(opened.form, draft.reasons, findings.examination),
    notices: findings.notices ?? new Map(),
    sentBack: new Map(draft.standing.sentBack?.questions.map(({ path, reason }) => [path, reason])),
    held: heldTexts(opened.form, held, names),
    round,
    asOf: asOfDate(round, section.key),
    names: withEntries(names, section, draft.answers[section.key]),
    municipalities: directory.municipalities.filter(({ code }) => code !== unit.code),
    fileHref: fileHrefOf(opened),
    references: referencesFor(draft.answers, place),
    newEntryId,
    takesReasons: true,
    takesFiles: opened.isTrial !== true,
    isOnPage,
    computedAt: (path) => answerAt(opened.form.sections, path.split('.'), computed),
    pageFormula: (expression, scope) => pageFormula(expression, draft.answers, scope, page),
    pageRule: (expression, scope) => pageRule(expression, draft.answers, scope, page),
    isPossible: (item) => item.conditions.every(({ on, values }) => isOnPage(on) || holds(on, values, draft.answers)),
  };
}

function holds(on: Item, values: readonly string[], answers: Answers): boolean {
  return allHold({ conditions: [{ on, values }], expressions: [] }, [answers]);
}
