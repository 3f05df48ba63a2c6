/** What the command line says of a new prefecture. What can wait is edited in the file afterwards. */

import * as z from 'zod';
import type { NewPrefecture } from './add.ts';

const text = { type: 'string' } as const;

export const options = {
  id: text,
  code: text,
  name: text,
  department: text,
  phone: text,
  email: text,
  division: text,
  purpose: { ...text, default: 'demo' },
  domain: text,
  'certificate-arn': text,
  'domain-prefix': text,
  'sign-in': text,
  'mail-sender': text,
  alarm: { ...text, multiple: true },
} as const;

export const usage = [
  '使い方: npm run new-prefecture -- --id tochigi --code 090000 --name 栃木県',
  "          --department '保健福祉部 障害福祉課' --phone 028-000-0000 --email shofuku@pref.example.lg.jp",
  '任意: --division 担当課名  --domain-prefix サインイン画面の名前（既定は yoriai-<id>）  --alarm 通知先（複数可、既定は --email）',
  '      --sign-in サインインの画面（own はサイト自身の画面、hosted は Cognito の画面。既定は private で own、それ以外で hosted）',
  '      --purpose production --domain 名前 --certificate-arn ARN --mail-sender 送信元のアドレス',
].join('\n');

type Values = Readonly<Partial<Record<Exclude<keyof typeof options, 'alarm'>, string>> & { alarm?: readonly string[] }>;

const needed = z.object({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  department: z.string(),
  phone: z.string(),
  email: z.string(),
});

/**
 * The settings that the options stand for, not yet checked against their schema.
 *
 * @throws Error that lists the options that are missing
 */
export function settingsIn(values: Values): NewPrefecture {
  const { data, error } = needed.safeParse(values);
  if (data === undefined)
    throw new Error(
      `${error.issues.map(({ path }) => `--${path.join('')}`).join('、')} を指定してください。\n${usage}`,
    );
  const { id, code, name, department, phone, email } = data;
  const { purpose = 'demo', division, domain, 'certificate-arn': certificateArn, 'mail-sender': mailSender } = values;
  if (purpose !== 'demo' && purpose !== 'production')
    throw new Error('--purpose には demo か production を指定してください。');
  const { 'sign-in': signIn } = values;
  if (signIn !== undefined && signIn !== 'own' && signIn !== 'hosted')
    throw new Error('--sign-in には own か hosted を指定してください。');
  return {
    id,
    settings: {
      purpose,
      code,
      name,
      contact: { department, phone, email },
      ...(division === undefined ? {} : { division }),
      ...(domain === undefined && certificateArn === undefined
        ? {}
        : { domain: { name: domain ?? '', certificateArn: certificateArn ?? '' } }),
      identity: {
        kind: 'own',
        domainPrefix: values['domain-prefix'] ?? `yoriai-${id}`,
        ...(signIn === undefined ? {} : { signIn }),
      },
      ...(mailSender === undefined ? {} : { mailSender }),
      alarmRecipients: [...(values.alarm ?? [email])],
    },
  };
}
