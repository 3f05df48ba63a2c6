/** Questions to the prefecture (質問): asked about a question of a form, answered once or better, shown to all where it is wished. */

import type { AnswerToGive, AskedQuestion, QuestionToAsk } from '../../schemas/asked-question.ts';
import type { Form } from '../../schemas/form.ts';
import type { ReturnKey } from '../../schemas/return.ts';
import { lineFeeds } from '../../schemas/values/text.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import { checkEtag, isConditional } from '../domain/revisions.ts';
import type { Precondition } from '../domain/revisions.ts';
import type { KeptRecords } from '../storage/kept-records.ts';
import type { ClockAndIds } from './drafts.ts';

/** About one return. Whoever has more to ask telephones. */
const mostAsked = 50;

export interface AskedQuestions {
  /** Of a return, or of every one of a round, in no order. */
  asked(of: Pick<ReturnKey, 'round'> | ReturnKey): Promise<AskedQuestion[]>;
  askedQuestion(key: ReturnKey, id: string): Promise<AskedQuestion | undefined>;
  /**
   * Refuses `invalid-message` for what the form has no question of, and `too-many-messages`.
   *
   * @param id given by who asks, so that it is asked once however often it is sent
   */
  ask(key: ReturnKey, form: Form, wanted: QuestionToAsk, actor: string, id?: string): Promise<Outcome<AskedQuestion>>;
  /** Answers, or puts another answer in place. Refuses `not-found`, `precondition-required` and `precondition-failed`. */
  answerQuestion(
    key: ReturnKey,
    id: string,
    answer: AnswerToGive,
    precondition: Precondition,
    actor: string,
  ): Promise<Outcome<AskedQuestion>>;
}

export function askedEtag({ revision }: Pick<AskedQuestion, 'revision'>): string {
  return `"${revision}"`;
}

export function createAskedQuestions(
  records: KeptRecords<AskedQuestion>,
  { now, randomId }: ClockAndIds,
): AskedQuestions {
  return {
    asked: (of) => records.all(of),
    askedQuestion: (key, id) => records.read(key, id),
    ask: async (key, form, { path = '', text }, actor, id = randomId()) => {
      if (path !== '' && !form.items.has(path)) {
        const message = '調査票にない項目です。';
        return refused('invalid-message', { errors: [{ path: 'path', code: 'unknown-question', message }] });
      }
      const before = await records.all(key);
      if (before.length >= mostAsked && before.every((each) => each.id !== id)) return refused('too-many-messages');
      const question: AskedQuestion = {
        id,
        form: key.form,
        unit: key.unit,
        path,
        text: lineFeeds(text),
        askedAt: now().toISOString(),
        askedBy: actor,
        revision: 0,
      };
      return records.add(key, question, { what: 'asked', actor });
    },
    answerQuestion: async (key, id, { text, published }, precondition, actor) => {
      if (!isConditional(precondition)) return refused('precondition-required');
      return records.change(key, id, { what: 'answered', actor }, (kept) => {
        const wanted = { text: lineFeeds(text), published: published === undefined ? undefined : lineFeeds(published) };
        // The second press of a button finds what the first one kept.
        if (kept.answer?.text === wanted.text && kept.published === wanted.published) return done(undefined);
        const seen = checkEtag(askedEtag(kept), precondition);
        if (!seen.ok) return seen;
        const { published: _before, ...rest } = kept;
        return done({
          ...rest,
          ...(wanted.published === undefined ? {} : { published: wanted.published }),
          answer: { text: wanted.text, answeredAt: now().toISOString(), answeredBy: actor },
          revision: kept.revision + 1,
        });
      });
    },
  };
}
