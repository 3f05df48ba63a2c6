/** Mails of a round to municipalities (お知らせメール): what tells of what, in which words, and what became of each. */

import * as z from 'zod';
import { written } from './return.ts';
import { invisibleNameText } from './values/text.ts';

/** What a mail tells of; by itself, but for `notice`, which an officer writes. */
export const mailEvents = {
  opened: '受付開始',
  week: '提出期限の7日前',
  eve: '提出期限の前日',
  overdue: '提出期限の超過',
  dueMoved: '提出期限の変更',
  returned: '差戻し',
  accepted: '確認済',
  onBehalf: '県による提出',
  answered: '質問への回答',
  published: '公表',
  notice: '個別のお知らせ',
} as const;
export type MailEvent = keyof typeof mailEvents;

export const mailEvent = z.enum([
  'opened',
  'week',
  'eve',
  'overdue',
  'dueMoved',
  'returned',
  'accepted',
  'onBehalf',
  'answered',
  'published',
  'notice',
]) satisfies z.ZodType<MailEvent>;

/** What is put in place of each: of the municipality that gets the mail, and of the round. */
export const mailPlaceholders = {
  市町村: '市町村の名称',
  担当者: '主の担当者の所属と氏名',
  調査名: '調査の名称',
  調査票: '対象の調査票（1行に1つ）',
  提出期限: '提出期限（延長した場合は延長後）',
  サイト: 'このサイトのアドレス',
  県の担当: '県の担当課、電話、メール',
} as const;
export type MailPlaceholder = keyof typeof mailPlaceholders;

export const longestSubject = 100;
export const longestBody = 4000;

function unknownPlaceholder(text: string): boolean {
  return [...text.matchAll(/\{([^{}\n]*)\}/g)].some(([, name = '']) => !Object.hasOwn(mailPlaceholders, name));
}

const unknown = {
  error: `差し込みは ${Object.keys(mailPlaceholders)
    .map((name) => `{${name}}`)
    .join('、')} だけが使えます。`,
  params: { code: 'unknown-placeholder' },
};

export const mailText = z.lazy(() =>
  z.strictObject({
    subject: written(longestSubject, '件名を入力してください。')
      .refine((text) => invisibleNameText(text) === undefined, {
        error: '件名に改行や見えない文字が含まれています。取り除いてください。',
        params: { code: 'invisible-character' },
      })
      .refine((text) => !unknownPlaceholder(text), unknown),
    body: written(longestBody, '本文を入力してください。').refine((text) => !unknownPlaceholder(text), unknown),
  }),
);
export type MailText = z.infer<typeof mailText>;

/** What the prefecture says about the mails of a round. What is not said is as for every round. */
export const mailSettings = z.lazy(() =>
  z.strictObject({
    /** `false`: nothing is sent by itself, since the prefecture prefers its own mail. */
    automatic: z.boolean().optional(),
    /** Events of which nothing is sent by itself. */
    off: z.array(mailEvent).max(20).optional(),
    texts: z.partialRecord(mailEvent, mailText).optional(),
  }),
);
export type MailSettings = z.infer<typeof mailSettings>;

/** Whether the mail of an event is sent without anybody's asking. */
export function isSentByItself({ automatic = true, off = [] }: MailSettings, event: MailEvent): boolean {
  return automatic && !off.includes(event);
}

/**
 * `queued`: recorded, and nobody has tried; `sending`: somebody has begun, and has not said how it ended; `unknown`: it may
 * have gone out or not. Only a person has anything sent again.
 */
export const mailStates = {
  queued: '送信待ち',
  sending: '送信中',
  sent: '送信済',
  failed: '失敗',
  unknown: '不明',
  undelivered: '不達',
} as const;
export type MailState = keyof typeof mailStates;

export const mailState = z.enum(['queued', 'sending', 'sent', 'failed', 'unknown', 'undelivered']);

/** A mail as it was written when it was recorded: what is sent is this. */
export const writtenMail = z.object({
  event: mailEvent,
  /** The municipality that gets it. */
  unit: z.string(),
  /** Which it is of those of this municipality: the event, and what makes it another time. */
  key: z.string(),
  returns: z.array(z.object({ form: z.string(), unit: z.string() })),
  to: z.array(z.string()).min(1),
  subject: z.string(),
  body: z.string(),
  recordedAt: z.iso.datetime(),
  /** Who wanted it, where it was not the calendar. */
  recordedBy: z.string().optional(),
});
export type WrittenMail = z.infer<typeof writtenMail>;

/** A mail with what became of it. */
export const mail = writtenMail.extend({
  state: mailState,
  /** How often somebody began to send it. */
  tries: z.int().nonnegative(),
  /** When its state was last said. */
  changedAt: z.iso.datetime(),
  /** Why it failed, or came back: a word of the mail service. */
  reason: z.string().optional(),
});
export type Mail = z.infer<typeof mail>;

/** What a person wants sent: one event's mail or an own text to a filter of units, or some once more. */
export const mailRequest = z.lazy(() =>
  z
    .strictObject({
      event: mailEvent.optional(),
      /** Only of `notice`. */
      text: mailText.optional(),
      /** Codes of municipalities; every one that the round asks when absent. */
      units: z.array(z.string().min(1).max(64)).max(5000).optional(),
      /** Municipalities with this value of a class (分類) of the round's directory. */
      class: z.strictObject({ id: z.string().min(1).max(64), value: z.string().min(1).max(100) }).optional(),
      /** Those with a return in one of these states. */
      states: z.array(z.enum(['notStarted', 'draft', 'submitted', 'returned', 'accepted'])).optional(),
      /** Those with a return that is late. */
      overdue: z.boolean().optional(),
      /** The same request once more sends nothing twice. */
      id: z
        .string()
        .regex(/^[A-Za-z0-9-]{1,64}$/)
        .optional(),
      /** `<unit>#<key>` of mails that failed, came back, or of which it is not known. */
      again: z.array(z.string().max(1000)).max(2000).optional(),
    })
    .refine(({ event, again }) => (event === undefined) !== (again === undefined), {
      path: ['event'],
      error: '送るお知らせの種類か、再送するメールのどちらかを指定してください。',
    })
    .refine(({ event, text }) => (event === 'notice') === (text !== undefined), {
      path: ['text'],
      error: '件名と本文は、個別のお知らせにだけ、必ず指定してください。',
    }),
);
export type MailRequest = z.infer<typeof mailRequest>;
