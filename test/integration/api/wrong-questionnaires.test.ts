/** Workbooks of a questionnaire that are wrong, as files: each is refused at its cells, soon, and nothing is stored. */

import { readFile } from 'node:fs/promises';
import { Workbook } from '@cj-tech-master/excelts';
import * as z from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentTypeOf } from '../../../functions/domain/content-types.ts';
import { Book, mutations } from '../../support/wrong-workbooks.ts';
import { directoryFixture, ok } from '../support/fixtures.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const path = '/api/forms/soudan-jisshi/2025';
/** Milliseconds until an answer: far below those after which a gateway gives up, on a machine that does much besides. */
const soon = 15_000;

let system: TestSystem;
let right: Uint8Array;

beforeAll(async () => {
  system = await startTestSystem();
  right = await readFile(new URL('../../fixtures/questionnaires/soudan-jisshi.xlsx', import.meta.url));
  ok(await system.prefecture.put('/api/directory', await directoryFixture('saitama-r6')));
});
afterAll(() => system.stop());

const refusal = z.object({
  errors: z.array(z.object({ cell: z.string().optional(), message: z.string() })).optional(),
  title: z.string(),
});

/** The file changed and saved as a spreadsheet program saves it. */
async function changed(change: (book: Book) => void): Promise<Uint8Array> {
  const workbook = new Workbook();
  await workbook.xlsx.load(right);
  change(new Book(workbook));
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

async function send(bytes: Uint8Array): ReturnType<TestSystem['prefecture']['put']> {
  const headers = { 'content-type': contentTypeOf('.xlsx'), 'if-none-match': '*' };
  return system.prefecture.put(`${path}/workbook`, bytes, headers);
}

describe('a workbook that is wrong', () => {
  /** What is told of it; nothing of it is stored. */
  async function told(change: (book: Book) => void): Promise<string[]> {
    const bytes = await changed(change);
    const began = performance.now();
    const reply = await send(bytes);
    expect(performance.now() - began).toBeLessThan(soon);
    const { errors, title } = refusal.parse(reply.json());
    expect([reply.status, (await system.prefecture.get(path)).status]).toEqual([422, 404]);
    return errors?.map(({ cell, message }) => (cell === undefined ? message : `${cell}: ${message}`)) ?? [title];
  }

  it.each(mutations)('%s', async (_, change, messages) => {
    expect(await told(change)).toEqual(messages);
  });

  it('it has 100,000 rows: more than any sheet may have, or than are read in time', async () => {
    const all = await told((book) => book.add('選択肢', 100_000, ['実施形態', '直営のみ']));
    expect(all).toEqual([expect.stringMatching(/セルB20001に値があります。表は20000行|読み取りを中止しました/)]);
  });

  it('is the right one, saved again, where nothing was changed', async () => {
    expect((await send(await changed(() => undefined))).status).toBe(201);
  });
});
