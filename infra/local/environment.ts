/** What can be set for a run on this machine. */

import * as z from 'zod';
import type { PrefectureContact } from '../../schemas/contact.ts';
import { IN_MEMORY } from './data-dir.ts';

/** Where everything listens: nobody else reaches it. */
export const HOST = '127.0.0.1';

const demoPrefectures = ['saitama', 'gunma'] as const;
export type DemoPrefecture = (typeof demoPrefectures)[number];

export const prefectureNames: Readonly<Record<DemoPrefecture, string>> = { saitama: '埼玉県', gunma: '群馬県' };

/** As prefectures have it by default: fiscal years after the one in which a round closed. */
export const retentionYears = 5;

/** Nobody is there: municipalities of the demonstration have no one to ask. */
export const demoContact: PrefectureContact = {
  department: '調査担当課（試用のための表示です）',
  phone: '000-000-0000',
  email: 'demo@yoriai.example',
};

const signInWays = ['own', 'hosted'] as const;

const localEnvironment = z.object({
  PORT: z.coerce
    .number({ error: 'PORT は 0 から 65534 の数で指定してください。' })
    .int()
    .min(0)
    .max(65_534)
    .default(3000),
  /** Where everything is kept; `:memory:` keeps nothing. */
  DATA_DIR: z.string().min(1).default('.local'),
  PREFECTURE: z
    .enum(demoPrefectures, { error: `PREFECTURE は ${demoPrefectures.join(' か ')} を指定してください。` })
    .default('saitama'),
  DEMO: z.enum(['on', 'off'], { error: 'DEMO は on か off を指定してください。' }).default('on'),
  /** Where people sign in: on our own pages, or at an OpenID provider on this machine. */
  SIGN_IN: z.enum(signInWays, { error: `SIGN_IN は ${signInWays.join(' か ')} を指定してください。` }).default('own'),
  DYNAMODB_ENDPOINT: z.url({ error: 'DYNAMODB_ENDPOINT は http:// で始まるURLを指定してください。' }).optional(),
});

export const bucketName = 'yoriai';

export interface LocalSettings {
  /** 0 takes free ports. */
  readonly port: number;
  readonly dataDir: string;
  readonly prefecture: DemoPrefecture;
  readonly demo: boolean;
  readonly signIn?: (typeof signInWays)[number] | undefined;
  readonly dynamodbEndpoint?: string | undefined;
}

/** Throws an Error that says, in Japanese, what to set. */
export function readLocalSettings(variables: Readonly<Record<string, string | undefined>>): LocalSettings {
  const parsed = localEnvironment.safeParse(variables);
  if (!parsed.success) throw new Error(parsed.error.issues.map(({ message }) => message).join('\n'));
  const { PORT, DATA_DIR, PREFECTURE, DEMO, SIGN_IN, DYNAMODB_ENDPOINT } = parsed.data;
  return {
    port: PORT,
    dataDir: DATA_DIR,
    prefecture: PREFECTURE,
    demo: DEMO === 'on',
    signIn: SIGN_IN,
    dynamodbEndpoint: DYNAMODB_ENDPOINT,
  };
}

/**
 * Where the files of exports and publications can be looked at; none when nothing is kept. The emulator keeps the
 * content of `summary.csv` as `summary.csv.data`.
 */
export function filesFolder({ dataDir }: Pick<LocalSettings, 'dataDir'>): string | undefined {
  return dataDir === IN_MEMORY ? undefined : `${dataDir}/s3/buckets/${bucketName}/objects`;
}
