/** What a deployment says about its prefecture. One file per prefecture; whatever is wrong stops the synth. */

import * as z from 'zod';
import { prefectureContact } from '../../schemas/contact.ts';
import { defaultLicence, licence } from '../../schemas/export.ts';
import { prefectureCode } from '../../schemas/values/municipality-code.ts';

const prefectureSettings = z.strictObject({
  /** 全国地方公共団体コード of the prefecture itself: `110001` is 埼玉県. */
  code: prefectureCode,
  name: z.string({ error: '文字列で指定してください。' }).regex(/^\S+[都道府県]$/, {
    error: '都道府県名（例: 埼玉県）を指定してください。',
  }),
  /** Whom municipalities ask; printed on their pages. */
  contact: prefectureContact,
  /** 担当課 as the head of the report prints it; without it, the prefecture's name. */
  division: z.string({ error: '文字列で指定してください。' }).min(1, { error: '担当課の名称を指定してください。' }).optional(),
  /** Of the public files. */
  licence: licence.default(defaultLicence),
  /** When the daily exports start, in Japan. */
  exportAt: z
    .string()
    .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, { error: '時刻は 03:00 のように指定してください。' })
    .default('03:00'),
});

/** The settings as a prefecture's file writes them. */
export type PrefectureSettings = z.input<typeof prefectureSettings>;

/** A deployment: the settings, checked, and the name by which `-c prefecture=…` selects them. */
export type Prefecture = z.output<typeof prefectureSettings> & { readonly id: string };

/**
 * Checks the settings of one prefecture.
 *
 * @throws Error with one line per mistake, each naming its field
 */
export function readPrefecture(id: string, settings: unknown): Prefecture {
  const parsed = prefectureSettings.safeParse(settings);
  if (parsed.success) return { id, ...parsed.data };
  const mistakes = parsed.error.issues.flatMap((issue) => {
    const field = issue.path.join('.');
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => `${[...issue.path, key].join('.')}: この項目はありません。綴りを確認してください。`);
    return [`${field === '' ? '全体' : field}: ${issue.message}`];
  });
  throw new Error(`infra/prefectures/${id}.ts に誤りがあります。\n${mistakes.map((line) => `  ${line}`).join('\n')}`);
}
