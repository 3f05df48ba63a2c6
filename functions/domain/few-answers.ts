/**
 * What public figures of Σ questions (totals only) do not tell: a total that one reporting unit alone answered is that
 * unit's answer. Such figures are left out, all of a question together, and the report says so in their place.
 */

import { questionName } from '../../schemas/export.ts';
import type { QuestionName } from '../../schemas/export.ts';
import type { Visibility } from '../../schemas/question.ts';
import type { Audience } from './summary.ts';

export const fewAnswersText = '回答が1団体のため公表しません';

/** @param units behind the base of the figures: those that answered, or of a matrix those that were asked */
export function isTooFew(audience: Audience, visibility: Visibility, units: number): boolean {
  return audience === 'public' && visibility === 'tally' && units === 1;
}

export function isAmong(names: readonly QuestionName[]): (name: QuestionName) => boolean {
  const known = new Set(names.map(questionName));
  return (name) => known.has(questionName(name));
}
