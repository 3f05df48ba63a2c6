/**
 * Returns filled in on the pages without a script are stored as if they had come through the API: of the published ones so
 * many that each question answered in any of them is answered. That all of them come back from their fields, with every
 * option, is a unit test's.
 */

import { describe, expect, it } from 'vitest';
import type { Form } from '../../../schemas/form.ts';
import type { Answers, Json } from '../../../schemas/values/json.ts';
import { isObject } from '../../../schemas/values/json.ts';
import type { Directory } from '../../../schemas/directory.ts';
import { coordinationMeeting2024 } from '../../../schemas/forms/coordination-meeting/v2024.ts';
import { councilReport2024 } from '../../../schemas/forms/council-report/v2024.ts';
import { municipalSurvey2024 } from '../../../schemas/forms/municipal-survey/v2024.ts';
import { TestBrowser } from '../support/browser.ts';
import { byPosition } from '../support/by-position.ts';
import { directoryFixture, ok, openRound, openSystem, returnsFixture } from '../support/fixtures.ts';
import { Officer } from '../support/officer.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const everyForm = { 'municipal-survey': 2024, 'council-report': 2024, 'coordination-meeting': 2024 };

async function startFor(directory: Directory): Promise<{ system: TestSystem; officer: Officer }> {
  const groups = directory.municipalities.map(({ code }) => `unit-${code}`);
  const system = await startTestSystem({ accounts: [{ id: 'everyone', name: '担当者', groups }] });
  await openSystem(system, directory, 'web', openRound(everyForm));
  await openSystem(system, directory, 'api', openRound(everyForm));
  const browser = new TestBrowser(system.url);
  await browser.signIn('everyone');
  return { system, officer: new Officer(browser) };
}

async function bothWays(
  { system, officer }: { system: TestSystem; officer: Officer },
  form: Form,
  unit: string,
  lead: string,
  answers: Answers,
): Promise<{ web: unknown; api: unknown }> {
  const path = (round: string): string => `/rounds/${round}/returns/${form.id}/${unit}`;
  ok(await system.municipality(lead).put(`/api${path('api')}`, { answers }, { 'if-none-match': '*' }));
  await officer.answer(form, path('web'), answers);
  const stored = async (round: string): Promise<unknown> =>
    byPosition(ok(await system.prefecture.get(`/api${path(round)}`)).json().answers);
  return { web: await stored('web'), api: await stored('api') };
}

function leadOf({ councils }: Directory, unit: string): string {
  return councils.find(({ id }) => id === unit)?.lead ?? unit;
}

const atOnce = 4;

/** What is answered: each question, whether with something or with nothing to say; lists by size. */
function answered(value: Json | undefined, path = ''): string[] {
  if (Array.isArray(value))
    return [`${path} ${Math.min(value.length, 2)}`, ...value.flatMap((entry) => answered(entry, path))];
  if (isObject(value)) return Object.entries(value).flatMap(([key, part]) => answered(part, `${path}.${key}`));
  return [`${path} ${value === null ? 'nothing' : 'something'}`];
}

/** The fewest returns, roughly, in which everything is answered that is answered in any. */
function covering(returns: readonly [string, Answers][]): [string, Answers][] {
  const missing = new Set(returns.flatMap(([, answers]) => answered(answers)));
  const chosen: [string, Answers][] = [];
  while (missing.size > 0) {
    const adds = ([, answers]: [string, Answers]): number =>
      new Set(answered(answers).filter((each) => missing.has(each))).size;
    const next = returns.reduce((best, each) => (adds(each) > adds(best) ? each : best));
    for (const each of answered(next[1])) missing.delete(each);
    chosen.push(next);
  }
  return chosen;
}

/** Such returns of a fixture file, both ways. */
async function compareAll(
  folder: 'saitama-r6' | 'gunma-h30',
  form: Form,
  file: string,
  wanted: number,
): Promise<number> {
  const directory = await directoryFixture(folder);
  const both = await startFor(directory);
  try {
    const returns = covering(Object.entries(await returnsFixture(file)).slice(0, wanted));
    const check = async ([unit, answers]: [string, Answers]): Promise<void> => {
      const known =
        form.units === 'council' || directory.municipalities.some(({ code }) => code === unit) ? unit : '111007';
      const { web, api } = await bothWays(both, form, known, leadOf(directory, known), answers);
      expect(web, unit).toEqual(api);
    };
    // Several at a time: one waits for the table while another is rendered.
    const waiting = returns.values();
    const work = async (): Promise<void> => {
      for (const each of waiting) await check(each);
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    return returns.length;
  } finally {
    await both.system.stop();
  }
}

describe('returns filled in on the pages without a script are stored as through the API', () => {
  it.each([
    ['saitama-r6', municipalSurvey2024, 'saitama-r6/municipal-survey.json', 63, 6],
    ['saitama-r6', councilReport2024, 'saitama-r6/council-report.json', 37, 1],
    // The other one of these has two texts more, of kinds that this one has too.
    ['gunma-h30', councilReport2024, 'gunma-h30/council-report.json', 1, 1],
  ] as const)('%s, table row %#', async (folder, form, file, wanted, count) => {
    expect(await compareAll(folder, form, file, wanted)).toBe(count);
  });

  it('coordination meetings, whose city is another prefecture’s', async () => {
    expect(await compareAll('saitama-r6', coordinationMeeting2024, 'coordination-meeting.json', 1)).toBe(1);
  });
});
