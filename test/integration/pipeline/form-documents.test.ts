/** A questionnaire that the prefecture wrote: saved, adopted, asked, answered, exported and verified as any other. */

import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyFolder } from '../../../functions/export/verify-folder.ts';
import { directory as directorySchema } from '../../../schemas/directory.ts';
import { catalogue } from '../../../schemas/form.ts';
import { forms as shipped } from '../../../schemas/forms/catalogue.ts';
import { TestBrowser, words } from '../support/browser.ts';
import { exportedFile, exportRound, ok, openRound, openSystem } from '../support/fixtures.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const [city, town, other] = ['112038', '111007', '112011'] as const;
const directory = directorySchema.parse({
  prefecture: { code: '110001', name: '埼玉県' },
  municipalities: [
    { code: city, name: '川口市', kind: 'city' },
    { code: town, name: 'さいたま市', kind: 'city' },
    { code: other, name: '川越市', kind: 'city' },
  ],
  councils: [],
});

const yesNo = [
  { key: 'yes', label: '実施した' },
  { key: 'no', label: '実施していない' },
];

/** The files of an export and its manifest, in a folder of their own. */
async function downloaded(exportId: string, files: readonly { readonly path: string }[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'yoriai-'));
  for (const { path } of [...files, { path: 'manifest.json' }]) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    const reply = ok(await system.prefecture.get(`/api/rounds/K7/exports/${exportId}/files/${path}`));
    await writeFile(join(folder, path), reply.bytes);
  }
  return folder;
}

/** A plain questionnaire: what every release can ask. */
const inquiry = {
  id: 'kunren',
  version: 2025,
  title: '訓練の実施状況に関する照会',
  units: 'municipality',
  help: '至急回答してください。',
  sections: [
    {
      key: 'q',
      label: '訓練',
      questions: [
        {
          key: 'held',
          number: '問1',
          kind: 'choice',
          label: '訓練の実施',
          options: yesNo,
          required: true,
          listed: true,
        },
        { key: 'times', number: '問2', kind: 'count', label: '実施回数', unit: '回', overPeriod: true },
        { key: 'notes', kind: 'text', label: '備考', maxLength: 400 },
      ],
    },
    {
      key: 'sites',
      kind: 'list',
      label: '会場',
      maxEntries: 5,
      questions: [{ key: 'name', kind: 'text', label: '名称', maxLength: 80, visibility: 'open', required: true }],
    },
  ],
  rules: [],
  measures: [],
};

const address = '/api/forms/kunren/2025';

let dataDir: string;
let system: TestSystem;

async function deploy(): Promise<void> {
  system = await startTestSystem({
    dataDir,
    accounts: [
      { id: 'prefecture', name: '埼玉県担当', groups: ['prefecture'] },
      { id: 'city', name: '川口市担当', groups: [`unit-${city}`] },
    ],
  });
}

const put = (body: unknown, headers: Record<string, string> = {}) => system.prefecture.put(address, body, headers);

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'yoriai-'));
  await deploy();
  await openSystem(system, directory, 'R6', openRound({ 'municipal-survey': 2024 }));
});
afterAll(async () => {
  await system.stop();
  await rm(dataDir, { recursive: true });
});

