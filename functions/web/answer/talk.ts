/** What is said and asked about each question of a page, and where: beside its field. */

import type { AskedQuestion } from '../../../schemas/asked-question.ts';
import { isAllowed } from '../../domain/authorisation.ts';
import { questionsToAskAbout } from '../../domain/asked-questions.ts';
import type { FieldContext } from '../fields/context.ts';
import type { Opened } from './opened.ts';

export function talkAbout(
  { visit, key, form, relation, comments }: Opened,
  section: string,
  asked: readonly AskedQuestion[],
): FieldContext['talkOf'] {
  const { paths } = visit;
  const possible = new Set(questionsToAskAbout(form, section).map(([path]) => path));
  const ways = [
    { action: 'comment.write', word: 'コメント', label: '庁内のコメント', said: comments, hrefOf: paths.comments },
    { action: 'question.ask', word: '質問', label: '県に質問する', said: asked, hrefOf: paths.questions },
  ] as const;
  const open = ways.filter(({ action }) => isAllowed(relation, action));
  if (open.length === 0) return undefined;
  return (id) => {
    if (!possible.has(id)) return undefined;
    const counted = open.map((way) => ({ ...way, count: way.said.filter(({ path }) => path === id).length }));
    return {
      said: counted.flatMap(({ word, count }) => (count === 0 ? [] : [`${word} ${count}`])).join('・'),
      links: counted.map(({ label, count, hrefOf }) => ({
        href: hrefOf(key, section, id),
        label: count === 0 ? label : `${label}（${count}件）`,
      })),
    };
  };
}
