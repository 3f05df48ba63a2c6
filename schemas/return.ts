/** A return (回答): (round, form, unit), its states and its versions. */

import * as z from 'zod';
import { dayOrInstant } from './round.ts';
import type { Answers } from './values/json.ts';
import { isBlank, isStorable, unstorableText, withinText } from './values/text.ts';

export const returnStates = {
  notStarted: '未着手',
  draft: '作成中（未提出）',
  submitted: '提出済（県で確認中）',
  returned: '差戻し（修正して再提出してください）',
  accepted: '確認済',
} as const;

export type ReturnState = keyof typeof returnStates;

export interface ReturnKey {
  readonly round: string;
  readonly form: string;
  readonly unit: string;
}

/** Characters of a reason. */
export const longestReason = 1000;

/** Reasons (理由) by the key of the edit check that asked. */
export const reasons = z.lazy(() =>
  z.record(
    z.string().regex(/^[a-z][A-Za-z0-9]*(?:\.[A-Za-z0-9_-]+)+$/, { error: '確認事項の識別子が正しくありません。' }),
    z
      .string()
      .max(longestReason, { error: `理由は${longestReason}文字以内で入力してください。` })
      .refine(isStorable, { error: unstorableText }),
  ),
);
export type Reasons = z.infer<typeof reasons>;

/** An immutable, numbered snapshot made by a submission (版). */
export interface Version {
  readonly round: string;
  readonly form: string;
  readonly formVersion: number;
  readonly unit: string;
  readonly version: number;
  readonly answers: Answers;
  readonly reasons: Reasons;
  /** What conditions and computed values read of the last accepted answers as it was submitted; not part of the hash. */
  readonly previous?: Answers | undefined;
  readonly submittedAt: string;
  readonly submittedBy: string;
  readonly late: boolean;
  /** Of one that the prefecture submitted for the unit: how it came, and why; not part of the hash. */
  readonly onBehalf?: OnBehalf | undefined;
  /** 受付番号. */
  readonly receipt: string;
  /** Over the canonical JSON (RFC 8785) of round, form, formVersion, unit, version, answers and reasons. */
  readonly sha256: string;
}

/** A text of people's own that says something. */
export function written(maxLength: number, missing: string) {
  return z
    .string()
    .max(maxLength, { error: withinText(maxLength) })
    .refine((text) => !isBlank(text), { error: missing })
    .refine(isStorable, { error: unstorableText });
}

const exceptionReason = written(longestReason, '理由を記入してください。');

/** What the prefecture grants one return (期限の延長): its own due date, and why. */
export const extension = z.strictObject({ dueAt: dayOrInstant, reason: exceptionReason });
export type Extension = z.infer<typeof extension>;

/** That nothing will come (回答なし), and why. */
export const absence = z.strictObject({ reason: exceptionReason });
export type Absence = z.infer<typeof absence>;

/** How what the prefecture enters for a unit reached it (代理入力), by its name on pages. */
export const proxySources = {
  telephone: '電話',
  fax: 'ファクシミリ',
  mail: '郵便',
  workbook: 'Excelファイル',
} as const;

/** That the prefecture enters the answers (代理入力), how they came, and why. */
export const proxyEntry = z.strictObject({
  source: z.enum(['telephone', 'fax', 'mail', 'workbook'], { error: '受け方を選んでください。' }),
  reason: exceptionReason,
});
export type ProxyEntry = z.infer<typeof proxyEntry>;

/** Besides, that it corrects what was submitted (職権訂正), and why. */
const correction = z.strictObject({ source: z.literal('correction'), reason: exceptionReason });
export const onBehalf = z.discriminatedUnion('source', [proxyEntry, correction]);
export type OnBehalf = z.infer<typeof onBehalf>;

/** What the prefecture submits for a unit, by its name where no reason stands beside it. */
export const onBehalfSources: Readonly<Record<OnBehalf['source'], string>> = {
  telephone: `代理入力（${proxySources.telephone}）`,
  fax: `代理入力（${proxySources.fax}）`,
  mail: `代理入力（${proxySources.mail}）`,
  workbook: `代理入力（${proxySources.workbook}）`,
  correction: '職権訂正',
};

/** As people read it: 代理入力（電話）：庁内の通信障害のため */
export function onBehalfText({ source, reason }: OnBehalf): string {
  return `${onBehalfSources[source]}：${reason}`;
}

export const longestComment = 2000;

const questionReason = z.lazy(() =>
  z.strictObject({
    path: z.string().min(1).max(300).refine(isStorable, { error: unstorableText }),
    reason: written(longestReason, 'この項目の差戻しの理由を記入してください。'),
  }),
);

export const decision = z.lazy(() =>
  z.discriminatedUnion('decision', [
    z.strictObject({ version: z.int().positive(), decision: z.literal('accept') }),
    z.strictObject({
      version: z.int().positive(),
      decision: z.literal('return'),
      comment: written(longestComment, '差戻しの理由を記入してください。'),
      questions: z.array(questionReason).max(500, { error: '理由を付ける項目は500件以内にしてください。' }).default([]),
    }),
    /** The acceptance of the version is undone (確認の取消し). */
    z.strictObject({
      version: z.int().positive(),
      decision: z.literal('undo'),
      reason: written(longestReason, '確認済を取り消す理由を記入してください。'),
    }),
  ]),
);
export type Decision = z.infer<typeof decision>;
export type SentBack = Extract<Decision, { decision: 'return' }>;