describe('a draft', () => {
  it('is refused whole, with every error, and nothing is stored', async () => {
    const reply = await put({ ...inquiry, id: 'kunren2', title: '', sections: [{ key: 'For', label: '訓練' }] });
    expect(reply.status).toBe(422);
    expect(reply.json()).toMatchObject({ code: 'invalid-form' });
    expect(reply.json().errors.map(({ path }: { path: string }) => path)).toEqual([
      'sections.0.key',
      'title',
      'sections.0.questions',
    ]);
    expect((await system.prefecture.get(address)).status).toBe(404);
  });

  it('is refused under another address, for a municipality, and under a number that ships', async () => {
    const elsewhere = await system.prefecture.put('/api/forms/kunren/2026', inquiry);
    expect(elsewhere.json().errors).toMatchObject([{ path: 'version', code: 'other-version' }]);
    expect((await system.municipality(city).put(address, inquiry)).status).toBe(403);
    const taken = { ...inquiry, id: 'municipal-survey', version: 2024 };
    const reply = await system.prefecture.put('/api/forms/municipal-survey/2024', taken);
    expect([reply.status, reply.json().code]).toEqual([409, 'form-adopted']);
  });

  it('is saved, and replaced by whoever has seen it', async () => {
    const first = await put({ ...inquiry, title: '下書き' });
    expect(first.status).toBe(201);
    expect(first.json()).toMatchObject({ form: 'kunren', version: 2025, state: 'draft', notices: [] });
    expect((await put(inquiry)).json().code).toBe('precondition-required');
    expect((await put(inquiry, { 'if-none-match': '*' })).json().code).toBe('precondition-failed');
    expect((await put(inquiry, { 'if-match': '"0"' })).json().code).toBe('precondition-failed');
    const etag = ok(await system.prefecture.get(address)).headers.get('etag') ?? '';
    expect(etag).toBe(first.headers.get('etag'));
    const second = await put(inquiry, { 'if-match': etag });
    expect(second.status).toBe(200);
    expect(second.json().sha256).not.toBe(first.json().sha256);
    expect(ok(await system.prefecture.get(address)).json()).toMatchObject({
      state: 'draft',
      sha256: second.json().sha256,
      document: { title: inquiry.title, sections: inquiry.sections },
    });
  });

  it('is asked by no round and seen by no municipality', async () => {
    const reply = await system.prefecture.put('/api/rounds/K7', openRound({ kunren: 2025 }, { asOf: {} }));
    expect(reply.json()).toMatchObject({
      code: 'invalid-round',
      errors: [{ path: 'forms.kunren', code: 'form-not-adopted' }],
    });
    expect((await system.municipality(city).get(address)).status).toBe(403);
    const seen = ok(await system.municipality(city).get('/api/forms')).json().forms;
    expect(seen.map(({ form }: { form: string }) => form)).toEqual(['municipal-survey']);
  });
});

