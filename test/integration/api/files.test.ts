/** Files that answers name: sent by themselves, named by their hash, given to those who may read the return. */

import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { directory as directorySchema } from '../../../schemas/directory.ts';
import { bucketName } from '../../../infra/local/environment.ts';
import { bucketClient } from '../../../functions/storage/bucket.ts';
import { uploadKey } from '../../../functions/storage/bucket-keys.ts';
import { ok, openRound, openSystem } from '../support/fixtures.ts';
import { sampleDocx, sampleJpeg, samplePdf, samplePng, sampleXlsx, withMacros } from '../../support/sample-files.ts';
import { sampleCompound } from '../../support/sample-files.ts';
import { attachedCatalogue, formOf, sendAs } from '../support/attached-form.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const [code, neighbour] = ['112011', '113018'];
const directory = directorySchema.parse({
  prefecture: { code: '110001', name: '埼玉県' },
  municipalities: [
    { code, name: '川越市', kind: 'city' },
    { code: neighbour, name: '伊奈町', kind: 'town' },
  ],
  councils: [],
});
const path = (unit = code): string => `/api/rounds/R7/returns/attached/${unit}`;
const unitGroup = (unit = code): string => `unit-${unit}`;

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem({ forms: attachedCatalogue });
  await openSystem(system, directory, 'R7', openRound({ attached: 2025 }, { asOf: {} }));
});
afterAll(() => system.stop());

const sent = (name: string, content: Buffer, unit = code): Promise<Response> =>
  sendAs(system, unitGroup(unit), `${path(unit)}/files`, formOf(name, content));

async function named(name: string, content: Buffer, unit = code): Promise<Record<string, string>> {
  const response = await sent(name, content, unit);
  expect(response.status).toBe(201);
  return JSON.parse(await response.text());
}

async function codeOf(response: Response): Promise<string> {
  return `${response.status} ${JSON.parse(await response.text()).code}`;
}

describe('a file that is sent', () => {
  it('is answered with what an answer names it by', async () => {
    const content = samplePdf('a');
    expect(await named('C:\\fakepath\\要綱\u202E.pdf', content)).toEqual({
      name: '要綱.pdf',
      type: 'application/pdf',
      bytes: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
    });
  });

  it('may be the body itself, with its name in the query', async () => {
    const content = new Uint8Array(samplePng());
    const response = await sendAs(system, unitGroup(), `${path()}/files?name=${encodeURIComponent('図')}`, content);
    expect(await response.json()).toMatchObject({ name: '図.png', type: 'image/png', bytes: content.length });
  });

  it.each([
    ['docx', sampleDocx()],
    ['xlsx', sampleXlsx()],
    ['jpg', sampleJpeg()],
  ])('is known by its content: %s', async (ending, content) => {
    expect((await named('何か', content))['name']).toBe(`何か.${ending}`);
  });

  it('is refused, each for its own reason', async () => {
    expect(await codeOf(await sent('a.pdf', Buffer.from('<html>')))).toBe('422 file-type');
    expect(await codeOf(await sent('a.pdf', samplePdf().subarray(0, 40)))).toBe('422 file-damaged');
    expect(await codeOf(await sent('a.docx', withMacros['docm'] ?? Buffer.alloc(0)))).toBe('422 file-macros');
    expect(await codeOf(await sent('a.xlsx', sampleCompound('EncryptedPackage')))).toBe('422 file-encrypted');
    expect(await codeOf(await sent('a.pdf', Buffer.alloc(0)))).toBe('422 file-empty');
    expect(await codeOf(await sent('a.pdf', Buffer.alloc(3_670_017)))).toBe('413 file-too-large');
    expect(await codeOf(await sent('a.pdf', Buffer.alloc(5_000_000)))).toBe('413 too-large');
    const empty = await sendAs(system, unitGroup(), `${path()}/files`, new FormData());
    expect(await codeOf(empty)).toBe('422 file-empty');
  });

  it('comes from those who edit the return, and from nobody else', async () => {
    for (const group of [unitGroup(neighbour), 'prefecture'])
      expect(await codeOf(await sendAs(system, group, `${path()}/files`, formOf('a.pdf', samplePdf())))).toBe(
        '403 forbidden',
      );
  });
});

