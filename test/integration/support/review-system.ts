/** Saitama in the middle of a round: four surveys of R6 wait for the prefecture, one of them after R5's. */

import { afterAll, beforeAll } from 'vitest';
import type { Formats } from '../../../functions/export/files/formats.ts';
import type { Answers } from '../../../schemas/values/json.ts';
import { TestBrowser } from './browser.ts';
import { answer, directoryFixture, ok, openRound, openSystem, returnsFixture } from './fixtures.ts';
import { startTestSystem } from './system.ts';
import type { TestSystem } from './system.ts';

/** What every round here asks. */
export const forms = { 'municipal-survey': 2024, 'council-report': 2024 };

export interface ReviewSystem {
  readonly system: TestSystem;
  /** Signed in for the prefecture. */
  readonly officer: TestBrowser;
  /** The surveys of Saitama by unit. */
  readonly surveys: Readonly<Record<string, Answers>>;
}

export function submitSurvey(
  { system, surveys }: Omit<ReviewSystem, 'officer'>,
  unit: string,
  answers?: Answers,
  round = 'R6',
): Promise<unknown> {
  return answer(
    system.municipality(unit),
    `/api/rounds/${round}/returns/municipal-survey/${unit}`,
    answers ?? surveys[unit] ?? {},
  );
}

/** @param formats which files its exports have; default all */
export async function startReviewSystem(formats?: Formats): Promise<ReviewSystem> {
  const system = await startTestSystem({
    formats,
    accounts: [
      { id: 'prefecture', name: '埼玉県担当', groups: ['prefecture'] },
      { id: 'reader', name: '埼玉県閲覧', groups: ['prefecture-reader'] },
      { id: 'unit-112038', name: '川口市担当', groups: ['unit-112038'] },
    ],
  });
  const surveys = await returnsFixture('saitama-r6/municipal-survey.json');
  const started = { system, surveys };
  const earlier = openRound(forms, { name: '令和5年度調査', referenceDate: '2023-09-30', fiscalYear: 2023 });
  await openSystem(system, await directoryFixture('saitama-r6'), 'R5', earlier);
  ok(await system.prefecture.put('/api/rounds/R6', openRound(forms)));
  await submitSurvey(started, '112038', undefined, 'R5');
  ok(
    await system.prefecture.post('/api/rounds/R5/returns/municipal-survey/112038/decision', {
      version: 1,
      decision: 'accept',
    }),
  );
  const bases = {
    status: 'established',
    arrangement: 'joint',
    type: 'areaBased',
    partners: ['112089'],
    functions: ['consultation'],
  };
  await submitSurvey(started, '112011', { ...surveys['112011'], bases });
  for (const unit of ['112020', '112089', '112097']) await submitSurvey(started, unit);
  const officer = new TestBrowser(system.url);
  await officer.signIn('prefecture');
  return { ...started, officer };
}

/** The same for all tests of a file, before and after which it starts and stops. */
export function reviewSystem(): Omit<ReviewSystem, 'surveys'> & { readonly post: TestBrowser['postFrom'] } {
  let started: ReviewSystem | undefined;
  const now = (): ReviewSystem => {
    if (started === undefined) throw new Error('asked for before the tests begin');
    return started;
  };
  beforeAll(async () => {
    started = await startReviewSystem();
  });
  afterAll(() => now().system.stop());
  return {
    get system() {
      return now().system;
    },
    get officer() {
      return now().officer;
    },
    post: (page, action, fields) => now().officer.postFrom(page, action, fields),
  };
}
