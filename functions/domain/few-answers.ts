/**
 * What public figures of Σ questions (totals only) do not tell: a total that one reporting unit alone answered is that
 * unit's answer. Such figures are left out, all of a question together, and the report says so in their place.
 */

import { questionName } from '../../schemas/export.ts';
import type { QuestionName } from '../../schemas/export.ts';
import type { Visibility } from '../../schemas/kinds/question.ts';
import type { Audience } from './summary.ts';

export const fewAnswersText = '回答が1団体のため公表しません';

/** @param units behind the base of the figures: those that answered, or of a matrix those that were asked */
export function isTooFew(audience: Audience, visibility: Visibility, units: number): boolean {
  return audience === 'public' && visibility === 'tally' && units === 1;
}

/**
 * Fewer answers than this, and their median with their sum tells the others to whoever knows one of them. Inside a list they
 * may all be of one or two units.
 */
export const fewestForMedian = 5;

/** Whether public figures of a Σ question of numbers have a median. The least and the greatest are answers of single units always. */
export function tellsMedian(answers: number, insideList: boolean): boolean {
  return answers >= fewestForMedian && !insideList;
}

export function isAmong(names: readonly QuestionName[]): (name: QuestionName) => boolean {
  const known = new Set(names.map(questionName));
  return (name) => known.has(questionName(name));
}
