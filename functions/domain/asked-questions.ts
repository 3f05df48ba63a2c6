/** What questions to the prefecture are about, in words, and what of them everybody is shown (よくある質問). Pure. */

import type { AskedQuestion } from '../../schemas/asked-question.ts';
import type { Form } from '../../schemas/form.ts';
import { numberedLabel } from '../../schemas/question.ts';

const wholeForm = '調査票全体';

/** A question of the form with its section, as people find it. */
export function labelOfQuestion({ sections, items }: Pick<Form, 'sections' | 'items'>, path: string): string {
  if (path === '') return wholeForm;
  const item = items.get(path);
  const section = sections.find(({ key }) => key === path.split('.')[0]);
  if (item === undefined || section === undefined) return path;
  const label = numberedLabel(item.definition);
  return item === section ? label : `${numberedLabel(section.definition)}：${label}`;
}

/** What may be asked about, by path: of one section, or of the whole form. */
export function questionsToAskAbout(
  form: Pick<Form, 'sections' | 'items'>,
  section: string | undefined,
): (readonly [path: string, label: string])[] {
  const paths = [...form.items.keys()];
  const within = paths.filter((path) => path === section || path.startsWith(`${section}.`));
  return ['', ...(within.length > 0 ? within : paths)].map((path) => [path, labelOfQuestion(form, path)] as const);
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