describe('an answer', () => {
  it('names files that were sent for its return', async () => {
    const rules = await named('要綱.pdf', samplePdf('rules'), neighbour);
    const answers = { papers: { rules: [rules] } };
    const client = system.municipality(neighbour);
    expect((await client.put(path(neighbour), { answers }, { 'if-none-match': '*' })).status).toBe(200);
    expect(ok(await client.get(path(neighbour))).json().answers).toEqual(answers);
  });

  it('names no other: not one of another return, and none as something else than it is', async () => {
    const theirs = await named('要綱.pdf', samplePdf('theirs'), neighbour);
    const own = await named('要綱.pdf', samplePdf('own'));
    const client = system.municipality(code);
    for (const file of [theirs, { ...own, bytes: 1 }, { ...own, type: 'image/png', name: 'a.png' }]) {
      const reply = await client.put(path(), { answers: { papers: { rules: [own, file] } } }, { 'if-none-match': '*' });
      expect(reply.status).toBe(422);
      expect(reply.json()).toMatchObject({
        code: 'unknown-file',
        errors: [{ path: 'papers.rules.1', code: 'unknown-file' }],
      });
    }
    const entry = { name: '全体会', roster: [theirs] };
    const inList = await client.put(
      `${path()}/sections/bodies/entries/b1`,
      { answers: entry },
      { 'if-none-match': '*' },
    );
    expect(inList.json()).toMatchObject({ errors: [{ path: 'bodies.b1.roster.0' }] });
  });
});

describe('a file that was sent', () => {
  it('is given to who may read the return, to be saved and never shown', async () => {
    const content = samplePdf('read');
    const { sha256 = '' } = await named('𠮷野"要綱" (案).pdf', content);
    for (const client of [system.municipality(code), system.prefecture]) {
      const reply = await client.get(`${path()}/files/${sha256}`);
      expect(reply.status).toBe(200);
      expect(reply.bytes).toEqual(content);
      expect(reply.headers.get('content-type')).toBe('application/pdf');
      expect(reply.headers.get('content-disposition')).toBe(
        `attachment; filename="______ (_).pdf"; filename*=UTF-8''%F0%A0%AE%B7%E9%87%8E_%E8%A6%81%E7%B6%B1_%20%28%E6%A1%88%29.pdf`,
      );
      expect(reply.headers.get('x-content-type-options')).toBe('nosniff');
      expect(reply.headers.get('content-security-policy')).toContain('sandbox');
      expect(reply.headers.get('cache-control')).toBe('no-store');
    }
    expect((await system.municipality(neighbour).get(`${path()}/files/${sha256}`)).status).toBe(403);
    expect((await system.bearer().get(`${path()}/files/${sha256}`)).status).toBe(401);
    expect((await system.municipality(neighbour).get(`${path(neighbour)}/files/${sha256}`)).status).toBe(404);
    expect((await system.prefecture.get(`${path()}/files/..%2f..%2flatest.json`)).status).toBe(404);
    const { log } = ok(await system.prefecture.get('/api/rounds/R7/log')).json();
    expect(log).toContainEqual(
      expect.objectContaining({
        what: 'downloaded',
        return: { form: 'attached', unit: code },
        path: `files/${sha256}`,
      }),
    );
  });

  it('is hashed into the version, and must still be there when it is submitted', async () => {
    const client = system.municipality(code);
    const rules = await named('要綱.pdf', samplePdf('submitted'));
    const answers = { papers: { rules: [rules] } };
    ok(await client.put(path(), { answers }, { 'if-none-match': '*' }));
    const s3 = bucketClient(system.s3Endpoint);
    const key = { round: 'R7', form: 'attached', unit: code };
    const object = { Bucket: bucketName, Key: uploadKey(key, rules['sha256'] ?? '') };
    await s3.send(new DeleteObjectCommand(object));
    const lost = await client.post(`${path()}/submission`);
    expect(lost.status).toBe(422);
    expect(lost.json()).toMatchObject({
      code: 'invalid-return',
      errors: [{ path: 'papers.rules.0', code: 'file-missing' }],
    });
    await named('要綱.pdf', samplePdf('submitted'));
    ok(await client.post(`${path()}/submission`));
    const version = ok(await system.prefecture.get(`${path()}/versions/1`)).json();
    expect(version.answers).toEqual(answers);
    expect(await codeOf(await sent('b.pdf', samplePdf('late')))).toBe('409 not-editable');
    s3.destroy();
  });
});

describe('the OpenAPI document', () => {
  it('tells how files are sent, and how an answer names them', async () => {
    const { paths, components } = ok(await system.bearer().get('/api/openapi.json')).json();
    const send = paths['/api/rounds/{round}/returns/{form}/{unit}/files'].post;
    expect(Object.keys(send.requestBody.content)).toEqual(['multipart/form-data', 'application/octet-stream']);
    expect(components.schemas.Attached2025.properties.papers.properties.rules.items.required).toEqual([
      'name',
      'type',
      'bytes',
      'sha256',
    ]);
  });
});
