/** A section's answers to read, for those who do not edit them: in parts where a page could not hold them. */

import type { JSX } from 'hono/jsx/jsx-runtime';
import type { Item } from '../../../schemas/form.ts';
import { answerBlocks } from '../shared/answer-rows.ts';
import { AnswersView } from '../shared/answers-view.tsx';
import { Pager } from '../shared/pager.tsx';
import type { Opened } from './opened.ts';
import { readParts } from './read-parts.ts';

interface SectionAnswersProps {
  readonly opened: Opened;
  readonly section: Item;
  /** Wanted of the parts, from 1. */
  readonly part: number | undefined;
  readonly hrefOf: (part: number) => string;
}

export function SectionAnswers({ opened, section, part, hrefOf }: SectionAnswersProps): JSX.Element {
  const { round, draft, names } = opened;
  const blocks = answerBlocks({ sections: [section], answers: draft.answers, round, names });
  const parts = readParts({ blocks, view: {}, reasons: [], weighReason: () => 0 });
  const number = Math.min(Math.max(part ?? 1, 1), parts.length);
  return (
    <>
      <Pager page={number} pages={parts.length} label="回答の部分" hrefOf={hrefOf} />
      <AnswersView blocks={parts[number - 1]?.blocks ?? []} />
    </>
  );
}
