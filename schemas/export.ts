/** What an export holds: the rows of the summary and the manifest. */

import * as z from 'zod';
import { pinnedDocuments } from './round.ts';

const measures = ['count', 'sum', 'mean', 'median', 'min', 'max', 'perMunicipality', 'perCouncil'] as const;

/** The log number and the instant that everything counted is as of. */
export const asOf = z.object({ seq: z.int().nonnegative(), at: z.string() });
export type AsOf = z.infer<typeof asOf>;

/** One figure of the summary. `value` is `null` where nobody answered and there is no figure. */
const summaryRow = z.lazy(() =>
  z.object({
    form: z.string(),
    question: z.string(),
    /** 問2の1, where the questionnaire has numbers. */
    number: z.string().optional(),
    label: z.string(),
    option: z.string().optional(),
    optionLabel: z.string().optional(),
    measure: z.enum(measures),
    value: z.number().nullable(),
    /** The number as printed: means are cut to one decimal (`約2.8`). */
    shown: z.string().optional(),
    /** How many answered: returns, or entries inside a list; for the rows of a matrix, how many were asked. */
    base: z.int().nonnegative(),
    unit: z.string(),
    /** Which kinds of municipality are counted, spelt 区市町村. */
    kinds: z.string().optional(),
    /** Codes of the units counted; internal only. */
    units: z.array(z.string()).optional(),
    /** Of a public figure that tells totals only: what it was printed from, perhaps an edition before. */
    asOf: asOf.optional(),
    /** Of a figure of some units alone: the class (分類) by which they are told apart, … */
    class: z.string().optional(),
    /** … and their value of it; absent of those that have none, or several. */
    classValue: z.string().optional(),
  }),
);
export type SummaryRow = z.infer<typeof summaryRow>;

export type QuestionName = Pick<SummaryRow, 'form' | 'question'>;

export function questionName({ form, question }: QuestionName): string {
  return `${form} ${question}`;
}

interface NamedFigure extends QuestionName, Pick<SummaryRow, 'option' | 'class' | 'classValue'> {
  readonly measure: string;
}

/** One figure of a question: no other row of a summary has this name. What is empty, as a CSV has it, is none. */
export function figureName({ option = '', measure, class: by = '', classValue = '', ...row }: NamedFigure): string {
  return [
    questionName(row),
    ...(option === '' ? [] : [option]),
    measure,
    ...(by === '' ? [] : [`${by}:${classValue}`]),
  ].join(' ');
}

const instant = z.iso.datetime();

export const summary = z.object({
  round: z.string(),
  asOf,
  /** Municipalities and councils whose returns are counted. */
  municipalities: z.int().nonnegative(),
  councils: z.int().nonnegative(),
  /** And units of other kinds of the directory that forms ask, by kind. */
  units: z.record(z.string(), z.int().nonnegative()).optional(),
  rows: z.array(summaryRow),
  /** The same by every class of the directory; in internal files alone. */
  byClass: z.array(summaryRow).optional(),
});
export type Summary = z.infer<typeof summary>;

/** The figures of a summary, whole and by class. */
export interface Figures {
  readonly rows: readonly SummaryRow[];
  readonly byClass?: readonly SummaryRow[] | undefined;
}

/** Under which a prefecture publishes its files; names as SPDX has them, or the government's own. */
export const licences = {
  'CC-BY-4.0': {
    title: 'クリエイティブ・コモンズ 表示 4.0 国際',
    path: 'https://creativecommons.org/licenses/by/4.0/deed.ja',
  },
  'CC0-1.0': { title: 'CC0 1.0 全世界', path: 'https://creativecommons.org/publicdomain/zero/1.0/deed.ja' },
  'PDL-1.0': {
    title: '公共データ利用規約（第1.0版）',
    path: 'https://www.digital.go.jp/resources/open_data/public_data_license_v1.0',
  },
} as const;
export const licence = z.enum(['CC-BY-4.0', 'CC0-1.0', 'PDL-1.0'], {
  error: 'CC-BY-4.0、CC0-1.0、PDL-1.0 のいずれかを指定してください。',
});
export type Licence = keyof typeof licences;
export const defaultLicence: Licence = 'CC-BY-4.0';

export const exportedFile = z.lazy(() =>
  z.object({
    path: z.string(),
    /** Records; for a document that is not a table, 1. */
    rows: z.int().nonnegative(),
    bytes: z.int().nonnegative(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
);
export type ExportedFile = z.infer<typeof exportedFile>;

const formCounts = z.lazy(() =>
  z.object({
    expected: z.int().nonnegative(),
    submitted: z.int().nonnegative(),
    /** Those under correction included: they count as they were accepted until another version is. */
    accepted: z.int().nonnegative(),
    /** How many of the accepted are under correction; not said by manifests of earlier releases. */
    correcting: z.int().nonnegative().default(0),
    /** How many of the expected will not come (回答なし), where there are any. */
    absent: z.int().positive().optional(),
  }),
);
export type FormCounts = z.infer<typeof formCounts>;

export const manifest = z.lazy(() =>
  z.object({
    exportId: z.string(),
    round: z.string(),
    asOf,
    /** Returns expected, submitted (and not yet decided) and accepted, by form. */
    forms: z.record(z.string(), formCounts),
    /** The version of each form, which the hashes of its returns cover. */
    formVersions: z.record(z.string(), z.int()).optional(),
    /** SHA-256 of each form's document, which is among the files; none of a form that says what no document can. */
    documents: pinnedDocuments.optional(),
    files: z.array(exportedFile),
    /** Paths of what was sent for returns and is not given out, since no scan has found it clean. */
    filesLeftOut: z.array(z.string()).optional(),
  }),
);
export type Manifest = z.infer<typeof manifest>;

/** `exports/{round}/latest.json`. */
export const latestExport = z.object({ exportId: z.string(), asOf, manifest: z.string() });
export type LatestExport = z.infer<typeof latestExport>;

/** `published/{round}/{edition}/manifest.json`, written last: an edition without it is not published. */
export const publishedEdition = z.lazy(() =>
  z.object({
    round: z.string(),
    edition: z.int().positive(),
    exportId: z.string(),
    asOf,
    publishedAt: instant,
    files: z.array(exportedFile),
  }),
);
export type PublishedEdition = z.infer<typeof publishedEdition>;
