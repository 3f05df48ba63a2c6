/** What the log of a round tells of those who were refused something. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ok } from '../support/fixtures.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';
import { joint, openTwoCouncils, round, stranger } from '../support/two-councils.ts';

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem();
  await openTwoCouncils(system);
});

afterAll(() => system.stop());

type Entry = Readonly<Record<string, unknown>>;

async function wholeLog(): Promise<Entry[]> {
  const entries: Entry[] = [];
  let cursor = '';
  for (;;) {
    const page: { log: Entry[]; next?: string } = ok(
      await system.prefecture.get(`${round}/log?limit=500${cursor}`),
    ).json();
    entries.push(...page.log);
    if (page.next === undefined) return entries;
    cursor = `&cursor=${page.next}`;
  }
}

describe('the log of the round', () => {
  const refusal = { what: 'refused', code: 'forbidden', actor: `unit-${stranger}` };

  it('tells who was refused which return', async () => {
    const client = system.municipality(stranger);
    await client.get(joint);
    await client.put(joint, { answers: {} }, { 'if-match': '"1"' });
    await client.post(`${joint}/submission`);
    const log = await wholeLog();
    const about = { ...refusal, return: { form: 'council-report', unit: 'joint' } };
    for (const action of ['return.read', 'return.edit', 'return.submit'])
      expect(log).toContainEqual({ ...about, action, at: expect.any(String) });
  });

  it('repeats no form or unit that somebody made up', async () => {
    const client = system.municipality(stranger);
    const made = 'made-up'.repeat(200);
    await client.get(`${round}/returns/${made}/112011`);
    await client.get(`${round}/returns/council-report/${made}`);
    await client.get(`${round}/returns/no-such-form/${stranger}`);
    await client.get(`${round}/returns/council-report/no-such-council`);
    const log = await wholeLog();
    expect(JSON.stringify(log)).not.toMatch(/made-up|no-such/);
    expect(log).toContainEqual({ ...refusal, action: 'return.read', at: expect.any(String) });
  });

  it('tells who was refused what the prefecture alone may see', async () => {
    const client = system.municipality(stranger);
    await client.get(`${round}/summary`);
    await client.get(`${round}/log`);
    await client.get(`${round}/exports/no-such-export/files/internal/council-report.csv`);
    const log = await wholeLog();
    for (const action of ['summary.read', 'log.read', 'exports.read'])
      expect(log).toContainEqual({ ...refusal, action, at: expect.any(String) });
  });

  it('tells of a signed-in person without a role', async () => {
    const token = await system.token({ sub: 'roleless', username: 'roleless', groups: [] });
    await system.bearer(`Bearer ${token}`).get(joint);
    expect(await wholeLog()).toContainEqual(
      expect.objectContaining({ what: 'refused', code: 'forbidden', actor: 'roleless' }),
    );
  });
});
