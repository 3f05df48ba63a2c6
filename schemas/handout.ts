/**
 * What a round's report is made of (資料の構成), and what the prefecture itself says in it: section 2 of source 001, the
 * matters (課題) that the figures show and what the prefecture will do about them (対応方針).
 */

import * as z from 'zod';
import { printedLine } from './report-settings.ts';
import { isBlank, isStorable, unstorableText, withinText } from './values/text.ts';

/** Parts that can be left out, in the order of the report. What was asked and the overview always stand in it. */
export const handoutParts = {
  tables: '参考資料1　設問別集計表',
  charts: '参考資料1のグラフ',
  comparison: '前回調査との比較',
  list: '参考資料2　一覧',
  units: '参考資料2のうち、組織図等の回答単位ごとのページ',
  findings: '参考資料3（庁内用の報告書のみ）',
} as const;

export const partIds = ['tables', 'charts', 'comparison', 'list', 'units', 'findings'] as const;
export type HandoutPart = (typeof partIds)[number];

/** Until somebody chooses: all but the pages of single units, which are longer than all the rest. */
export const usualParts: readonly HandoutPart[] = partIds.filter((part) => part !== 'units');

/** Of a text about one matter, in characters: some two printed pages. */
const mostProposalCharacters = 3000;
export const mostProposals = 10;

const lines = z
  .string()
  .max(mostProposalCharacters, { error: withinText(mostProposalCharacters) })
  .refine(isStorable, { error: unstorableText, params: { code: 'unstorable-text' } })
  .refine((written) => !isBlank(written), {
    error: '空欄にはできません。載せない場合は項目を省いてください。',
    params: { code: 'blank' },
  });

const proposal = z.lazy(() =>
  z.strictObject({
    /** `地域生活支援拠点等の整備及び機能強化について` */
    title: printedLine(100),
    /** 課題, a line for each. */
    issues: lines.optional(),
    /** 対応方針, a line for each. */
    policies: lines.optional(),
  }),
);

export const handout = z.lazy(() =>
  z.strictObject({
    /** Of section 2. */
    proposalsTitle: printedLine(100).optional(),
    proposals: z
      .array(proposal)
      .max(mostProposals, { error: `${mostProposals}件までです。` })
      .readonly()
      .optional(),
    /** Absent, the usual ones. */
    parts: z.array(z.enum(partIds)).readonly().optional(),
    /** In public files, too, totals say which kinds of municipality are among them: 33市町. */
    spellsKinds: z.literal(true).optional(),
    /** The one class (分類) of the directory by which public files have figures; absent, by none. */
    byClass: z.string().max(100).optional(),
  }),
);

export type Handout = z.infer<typeof handout>;

export function hasPart(handout: Handout | undefined, part: HandoutPart): boolean {
  return (handout?.parts ?? usualParts).includes(part);
}
