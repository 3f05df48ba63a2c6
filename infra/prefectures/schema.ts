/** What a deployment says about its prefecture. One file per prefecture; whatever is wrong stops the synth. */

import * as z from 'zod';
import { speakJapanese } from '../../functions/platform/japanese-messages.ts';
import { prefectureContact } from '../../schemas/contact.ts';
import { defaultLicence, licence } from '../../schemas/export.ts';
import { prefectureCode } from '../../schemas/values/municipality-code.ts';
import { edge, networks } from './edge.ts';
import { identity, signInWayOf } from './identity.ts';

const text = z.string({ error: '文字列で指定してください。' });

/** What a year of returns is kept for, and what operators may still read of it. */
const retention = z.strictObject({
  /**
   * How many fiscal years a round's answers are kept after the fiscal year in which it closed, or was brought in from
   * an earlier year. 0 keeps them for good.
   */
  roundYears: z
    .int({ error: '年数を整数で指定してください。' })
    .min(0, { error: '0以上の年数を指定してください。' })
    .max(30, {
      error: '30年以下で指定してください。無期限とする場合は 0 を指定してください。',
    }),
  /** Whether copies are locked: until an administrator lifts it, or for good, a week after the deployment. */
  vaultLock: z
    .enum(['none', 'removable', 'permanent'], { error: 'none、removable、permanent のいずれかを指定してください。' })
    .default('none'),
  /** How many months the monthly copies in Osaka are kept. */
  copyMonths: z
    .int({ error: '月数を整数で指定してください。' })
    .min(1, { error: '1か月以上で指定してください。' })
    .max(120, {
      error: '120か月以下で指定してください。',
    }),
});

const domain = z.strictObject({
  /** `yoriai.pref.example.lg.jp`. */
  name: text.regex(/^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/, {
    error: 'ドメイン名（例: yoriai.pref.example.lg.jp）を小文字で指定してください。',
  }),
  /** Of a validated certificate of AWS Certificate Manager in the same region. */
  certificateArn: text.regex(/^arn:aws:acm:ap-northeast-1:\d{12}:certificate\/[\w-]+$/, {
    error: '東京リージョンの証明書の ARN（arn:aws:acm:ap-northeast-1:…:certificate/…）を指定してください。',
  }),
});

const prefectureSettings = z.strictObject({
  /** `production` demands a domain, or VPC endpoints; a `demo` may do with the gateway's address. */
  purpose: z.enum(['demo', 'production'], { error: 'demo または production を指定してください。' }),
  /** 全国地方公共団体コード of the prefecture itself: `110001` is 埼玉県. */
  code: prefectureCode,
  name: text.regex(/^\S+[都道府県]$/, { error: '都道府県名（例: 埼玉県）を指定してください。' }),
  /** Whom municipalities ask; printed on their pages. */
  contact: prefectureContact,
  /** 担当課 as the head of the report prints it; without it, the prefecture's name. */
  division: text.min(1, { error: '担当課の名称を指定してください。' }).optional(),
  /** Of the public files. */
  licence: licence.default(defaultLicence),
  /** When the daily exports start, in Japan. */
  exportAt: z
    .string()
    .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, { error: '時刻は 03:00 のように指定してください。' })
    .default('03:00'),
  domain: domain.optional(),
  edge: edge.default({ kind: 'internet' }),
  identity,
  /** Of the prefecture, twelve digits; without it, the account of whoever deploys. With it, credentials of another are refused. */
  account: text.regex(/^\d{12}$/, { error: 'AWS アカウントの番号（12桁の数字）を指定してください。' }).optional(),
  /** From where the prefecture's own staff comes: while the site is closed, nobody comes from anywhere else. */
  prefectureNetworks: networks.optional(),
  retention: retention.default({ roundYears: 5, copyMonths: 12, vaultLock: 'none' }),
  /**
   * Whether GuardDuty scans the files that municipalities send, at its price; nothing is given out, submitted or exported
   * then before it was found clean.
   */
  scanUploads: z.boolean({ error: 'true または false を指定してください。' }).default(false),
  /** Which tables of exports those may ask in SQL who are given the stack's policy of analysts. */
  analysts: z.enum(['public', 'internal'], { error: 'public または internal を指定してください。' }).default('public'),
  /** A key of the prefecture's own, in the same account and region; without it the stack makes one. */
  encryptionKeyArn: text
    .regex(/^arn:aws:kms:ap-northeast-1:\d{12}:key\/[\w-]+$/, {
      error: '東京リージョンの KMS キーの ARN（arn:aws:kms:ap-northeast-1:…:key/…）を指定してください。',
    })
    .optional(),
  /**
   * Who sends the mails about accounts: an address of a domain that SES has verified with Easy DKIM, in Tokyo. Without it
   * Cognito itself sends, fifty mails a day, which `production` does not do with.
   */
  mailSender: z.email({ error: '送信元のメールアドレスを指定してください。' }).optional(),
  /** Who hears of alarms. Each confirms the subscription once. */
  alarmRecipients: z
    .array(z.email({ error: '通知先のメールアドレスを指定してください。' }), {
      error: '通知先を一覧で指定してください。',
    })
    .min(1, { error: '通知先を1件以上指定してください。' }),
});

