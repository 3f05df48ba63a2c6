/** Demo data: real and constructed returns of a prefecture, half way through a round that is open today. */

import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import type { Outcome } from '../../functions/domain/outcome.ts';
import { saveDirectories } from '../../functions/service/directories.ts';
import { defineRound } from '../../functions/service/rounds.ts';
import { createReturns, noUploads } from '../../functions/service/returns.ts';
import type { Returns } from '../../functions/service/returns.ts';
import type { StorageContext } from '../../functions/storage/context.ts';
import { createStore } from '../../functions/storage/store.ts';
import { directory as directorySchema, reportingUnits } from '../../schemas/directory.ts';
import type { Directory } from '../../schemas/directory.ts';
import { forms } from '../../schemas/forms/catalogue.ts';
import type { Answers } from '../../schemas/values/json.ts';
import type { ReturnKey } from '../../schemas/return.ts';
import { formsOf } from '../../schemas/round-forms.ts';
import type { RoundDefinition } from '../../schemas/round.ts';
import type { DemoPrefecture } from './environment.ts';
import type { DemoAccount } from './identity-pages.ts';
import type { PooledAccount } from './user-pool-memory.ts';

const fixtures = new URL('../../test/fixtures/', import.meta.url);
const answersByUnit = z.record(
  z.string(),
  z.custom<Answers>((value) => typeof value === 'object' && value !== null),
);

type Progress = 'notStarted' | 'draft' | 'submitted' | 'returned' | 'accepted';

interface Demo {
  /** Of the fixtures: the directory, and the returns of each form under its id. */
  readonly folder: string;
  readonly round: string;
  readonly definition: (days: (offset: number) => string) => RoundDefinition;
  readonly progress: (index: number) => Progress;
}

const halfWay: readonly Progress[] = [
  'accepted',
  'accepted',
  'submitted',
  'draft',
  'notStarted',
  'accepted',
  'submitted',
  'returned',
  'notStarted',
  'notStarted',
];

const demos: Readonly<Record<DemoPrefecture, Demo>> = {
  saitama: {
    folder: 'saitama-r6/',
    round: 'R6',
    definition: (day) => ({
      name: '令和6年度 市町村自立支援協議会調査',
      fiscalYear: 2024,
      compareYear: 2022,
      referenceDate: '2024-09-30',
      asOf: { consultation: '2024-04-01' },
      period: { from: '2023-04', to: '2024-09' },
      forms: { 'municipal-survey': 2024, 'council-report': 2024, 'coordination-meeting': 2024 },
      opensAt: day(-14),
      dueAt: day(14),
    }),
    progress: (index) => halfWay[index % halfWay.length] ?? 'notStarted',
  },
  gunma: {
    folder: 'gunma-h30/',
    round: 'H30',
    definition: (day) => ({
      name: '平成30年度 自立支援協議会活動報告',
      fiscalYear: 2018,
      referenceDate: '2019-03-31',
      period: { from: '2018-04', to: '2019-03' },
      forms: { 'council-report': 2024 },
      opensAt: day(-14),
      dueAt: day(14),
    }),
    progress: (index) => (index === 0 ? 'accepted' : 'submitted'),
  },
};

async function readJson(name: string): Promise<unknown> {
  return JSON.parse(await readFile(new URL(name, fixtures), 'utf8'));
}

export async function demoDirectory(prefecture: DemoPrefecture): Promise<Directory> {
  return directorySchema.parse(await readJson(`${demos[prefecture].folder}directory.json`));
}

function accountName(office: string): string {
  return `${office}担当`;
}

export function demoAccounts({ prefecture, municipalities }: Directory): DemoAccount[] {
  return [
    { id: 'prefecture-admin', name: `${prefecture.name}管理者`, groups: ['prefecture', 'prefecture-admin'] },
    { id: 'prefecture', name: accountName(prefecture.name), groups: ['prefecture'] },
    { id: 'prefecture-reader', name: `${prefecture.name}閲覧`, groups: ['prefecture-reader'] },
    ...municipalities.map(({ code, name }) => ({
      id: `unit-${code}`,
      name: accountName(name),
      groups: [`unit-${code}`],
    })),
  ];
}

/** An account as an invitation leaves it, to try the first sign-in with; one of the prefecture's. */
export const newcomer: PooledAccount & { readonly password: string } = {
  id: 'shinnin',
  name: '新任の担当',
  groups: ['prefecture'],
  password: 'Kari-no-pass-1',
  isTemporary: true,
};

function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`demo data refused: ${JSON.stringify(outcome.problem)}`);
  return outcome.value;
}

/** Every question for a reason gets the first ready-made one. */
async function giveReasons(returns: Returns, key: ReturnKey, actor: string): Promise<void> {
  const { etag, examination } = must(await returns.readDraft(key));
  const { asked } = await examination();
  if (asked.length === 0) return;
  const reasons = Object.fromEntries(
    asked.map((check) => [check.key, check.readyMade[0] ?? '数値に誤りはありません。']),
  );
  must(await returns.saveDraft(key, { kind: 'return' }, { reasons }, { ifMatch: etag({ kind: 'return' }) }, actor));
}

interface Officers {
  readonly municipality: string;
  readonly prefecture: string;
}

/** A return on its way through the round, as far as `progress`. */
export async function bring(
  returns: Returns,
  key: ReturnKey,
  answers: Answers,
  { municipality: actor, prefecture }: Officers,
  progress: Progress,
): Promise<void> {
  if (progress === 'notStarted') return;
  must(await returns.saveDraft(key, { kind: 'return' }, { answers }, { ifNoneMatch: '*' }, actor));
  if (progress === 'draft') return;
  await giveReasons(returns, key, actor);
  const { version } = must(await returns.submit(key, { actor, body: '' }));
  if (progress === 'accepted') must(await returns.decide(key, { version, decision: 'accept' }, prefecture));
  if (progress === 'returned')
    must(
      await returns.decide(
        key,
        {
          version,
          decision: 'return',
          comment: '前回の回答と大きく異なる点をご確認のうえ、再提出をお願いします。',
          questions: [],
        },
        prefecture,
      ),
    );
}

/** Fills an empty system; leaves one that has a round alone. */
export async function seedDemo(storage: StorageContext, prefecture: DemoPrefecture, now: Date): Promise<void> {
  const store = createStore(storage);
  if ((await store.rounds()).length > 0) return;
  const bringing = createReturns(store, storage, noUploads);
  const { folder, round, definition, progress } = demos[prefecture];
  const day = (offset: number): string => new Date(now.getTime() + offset * 86_400_000).toISOString().slice(0, 10);
  const directory = await demoDirectory(prefecture);
  const officer = accountName(directory.prefecture.name);
  must(await saveDirectories({ store }, [directory], officer));
  const defined = definition(day);
  must(await defineRound({ store, forms: storage.forms }, round, defined, officer));
  const accounts = new Map(directory.municipalities.map(({ code, name }) => [code, accountName(name)]));
  for (const { id: form, units } of formsOf(forms, defined)) {
    const returns = answersByUnit.parse(await readJson(`${folder}${form}.json`));
    const answered = reportingUnits(directory, units).filter(({ code }) => Object.hasOwn(returns, code));
    for (const [index, { code, editor }] of answered.entries()) {
      const officers = { municipality: accounts.get(editor) ?? editor, prefecture: officer };
      await bring(bringing, { round, form, unit: code }, returns[code] ?? {}, officers, progress(index));
    }
  }
}
