/** What was sent for returns is part of an export: all of it for the prefecture, what is open for the public. */

import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyFolder } from '../../../functions/export/verify-folder.ts';
import { directory as directorySchema } from '../../../schemas/directory.ts';
import type { Manifest } from '../../../schemas/export.ts';
import { samplePdf, samplePng } from '../../support/sample-files.ts';
import { attachedCatalogue, formOf, sendAs } from '../support/attached-form.ts';
import { exportRound, ok, openRound, openSystem } from '../support/fixtures.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const code = '112011';
const directory = directorySchema.parse({
  prefecture: { code: '110001', name: '埼玉県' },
  municipalities: [{ code, name: '川越市', kind: 'city' }],
  councils: [],
});
const path = `/api/rounds/R7/returns/attached/${code}`;
const contents = {
  rules: samplePdf('rules'),
  minutes: samplePng(),
  roster: samplePdf('open'),
  hidden: samplePdf('no'),
};

let system: TestSystem;
let manifest: Manifest;
let folder: string;
const hashes: Record<string, string> = {};

beforeAll(async () => {
  system = await startTestSystem({ forms: attachedCatalogue });
  await openSystem(system, directory, 'R7', openRound({ attached: 2025 }, { asOf: {} }));
  const sent: Record<string, { sha256: string }> = {};
  for (const [name, content] of Object.entries(contents)) {
    const response = await sendAs(system, `unit-${code}`, `${path}/files`, formOf(name, content));
    const file = JSON.parse(await response.text());
    sent[name] = file;
    hashes[name] = file.sha256;
  }
  const answers = {
    papers: { rules: [sent['rules']], minutes: [sent['minutes']] },
    bodies: [
      { id: 'b1', name: '全体会', access: 'open', roster: [sent['roster']] },
      { id: 'b2', name: '部会', access: 'closed', roster: [sent['hidden']] },
    ],
  };
  const client = system.municipality(code);
  ok(await client.put(path, { answers }, { 'if-none-match': '*' }));
  ok(await client.post(`${path}/submission`));
  ok(await system.prefecture.post(`${path}/decision`, { version: 1, decision: 'accept' }));
  const { exportId } = await exportRound(system, 'R7');
  const files = `/api/rounds/R7/exports/${exportId}/files`;
  folder = await mkdtemp(join(tmpdir(), 'yoriai-files-'));
  manifest = ok(await system.prefecture.get(`${files}/manifest.json`)).json();
  for (const name of ['manifest.json', ...manifest.files.map((file) => file.path)]) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), ok(await system.prefecture.get(`${files}/${name}`)).bytes);
  }
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await system.stop();
});

const sentIn = (audience: string): string[] =>
  manifest.files.map((file) => file.path).filter((name) => name.startsWith(`${audience}/files/`));

describe('files in an export', () => {
  it('are all there for the prefecture, and what is open and shown for the public', () => {
    const at = (audience: string, name: string, ending: string): string =>
      `${audience}/files/attached/${code}/${hashes[name]}.${ending}`;
    expect(sentIn('internal').toSorted()).toEqual(
      [
        at('internal', 'rules', 'pdf'),
        at('internal', 'minutes', 'png'),
        at('internal', 'roster', 'pdf'),
        at('internal', 'hidden', 'pdf'),
      ].toSorted(),
    );
    expect(sentIn('public').toSorted()).toEqual(
      [at('public', 'minutes', 'png'), at('public', 'roster', 'pdf')].toSorted(),
    );
  });

  it('have a table by question, with their names and hashes', () => {
    const names = manifest.files.map((file) => file.path);
    expect(names).toContain('internal/attached.papers.rules.csv');
    expect(names).toContain('public/attached.bodies.roster.csv');
    expect(names).not.toContain('public/attached.papers.rules.csv');
  });

  it('agree with the answers', async () => {
    expect(await verifyFolder(folder, attachedCatalogue)).toMatchObject({ returns: 1, disagreements: [] });
  });

  it('are missed where the manifest lacks one, and found where nobody named one', async () => {
    const lost = `internal/files/attached/${code}/${hashes['rules']}.pdf`;
    const stray = `public/files/attached/${code}/${hashes['rules']}.pdf`;
    const file = manifest.files.find((each) => each.path === lost);
    const others = manifest.files.filter((each) => each !== file);
    const changed = { ...manifest, files: [...others, { ...file, path: stray }] };
    await mkdir(dirname(join(folder, stray)), { recursive: true });
    await writeFile(join(folder, stray), contents.rules);
    await writeFile(join(folder, 'manifest.json'), JSON.stringify(changed));
    const { disagreements } = await verifyFolder(folder, attachedCatalogue);
    const told = disagreements.map(({ where, message }) => `${where} ${message}`);
    expect(told).toContainEqual(expect.stringMatching(/^internal\/files\/.*目録にありません/));
    expect(told).toContainEqual(expect.stringMatching(/^public\/files\/.*どの回答にもない/));
  });
});
