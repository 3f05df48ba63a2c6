/** What stands otherwise in one version of a return than in another, in a few words each. */

import type { Item } from '../../schemas/form.ts';
import type { Names } from '../../schemas/kinds/printing.ts';
import type { Answers } from '../../schemas/values/json.ts';
import { answerBlocks, changedOnly } from './answer-rows.ts';

export interface AnswerDifference {
  readonly label: string;
  readonly before: string;
  readonly after: string;
}

/** In characters: the answer itself stands below. */
const longest = 60;

function clipped(text: string): string {
  const characters = Array.from(text.replaceAll('\n', '、'));
  return characters.length > longest ? `${characters.slice(0, longest).join('')}…` : characters.join('');
}

/** An entry that came or went is one difference. */
export function answerChanges(
  sections: readonly Item[],
  before: Answers,
  after: Answers,
  names: Names,
): AnswerDifference[] {
  const blocks = changedOnly(answerBlocks({ sections, answers: after, names, compared: before }));
  return blocks.flatMap(({ title, depth, rows, came }): AnswerDifference[] => {
    if (came === 'added') return [{ label: title, before: '', after: '追加' }];
    if (came === 'removed') return [{ label: title, before: '', after: '削除' }];
    return rows.map(({ label, answer, compared }) => ({
      label: depth === 0 ? label : `${title}：${label}`,
      before: clipped(compared?.answer ?? ''),
      after: clipped(answer),
    }));
  });
}