const { shape } = prefectureSettings;

/** What several fields must be together. Apart from the fields, so that it is told beside the mistakes in others. */
const combination = z
  .object({
    purpose: shape.purpose,
    domain: shape.domain,
    edge: shape.edge,
    identity: shape.identity,
    mailSender: shape.mailSender,
  })
  .refine(
    ({ purpose, domain, edge: { kind } }) => purpose !== 'production' || domain !== undefined || kind === 'private',
    {
      path: ['domain'],
      error: '本番（production）では、ドメインと証明書を指定してください。',
    },
  )
  // Whom the prefecture's provider signs in gets no mail from here.
  .refine(
    ({ purpose, identity: { kind }, mailSender }) =>
      purpose !== 'production' || kind !== 'own' || mailSender !== undefined,
    {
      path: ['mailSender'],
      error: '本番（production）では、SES で検証したドメインの送信元を指定してください。',
    },
  )
  .refine(({ identity, edge }) => identity.domainPrefix !== undefined || signInWayOf(identity, edge) === 'own', {
    path: ['identity', 'domainPrefix'],
    error: 'サインインの画面（hosted）のアドレスに使う名前を指定してください。',
  })
  .refine(({ domain, edge: { kind } }) => kind !== 'private' || domain === undefined, {
    path: ['domain'],
    error: 'private では VPC エンドポイントのアドレスを使います。ドメインは指定できません。',
  });

/** The settings as a prefecture's file writes them. */
export type PrefectureSettings = z.input<typeof prefectureSettings>;

/** A deployment: the settings, checked, and the name by which `-c prefecture=…` selects them. */
export type Prefecture = z.output<typeof prefectureSettings> & { readonly id: string };

export function readPrefecture(id: string, settings: unknown): Prefecture {
  // For what no schema words itself.
  speakJapanese();
  const parsed = prefectureSettings.safeParse(settings);
  const together = combination.safeParse(settings);
  if (parsed.success && together.success) return { id, ...parsed.data };
  const mistakes = [parsed, together]
    .flatMap(({ error }) => error?.issues ?? [])
    .flatMap((issue) => {
      const field = issue.path.join('.');
      if (issue.code === 'unrecognized_keys')
        return issue.keys.map(
          (key) => `${[...issue.path, key].join('.')}: この項目はありません。綴りを確認してください。`,
        );
      return [`${field === '' ? '全体' : field}: ${issue.message}`];
    });
  // Both look at some fields, and tell the same of them.
  const lines = [...new Set(mistakes)].map((line) => `  ${line}`);
  throw new Error(`infra/prefectures/${id}.json に誤りがあります。\n${lines.join('\n')}`);
}
