/** A section's answers to read, for those who do not edit them. */

import type { JSX } from 'hono/jsx/jsx-runtime';
import type { Item } from '../../../schemas/form.ts';
import { answerBlocks } from '../shared/answer-rows.ts';
import { PagedAnswers } from '../shared/answers-view.tsx';
import type { Opened } from './opened.ts';

interface SectionAnswersProps {
  readonly opened: Opened;
  readonly section: Item;
  /** Wanted, from 1. */
  readonly page: number;
  readonly hrefOf: (page: number) => string;
}

export function SectionAnswers({ opened, section, page, hrefOf }: SectionAnswersProps): JSX.Element {
  const { round, draft, names } = opened;
  const blocks = answerBlocks({ sections: [section], answers: draft.answers, round, names });
  return <PagedAnswers blocks={blocks} page={page} hrefOf={hrefOf} />;
}