describe('an adopted questionnaire', () => {
  it('does not change until its adoption is revoked', async () => {
    const adopted = ok(await system.prefecture.post(`${address}/adoption`));
    expect(adopted.json().state).toBe('adopted');
    const etag = adopted.headers.get('etag') ?? '';
    expect((await put({ ...inquiry, title: '変更' }, { 'if-match': etag })).json().code).toBe('form-adopted');
    expect(ok(await system.prefecture.delete(`${address}/adoption`)).json().state).toBe('draft');
    expect(ok(await system.prefecture.post(`${address}/adoption`)).json().state).toBe('adopted');
  });

  it('is pinned by a round, and stays adopted from then on', async () => {
    const urgent = JSON.parse(
      await readFile(new URL('../../fixtures/questionnaires/kinkyu-oyuki.json', import.meta.url), 'utf8'),
    );
    const { sha256: ofUrgent } = ok(await system.prefecture.put('/api/forms/kinkyu-oyuki/2025', urgent)).json();
    ok(await system.prefecture.post('/api/forms/kinkyu-oyuki/2025/adoption'));
    expect(ok(await system.prefecture.get('/api/forms/kinkyu-oyuki/2025')).json().document).toEqual(urgent);
    const asked = openRound({ kunren: 2025, 'kinkyu-oyuki': 2025 }, { asOf: {} });
    const created = await system.prefecture.put('/api/rounds/K7', asked);
    expect(created.status).toBe(201);
    const { sha256 } = ok(await system.prefecture.get(address)).json();
    expect(created.json().documents).toEqual({ kunren: sha256, 'kinkyu-oyuki': ofUrgent });
    const revoked = await system.prefecture.delete(`${address}/adoption`);
    expect([revoked.status, revoked.json().code]).toEqual([409, 'form-adopted']);
    const seen = ok(await system.municipality(city).get('/api/forms')).json().forms;
    expect(seen.map(({ form }: { form: string }) => form)).toEqual(['municipal-survey', 'kinkyu-oyuki', 'kunren']);
  });

  it('is answered by API and on its page, submitted and accepted', async () => {
    const path = `/api/rounds/K7/returns/kunren/${city}`;
    const answers = { q: { held: 'yes', times: 3 }, sites: [{ id: 's1', name: '市役所' }] };
    ok(await system.municipality(city).put(path, { answers }, { 'if-none-match': '*' }));
    const browser = new TestBrowser(system.url);
    await browser.signIn('city');
    const page = await browser.open(`/rounds/K7/returns/kunren/${city}/sections/q`);
    expect(page.status).toBe(200);
    expect(page.html).toContain('問1');
    expect(page.html).toContain('訓練の実施');
    expect(ok(await system.municipality(city).post(`${path}/submission`)).status).toBe(201);
    ok(await system.prefecture.post(`${path}/decision`, { version: 1, decision: 'accept' }));
    const second = `/api/rounds/K7/returns/kunren/${town}`;
    ok(await system.municipality(town).put(second, { answers: { q: { times: 2 } } }, { 'if-none-match': '*' }));
    const refused = await system.municipality(town).post(`${second}/submission`);
    expect(refused.json().errors).toMatchObject([{ path: 'q.held', code: 'required' }]);
  });

  it('asks what its conditions say, and a reason where a rule or a blank asks for one', async () => {
    const path = `/api/rounds/K7/returns/kinkyu-oyuki/${other}`;
    const client = system.municipality(other);
    const unasked = { q: { contacted: 'no', persons: 3, means: ['phone'] } };
    const first = ok(await client.put(path, { answers: unasked }, { 'if-none-match': '*' }));
    const refused = await client.post(`${path}/submission`);
    expect(
      refused
        .json()
        .errors.map(({ path: at, code }: Record<string, string>) => `${at} ${code}`)
        .toSorted(),
    ).toEqual(['q.means not-asked', 'q.persons not-asked', 'q.whyNot required']);
    const many = { q: { contacted: 'partly', persons: 6000, means: ['phone', 'visit'], by: '2025-10' } };
    const second = ok(await client.put(path, { answers: many }, { 'if-match': first.headers.get('etag') ?? '' }));
    const asked = await client.post(`${path}/submission`);
    expect(asked.json().errors).toMatchObject([{ path: 'q.persons', check: 'q.persons.many' }]);
    const reasons = { 'q.persons.many': '名簿登載者全員に行ったため' };
    ok(await client.put(path, { answers: many, reasons }, { 'if-match': second.headers.get('etag') ?? '' }));
    expect(ok(await client.post(`${path}/submission`)).status).toBe(201);
    ok(await system.prefecture.post(`${path}/decision`, { version: 1, decision: 'accept' }));
  });

  it('goes on after the application is started again', async () => {
    await system.stop();
    await deploy();
    expect(ok(await system.prefecture.get(`/api/rounds/K7/returns/kunren/${city}`)).json().answers.q).toEqual({
      held: 'yes',
      times: 3,
    });
  });

  it('is exported with its document and the texts of the round, and verified by that alone', async () => {
    const texts = { request: '至急照会します。', instructions: '実人数を記入してください。' };
    const { headers } = ok(await system.prefecture.get('/api/rounds/K7/texts'));
    ok(await system.prefecture.put('/api/rounds/K7/texts', texts, { 'if-match': headers.get('etag') ?? '' }));
    const { exportId, record } = await exportRound(system, 'K7');
    expect(record.status).toBe('done');
    const { manifest } = record;
    expect(Object.keys(manifest.documents).toSorted()).toEqual(['kinkyu-oyuki', 'kunren']);
    expect(manifest.documents.kunren).toBe(ok(await system.prefecture.get(address)).json().sha256);
    const folder = await downloaded(exportId, manifest.files);
    expect(await verifyFolder(folder, catalogue([]))).toMatchObject({ returns: 2, disagreements: [] });
    for (const [name, text] of Object.entries(texts))
      expect(await readFile(join(folder, 'internal', `${name}.txt`), 'utf8')).toBe(`${text}\n`);
    const document = join(folder, 'forms/kunren-2025.json');
    await writeFile(document, JSON.stringify({ ...inquiry, title: '別の照会' }));
    const { disagreements } = await verifyFolder(folder, catalogue([]));
    expect(disagreements.map(({ where }) => where)).toContain('forms/kunren-2025.json');
    await rm(folder, { recursive: true });
    expect(await exportedFile(system, 'K7', exportId, 'internal/kunren.csv')).toContain('112038');
  });
});

