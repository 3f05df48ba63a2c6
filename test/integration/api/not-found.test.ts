/** What the API says of what does not exist. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';
import { lead, openTwoCouncils, round } from '../support/two-councils.ts';

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem();
  await openTwoCouncils(system);
});

afterAll(() => system.stop());

describe('what does not exist', () => {
  it.each([
    ['round', `/api/rounds/R99/returns/council-report/joint`],
    ['round', `/api/rounds/R99/returns`],
    ['form', `${round}/returns/no-such-form/joint`],
    ['unit', `${round}/returns/council-report/no-such-council`],
    ['unit', `${round}/returns/municipal-survey/111007`],
    ['name of a property of objects as a form', `${round}/returns/constructor/joint`],
  ])('as a %s is 404 for the prefecture and 403 for a municipality: %s', async (_what, path) => {
    const asPrefecture = await system.prefecture.get(path);
    expect(asPrefecture.status).toBe(404);
    expect(asPrefecture.json()).toMatchObject({ code: 'not-found' });
    const asMunicipality = await system.municipality(lead).get(path);
    expect(asMunicipality.status).toBe(403);
    expect(asMunicipality.json()).toMatchObject({ code: 'forbidden' });
  });

  it.each([
    `/api/rounds/R99/summary`,
    `/api/rounds/R99/log`,
    `/api/rounds/R99/exports`,
    `${round}/exports/no-such-export`,
    `${round}/returns/council-report/joint/versions/99`,
    `${round}/returns/council-report/joint/sections/nowhere`,
    `${round}/returns/council-report/joint/sections/bodies/entries/nobody`,
    `/api/forms/municipal-survey/1999`,
    `/api/nowhere`,
  ])('is 404 for the prefecture: %s', async (path) => {
    const reply = await system.prefecture.get(path);
    expect(reply.status).toBe(404);
    expect(reply.json()).toMatchObject({ code: 'not-found' });
  });
});
