/** Whose returns a municipality reads and edits. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ok } from '../support/fixtures.ts';
import { startTestSystem } from '../support/system.ts';
import type { Client, TestSystem } from '../support/system.ts';
import { directory, lead, member, moving, openTwoCouncils, round, stranger } from '../support/two-councils.ts';

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem();
  await openTwoCouncils(system);
});

afterAll(() => system.stop());

describe('the API', () => {
  it('lets a municipality read and edit its own return, and no other municipality', async () => {
    const own = `${round}/returns/municipal-survey/${stranger}`;
    expect((await system.municipality(stranger).get(own)).status).toBe(200);
    expect((await system.municipality(stranger).put(own, { answers: {} }, { 'if-match': '"999"' })).status).toBe(412);
    for (const other of [lead, member]) {
      expect((await system.municipality(other).get(own)).status).toBe(403);
      expect((await system.municipality(other).put(own, { answers: {} }, { 'if-none-match': '*' })).status).toBe(403);
    }
    expect((await system.prefecture.put(own, { answers: {} }, { 'if-none-match': '*' })).status).toBe(403);
  });

  it('shows each municipality its own returns and those of its councils', async () => {
    const units = async (client: Client): Promise<string[]> => {
      const { returns }: { returns: { form: string; unit: string }[] } = ok(
        await client.get(`${round}/returns`),
      ).json();
      return returns.map(({ unit }) => unit).toSorted();
    };
    expect(await units(system.municipality(lead))).toEqual([lead, 'joint', 'moving'].toSorted());
    expect(await units(system.municipality(member))).toEqual([member, 'joint', 'moving'].toSorted());
    expect(await units(system.municipality(stranger))).toEqual([stranger]);
    expect(await units(system.prefecture)).toHaveLength(5);
  });

  it('lets the lead of today edit after the directory has changed, and the old lead only read', async () => {
    const moved = directory.councils.map((each) => (each.id === 'moving' ? { ...each, lead: member } : each));
    try {
      expect((await system.municipality(member).put(moving, { answers: {} }, { 'if-match': '"999"' })).status).toBe(
        403,
      );
      expect((await system.municipality(lead).put(moving, { answers: {} }, { 'if-match': '"999"' })).status).toBe(412);
      ok(await system.prefecture.put('/api/directory', { ...directory, councils: moved }));
      expect((await system.municipality(member).put(moving, { answers: {} }, { 'if-none-match': '*' })).status).toBe(
        200,
      );
      expect((await system.municipality(lead).put(moving, { answers: {} }, { 'if-match': '*' })).status).toBe(403);
      expect((await system.municipality(lead).get(moving)).status).toBe(200);
    } finally {
      ok(await system.prefecture.put('/api/directory', directory));
    }
  });
});
