import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Unavailable } from '../../../../functions/domain/unavailable.ts';
import { sendFile } from '../../../../functions/service/export-files.ts';
import type { Person } from '../../../../functions/domain/authorisation.ts';

const megabyte = 1024 * 1024;
const content = randomBytes(10 * megabyte);
const sha256 = createHash('sha256').update(content).digest('hex');
const etag = `"${sha256}"`;
const path = 'internal/report.html';
const person: Person = { id: 'p', name: '県', role: 'prefecture', units: [] };
const record = {
  exportId: '20241015T030000Z-AAAAAA',
  manifest: {
    exportId: '20241015T030000Z-AAAAAA',
    round: 'R6',
    asOf: { seq: 3, at: '2024-10-15T03:00:00.000Z' },
    forms: {},
    files: [
      { path, rows: 1, bytes: content.byteLength, sha256 },
      { path: 'internal/gone.csv', rows: 1, bytes: 5, sha256 },
    ],
  },
};

/** Asks for a file of a bucket that counts the bytes that it gave. */
function bucket() {
  const logged: string[] = [];
  let given = 0;
  const service: Parameters<typeof sendFile>[0] = {
    recordAccess: async (_round, access) => {
      logged.push(access.what);
    },
    readEditionFile: async () => {
      throw new Error('nothing is published');
    },
    readExportFile: async (_round, _exportId, name, range) => {
      if (name.endsWith('gone.csv')) throw new Unavailable('gone', new Error('NoSuchKey'));
      const bytes = content.subarray(range?.from, range === undefined ? undefined : range.to + 1);
      given += bytes.byteLength;
      return new Blob([bytes]).stream();
    },
  };
  const ask = async (headers: Record<string, string> = {}, method = 'GET', file = path): Promise<Response> => {
    const header = (name: string): string | undefined => headers[name];
    const answer = await sendFile(service, { method, header, person }, { id: 'R6' }, record, file);
    return answer ?? new Response(null, { status: 404 });
  };
  return { ask, logged, given: () => given };
}

async function bytesOf(answer: Response): Promise<Buffer> {
  return Buffer.from(await answer.arrayBuffer());
}

describe('a file of an export', () => {
  it('arrives whole, under a tag that is the hash in the manifest, and is logged', async () => {
    const { ask, logged } = bucket();
    const answer = await ask();
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      etag,
      'accept-ranges': 'bytes',
      'content-length': String(content.byteLength),
      'content-type': 'text/html; charset=utf-8',
    });
    expect((await bytesOf(answer)).equals(content)).toBe(true);
    expect(logged).toEqual(['downloaded']);
  });

  it('is not sent again to whoever has it: nothing is read of it, and no download logged', async () => {
    const { ask, logged, given } = bucket();
    const answer = await ask({ 'if-none-match': `W/${etag}` });
    expect([answer.status, answer.headers.get('etag'), answer.body]).toEqual([304, etag, null]);
    expect([given(), logged]).toEqual([0, []]);
    expect((await ask({ 'if-none-match': '"another"' })).status).toBe(200);
  });

  it.each([
    ['bytes=5-9', 5, 10],
    ['bytes=-3', content.byteLength - 3, content.byteLength],
    [`bytes=${megabyte - 1}-${3 * megabyte}`, megabyte - 1, 3 * megabyte + 1],
  ])('is sent from where it broke off: %s', async (range, from, end) => {
    const { ask, given } = bucket();
    const answer = await ask({ range });
    expect(answer.status).toBe(206);
    expect(answer.headers.get('content-range')).toBe(`bytes ${from}-${end - 1}/${content.byteLength}`);
    expect(answer.headers.get('content-length')).toBe(String(end - from));
    expect((await bytesOf(answer)).equals(content.subarray(from, end))).toBe(true);
    expect(given()).toBe(end - from);
  });

  it('has no bytes behind its end', async () => {
    const answer = await bucket().ask({ range: 'bytes=10485760-' });
    expect([answer.status, answer.headers.get('content-range')]).toEqual([416, 'bytes */10485760']);
    expect(await answer.json()).toMatchObject({ code: 'range-not-satisfiable' });
  });

  it('answers HEAD with its head, unread and unlogged', async () => {
    const { ask, given, logged } = bucket();
    const answer = await ask({}, 'HEAD');
    expect([answer.status, answer.headers.get('content-length'), answer.body]).toEqual([200, '10485760', null]);
    expect([given(), logged]).toEqual([0, []]);
  });

  it('that the bucket has not got is no download, and fails before anything is answered', async () => {
    const { ask, logged } = bucket();
    await expect(ask({}, 'GET', 'internal/gone.csv')).rejects.toThrow(Unavailable);
    expect(logged).toEqual([]);
  });

  it('that the manifest does not name is none', async () => {
    expect((await bucket().ask({}, 'GET', 'internal/other.csv')).status).toBe(404);
  });

  it('taken slowly by forty at once has one piece each in memory', async () => {
    const { ask, given } = bucket();
    const answers = await Promise.all(Array.from({ length: 40 }, () => ask()));
    const readers = answers.map(({ body }) => body?.getReader());
    for (const reader of readers) await reader?.read();
    for (let turn = 0; turn < 100; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(given()).toBe(40 * megabyte);
    for (const reader of readers) await reader?.cancel();
  });
});
