/** The short form of the first half of `npm run chaos`. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { checkKept, printKills, surviveKills } from '../../chaos/kills.ts';

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'yoriai-chaos-'));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

it('keeps every acknowledged submission once and whole, whenever the server or DynamoDB is killed with -9', async () => {
  const program = [join(inject('bundles'), 'start.mjs')];
  const result = await surviveKills(dataDir, { submissions: 30, kills: 2 }, program);
  expect(result.findings).toEqual([]);
  expect(printKills(result)).toMatch(
    /^\d+ submissions acknowledged through 2 kills, \d+ requests cut off, 0 findings$/,
  );
  expect(result.acknowledged).toBeGreaterThanOrEqual(30);
  expect(result.unanswered).toBeGreaterThan(2);

  const first = result.told.find(({ receipts, isWaiting }) => receipts.length > 0 && !isWaiting);
  const [told] = first?.receipts ?? [];
  if (first === undefined || told === undefined) throw new Error('nobody has submitted');
  const { unit, receipts } = first;
  const wrong = (...receipts: readonly (typeof told)[]) => checkKept(dataDir, [{ unit, receipts, isWaiting: false }]);
  expect(await wrong({ ...told, sha256: '0'.repeat(64) }, ...receipts.slice(1))).toEqual([`${told.receipt} is lost`]);
  expect(await wrong({ ...told, version: 99 }, ...receipts.slice(1))).toEqual([
    `${told.receipt} is lost`,
    `${told.receipt} is in the log 0 times`,
  ]);
  expect(await wrong(...receipts.slice(1))).toEqual([`${unit} has 1 versions more than it has submitted`]);
});
