/** A return as an Excel file over HTTP: out, filled in with a spreadsheet program, and back into the draft. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { directory as directorySchema } from '../../../schemas/directory.ts';
import { filledWorkbook } from '../../support/filled-workbook.ts';
import { ok, openRound, openSystem } from '../support/fixtures.ts';
import { startTestSystem } from '../support/system.ts';
import type { Client, Reply, TestSystem } from '../support/system.ts';

const unit = '112011';
const path = `/api/rounds/R6/returns/municipal-survey/${unit}`;
const type = { 'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' };

const directory = directorySchema.parse({
  prefecture: { code: '110001', name: '埼玉県' },
  municipalities: [
    { code: unit, name: '川越市', kind: 'city' },
    { code: '112038', name: '川口市', kind: 'city' },
  ],
  councils: [],
});

let system: TestSystem;
let editor: Client;
let empty: Uint8Array;

beforeAll(async () => {
  system = await startTestSystem();
  await openSystem(system, directory, 'R6', openRound({ 'municipal-survey': 2024 }));
  editor = system.municipality(unit);
  empty = ok(await editor.get(`${path}/workbook`)).bytes;
});

afterAll(() => system.stop());

function put(bytes: Uint8Array, etag: string | null = '*'): Promise<Reply> {
  return editor.put(`${path}/workbook`, bytes, { ...type, ...(etag === null ? {} : { 'if-match': etag }) });
}

describe('a workbook to fill in', () => {
  it('comes under the ETag of the draft, with a name that people know it by', async () => {
    const reply = ok(await editor.get(`${path}/workbook`));
    expect(reply.headers.get('etag')).toBe('"0"');
    expect(reply.headers.get('content-type')).toBe(type['content-type']);
    expect(reply.headers.get('content-disposition')).toContain(`filename="municipal-survey-${unit}.xlsx"`);
    expect(decodeURIComponent(reply.headers.get('content-disposition') ?? '')).toContain('（川越市）.xlsx');
    const { log } = ok(await system.prefecture.get('/api/rounds/R6/log')).json();
    expect(log).toContainEqual(
      expect.objectContaining({
        what: 'downloaded',
        path: 'workbook',
        return: { form: 'municipal-survey', unit },
      }),
    );
  });

  it('is taken back with its condition, and says what it saved', async () => {
    const filled = await filledWorkbook(empty, {
      'establishment.status': '設置済',
      'activity.agenda.individualCases': '○',
    });
    expect((await put(filled, null)).json()).toMatchObject({ status: 428, code: 'precondition-required' });
    expect((await put(filled, '"7"')).json()).toMatchObject({ status: 412, code: 'precondition-failed' });
    const taken = ok(await put(filled, '"0"'));
    expect(taken.json()).toEqual({ saved: ['establishment.status', 'activity.agenda'], notices: [] });
    expect(taken.headers.get('etag')).toBe('"1"');
    expect(ok(await editor.get(path)).json()).toMatchObject({
      answers: { establishment: { status: 'established' }, activity: { agenda: ['individualCases'] } },
    });
    expect(ok(await put(filled, '"1"')).json(), 'again it says nothing new').toMatchObject({ saved: [] });
    expect(ok(await editor.get(path)).headers.get('etag')).toBe('"1"');
  });

  it('is refused with every error at its cell, and nothing of it is saved', async () => {
    const before = ok(await editor.get(path));
    const filled = await filledWorkbook(empty, {
      'establishment.status': '検討中',
      'establishment.form': '単独',
      'activity.agenda.individualCases': { formula: '1+1', result: 2 },
    });
    const refused = await put(filled, before.headers.get('etag'));
    expect(refused.status).toBe(422);
    expect(refused.json()).toMatchObject({
      code: 'invalid-workbook',
      errors: expect.arrayContaining([
        expect.objectContaining({
          path: 'establishment.status',
          cell: expect.stringMatching(/!E6$/u),
          code: 'unknown-option',
        }),
        expect.objectContaining({ path: 'activity.agenda', code: 'formula-cell' }),
      ]),
    });
    expect(ok(await editor.get(path)).headers.get('etag')).toBe(before.headers.get('etag'));
  });

  it.each([
    ['text', Buffer.from('a,b\r\n'), 'file-unreadable'],
    ['a workbook with a password', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'file-encrypted'],
  ])('is no %s', async (_, bytes, code) => {
    expect((await put(bytes)).json()).toMatchObject({ code: 'invalid-workbook', errors: [{ code }] });
  });

  it('is no JSON, and not the return of somebody else', async () => {
    expect((await editor.put(`${path}/workbook`, {}, { 'if-match': '*' })).json()).toMatchObject({
      code: 'unsupported-media-type',
    });
    const other = path.replace(unit, '112038');
    const theirs = ok(await system.municipality('112038').get(`${other}/workbook`)).bytes;
    expect((await put(theirs)).json()).toMatchObject({ code: 'invalid-workbook', errors: [{ code: 'other-unit' }] });
  });
});
