/** Under which name a table of an analysis is saved: what it counts, of which question and class, in which round. */

import type { AnalysisRequest } from './request.ts';
import type { FigureTable } from './tables.ts';

/** Disks take 255 bytes, and a character has three; at both ends stands what tells tables from one another. */
const most = { title: 50, round: 24 };

function shortened(text: string, mostCharacters: number): string {
  const characters = Array.from(text);
  if (characters.length <= mostCharacters) return text;
  const half = mostCharacters / 2;
  return `${characters.slice(0, half).join('')}…${characters.slice(1 - half).join('')}`;
}

interface Named {
  readonly table: Pick<FigureTable, 'title'>;
  /** Which of the tables of the analysis it is. */
  readonly index: number;
  /** As the page calls the question. */
  readonly question: string;
  readonly request: Pick<AnalysisRequest, 'kind' | 'question' | 'with'>;
  readonly round: { readonly id: string; readonly name: string };
}

/** For people, and in Latin letters for programs that know no other. */
export function tableFileNames({
  table: { title },
  index,
  question,
  request,
  round,
}: Named): readonly [name: string, plainName: string] {
  const told = title.includes(`「${question}」`) ? title : `「${question}」の${title}`;
  const parts = [round.id, request.kind, request.question, request.with?.replace(':', '-'), String(index + 1)];
  return [
    `分析_${shortened(told, most.title)}_${shortened(round.name, most.round)}.csv`,
    `${parts.filter((part) => part !== undefined).join('-')}.csv`,
  ];
}
