/** よくある質問 of a round: what the prefecture has answered to one and shows to all. */

import type { Catalogue } from '../../../schemas/form.ts';
import { formsOf } from '../../../schemas/round-forms.ts';
import type { Round } from '../../../schemas/round.ts';
import { labelOfQuestion } from '../../domain/asked-questions.ts';
import type { PublishedAnswer } from '../../domain/asked-questions.ts';
import { Paragraphs } from './round-texts-view.tsx';

export const publishedTitle = 'よくある質問';
/** What stands beside the fields of questions and answers. */
export const messageLabels = { text: '質問又は回答の本文', published: '示す質問の文' } as const;
export const publishedId = 'published-answers';

interface PublishedProps {
  readonly forms: Catalogue;
  readonly round: Round;
  readonly answers: readonly PublishedAnswer[];
}

export function PublishedAnswers({ forms, round, answers }: PublishedProps) {
  if (answers.length === 0) return <></>;
  const known = new Map(formsOf(forms, round).map((form) => [form.id, form]));
  return (
    <section aria-labelledby={publishedId}>
      <h2 id={publishedId}>{publishedTitle}</h2>
      {answers.map(({ form: id, path, question, answer }) => {
        const form = known.get(id);
        return (
          <section class="card">
            <p class="hint">{form === undefined ? id : `${form.title}　${labelOfQuestion(form, path)}`}</p>
            <h3 class="card__title preserved">{question}</h3>
            <Paragraphs text={answer} />
          </section>
        );
      })}
    </section>
  );
}
