/** What questions to the prefecture are about, in words, and what of them everybody is shown (よくある質問). Pure. */

import { isTable } from '../../schemas/kinds/kind.ts';
import type { AskedQuestion } from '../../schemas/asked-question.ts';
import type { Form, Item } from '../../schemas/form.ts';
import { numberedLabel } from '../../schemas/kinds/question.ts';

const wholeForm = '調査票全体';

/** A question of the form with what it stands in, its section first, as people find it. */
export function labelOfQuestion({ items }: Pick<Form, 'items'>, path: string): string {
  if (path === '') return wholeForm;
  const keys = path.split('.');
  const along = keys.map((_, index) => items.get(keys.slice(0, index + 1).join('.')));
  return along.includes(undefined)
    ? path
    : along.flatMap((item) => (item === undefined ? [] : [numberedLabel(item.definition)])).join('：');
}

/** A table is asked about as a whole, since its cells are many and have no names of their own. */
function pathsOf({ id, kind, children }: Item): string[] {
  return [id, ...(isTable(kind) ? [] : children.flatMap(pathsOf))];
}

/** What may be asked about, by path: of one section, or of the whole form. */
export function questionsToAskAbout(
  form: Pick<Form, 'sections' | 'items'>,
  section: string | undefined,
): (readonly [path: string, label: string])[] {
  const within = form.sections.filter(({ key }) => key === section);
  const paths = (within.length > 0 ? within : form.sections).flatMap(pathsOf);
  return ['', ...paths].map((path) => [path, labelOfQuestion(form, path)] as const);
}

/** A question and answer that everybody may read: nothing of who asked. */
export interface PublishedAnswer {
  readonly form: string;
  readonly path: string;
  readonly question: string;
  readonly answer: string;
  readonly answeredAt: string;
}

export function publishedAnswers(asked: readonly AskedQuestion[]): PublishedAnswer[] {
  return asked
    .flatMap(({ form, path, published, answer }) =>
      published === undefined || answer === undefined
        ? []
        : [{ form, path, question: published, answer: answer.text, answeredAt: answer.answeredAt }],
    )
    .toSorted((a, b) => (a.answeredAt < b.answeredAt ? -1 : 1));
}

/** The unanswered first, the oldest of them at the top; then the answered, the newest first. */
export function inOrderOfWork(asked: readonly AskedQuestion[]): AskedQuestion[] {
  const byTime = asked.toSorted((a, b) => (a.askedAt < b.askedAt ? -1 : 1));
  const isAnswered = ({ answer }: AskedQuestion): boolean => answer !== undefined;
  return [...byTime.filter((each) => !isAnswered(each)), ...byTime.filter(isAnswered).toReversed()];
}
