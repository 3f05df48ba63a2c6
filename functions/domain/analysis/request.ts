/** What is asked of an analysis: the same names in the address of the page and in the query of the API. */

import * as z from 'zod';
import { populationBases } from './per-population.ts';

export const analysisKinds = {
  cross: 'クロス集計',
  ranking: '団体別の順位',
  population: '人口当たり',
  changes: '前回からの変化',
  series: '経年の推移',
} as const;
export type AnalysisKind = keyof typeof analysisKinds;

const kind = z.enum(['cross', 'ranking', 'population', 'changes', 'series']);
/** As long as the longest id of a question that is kept. */
const id = z.string().min(1).max(500);

export const analysisRequest = z
  .strictObject({
    kind,
    form: id,
    question: id,
    /** Of a cross table: the other question, `class:` with the id of a class of the directory, or `unit` for a row by unit. */
    with: id.optional(),
    share: z.enum(['column', 'row', 'whole']).default('column'),
    per: z.coerce.number().pipe(z.literal(populationBases)).default(10_000),
  })
  .refine((request) => request.kind !== 'cross' || request.with !== undefined, {
    path: ['with'],
    error: '掛け合わせる設問又は分類を選んでください。',
  });
export type AnalysisRequest = z.infer<typeof analysisRequest>;

export const classPrefix = 'class:';
/** The units themselves: no question is called so, since the id of one has that of its section in front. */
export const unitAxisId = 'unit';
export const unitAxisName = '団体';

export function readKind(text: string | undefined): AnalysisKind {
  return kind.catch('cross').parse(text);
}
