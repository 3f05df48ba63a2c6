/** The prefecture's decision as its form posts it: the decision, or what is missing. Pure. */

import { decision as decisionSchema, longestComment, longestReason } from '../../../schemas/return.ts';
import type { Decision } from '../../../schemas/return.ts';
import { isBlank, isLongerThan } from '../../../schemas/values/text.ts';
import type { LinkedError } from '../shared/error-summary.tsx';
import type { Standing } from '../../domain/life.ts';

export interface QuestionReason {
  readonly path: string;
  readonly reason: string;
}

/** What stands in the form. */
export interface DecisionFields {
  readonly version: string;
  readonly comment: string;
  readonly questions: readonly QuestionReason[];
}

export const commentField = 'comment';

export function reasonField(index: number): string {
  return `reason-${index}`;
}

/** The n-th reason belongs to the n-th question; a question without one keeps an empty reason. */
export function questionReasons(paths: readonly string[], reasons: readonly string[]): QuestionReason[] {
  return paths.flatMap((path, index) => (path === '' ? [] : [{ path, reason: reasons[index] ?? '' }]));
}

export type SendBackForm =
  | { readonly ok: true; readonly decision: Extract<Decision, { decision: 'return' }> }
  | { readonly ok: false; readonly errors: readonly LinkedError[] };

export function readSendBack(
  { version, comment, questions }: DecisionFields,
  labelOf: (path: string) => string,
): SendBackForm {
  const errors: LinkedError[] = [];
  if (isBlank(comment)) errors.push({ href: `#${commentField}`, message: '差戻しの理由を記入してください。' });
  if (isLongerThan(comment, longestComment))
    errors.push({ href: `#${commentField}`, message: `差戻しの理由は${longestComment}文字以内で記入してください。` });
  questions.forEach(({ path, reason }, index) => {
    const href = `#${reasonField(index)}`;
    if (isBlank(reason))
      errors.push({ href, message: `「${labelOf(path)}」の理由を記入するか、選択を外してください。` });
    if (isLongerThan(reason, longestReason))
      errors.push({ href, message: `「${labelOf(path)}」の理由は${longestReason}文字以内で記入してください。` });
  });
  if (errors.length > 0) return { ok: false, errors };
  const parsed = decisionSchema.safeParse({ version: Number(version), decision: 'return', comment, questions });
  if (parsed.success && parsed.data.decision === 'return') return { ok: true, decision: parsed.data };
  return {
    ok: false,
    errors: [{ href: `#${commentField}`, message: '差戻しの内容に誤りがあります。項目の選択からやり直してください。' }],
  };
}

export function isSettled({ state, version, acceptedVersion, sentBack }: Standing, decision: Decision): boolean {
  if (decision.decision === 'accept') return state === 'accepted' && acceptedVersion === decision.version;
  if (decision.decision === 'undo') return state === 'submitted' && version === decision.version;
  return state === 'returned' && version === decision.version && sentBack?.comment === decision.comment;
}