describe('a version in other words', () => {
  const worded = { ...inquiry, version: 2027, title: '訓練の実施状況に関する照会（改）' };
  const definition = (version: number) => openRound({ kunren: version, 'kinkyu-oyuki': 2025 }, { asOf: {} });

  it('is pinned in the middle of a round, and what was submitted stays what it was', async () => {
    ok(await system.prefecture.put('/api/forms/kunren/2027', worded));
    ok(await system.prefecture.post('/api/forms/kunren/2027/adoption'));
    ok(await system.prefecture.put('/api/rounds/K7', definition(2027)));
    const path = `/api/rounds/K7/returns/kunren/${town}`;
    const read = ok(await system.municipality(town).get(path));
    const answers = { q: { held: 'yes', times: 2 } };
    ok(await system.municipality(town).put(path, { answers }, { 'if-match': read.headers.get('etag') ?? '' }));
    expect(ok(await system.municipality(town).post(`${path}/submission`)).status).toBe(201);
    const version = async (unit: string): Promise<unknown> =>
      ok(await system.prefecture.get(`/api/rounds/K7/returns/kunren/${unit}/versions/1`)).json().formVersion;
    expect([await version(city), await version(town)]).toEqual([2025, 2027]);
    const { exportId, record } = await exportRound(system, 'K7');
    const folder = await downloaded(exportId, record.manifest.files);
    expect(await verifyFolder(folder, catalogue([]))).toMatchObject({ returns: 3, disagreements: [] });
    await rm(folder, { recursive: true });
  });

  it('is not where it asks anything else', async () => {
    const [section, list] = inquiry.sections;
    const shorter = {
      ...worded,
      version: 2028,
      sections: [{ ...section, questions: section?.questions?.slice(0, 2) }, list],
    };
    ok(await system.prefecture.put('/api/forms/kunren/2028', shorter));
    ok(await system.prefecture.post('/api/forms/kunren/2028/adoption'));
    const refused = await system.prefecture.put('/api/rounds/K7', definition(2028));
    expect(refused.json()).toMatchObject({ code: 'round-in-use', errors: [{ code: 'form-in-use' }] });
  });
});

describe('a question with a number', () => {
  const path = `/rounds/K7/returns/kunren/${city}`;

  it('is named by it where it is sent back, in errors and in the log', async () => {
    const questions = [{ path: 'q.times', reason: '延べ回数ではありませんか。' }];
    ok(
      await system.prefecture.post(`/api${path}/decision`, {
        version: 1,
        decision: 'return',
        comment: '確認をお願いします。',
        questions,
      }),
    );
    const browser = new TestBrowser(system.url);
    await browser.signIn('city');
    expect(words(await browser.open(path))).toContain('問2 実施回数');
    const draft = ok(await system.municipality(city).get(`/api${path}`));
    const answers = { q: { times: 3 } };
    ok(
      await system.municipality(city).put(`/api${path}`, { answers }, { 'if-match': draft.headers.get('etag') ?? '' }),
    );
    expect(words(await browser.open(`${path}/check`))).toContain('問1 訓練の実施');
    await browser.signIn('prefecture');
    expect(words(await browser.open('/rounds/K7/log?what=returned'))).toContain('問2 実施回数');
  });
});

describe('next year’s version', () => {
  it('is compared with this year’s', async () => {
    const [section, list] = inquiry.sections;
    const [held, times] = section?.questions ?? [];
    const next = {
      ...inquiry,
      version: 2026,
      sections: [
        {
          ...section,
          questions: [
            { ...held, options: [...yesNo, { key: 'planned', label: '予定' }] },
            { ...times, label: '開催回数', unit: '件' },
          ],
        },
        { ...list, key: 'places', was: 'sites' },
      ],
    };
    ok(await system.prefecture.put('/api/forms/kunren/2026', next));
    const compared = ok(await system.prefecture.get('/api/forms/kunren/2026/comparison?with=2025')).json();
    expect(compared).toMatchObject({
      added: [],
      retired: [{ id: 'q.notes', label: '備考' }],
      moved: [
        { from: 'sites', to: 'places' },
        { from: 'sites.name', to: 'places.name' },
      ],
      relabelled: [{ id: 'q.times', from: '実施回数', to: '開催回数' }],
      options: [{ id: 'q.held', added: [{ id: 'planned', label: '予定' }], retired: [] }],
      changed: [{ id: 'q.times', what: '単位：回 → 件' }],
    });
  });
});

describe('the catalogue', () => {
  it('lists what ships and what is stored, each with its state', async () => {
    const { forms } = ok(await system.prefecture.get('/api/forms')).json();
    expect(forms.map(({ form, version, state }: Record<string, unknown>) => [form, version, state])).toEqual([
      ...[...shipped.keys()].flatMap((form) => [2024, 2025].map((version) => [form, version, 'shipped'])),
      ['kinkyu-oyuki', 2025, 'adopted'],
      ['kunren', 2025, 'adopted'],
      ['kunren', 2026, 'draft'],
      ['kunren', 2027, 'adopted'],
      ['kunren', 2028, 'adopted'],
    ]);
  });
});
