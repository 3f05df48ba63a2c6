/** A day as people write it in a field: 令和6年11月29日, R6.11.29, 2024-11-29. */

import type { FieldError } from '../../../schemas/problem.ts';
import { readPartialDate } from '../../../schemas/values/partial-date.ts';

/** @param path the name of the field, whose label stands in the messages */
export function readDay(
  typed: string,
  path: string,
  label: string,
): { readonly day: string } | { readonly error: FieldError } {
  const wrong = (code: string, message: string) => ({ error: { path, code, message } });
  if (typed === '') return wrong('required', `「${label}」を入力してください。`);
  const reading = readPartialDate(typed);
  if (!reading.ok) return wrong(reading.problem.code, `「${label}」：${reading.problem.message}`);
  if (reading.value.length < 'yyyy-mm-dd'.length)
    return wrong('not-a-day', `「${label}」は年月日まで入力してください。`);
  return { day: reading.value };
}
