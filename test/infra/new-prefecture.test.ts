/** `npm run new-prefecture`, in a copy of the repository: what it writes synthesizes, and what it refuses is not there. */

import { cpSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { addPrefecture } from '../../infra/operation/new-prefecture/add.ts';
import { options, settingsIn } from '../../infra/operation/new-prefecture/options.ts';
import { prefectureIds, prefectureNamed } from '../../infra/prefectures/catalogue.ts';
import { directoryForFile } from './directories.ts';
import { runNode } from './processes.ts';
import type { Ended } from './processes.ts';
import { cdkSettings, root, synthesize, withoutDefaultRules } from './synthesis.ts';

const { context } = cdkSettings;

const copy = directoryForFile();
const tochigi = {
  id: 'tochigi',
  code: '090000',
  name: '栃木県',
  department: '保健福祉部 障害福祉課',
  phone: '028-000-0000',
  email: 'shofuku@tochigi.example',
};

function run(script: string, args: readonly string[], environment: Record<string, string> = {}): Ended {
  const program = ['--import', './infra/node-version.mjs', script, ...args];
  return runNode(program, { PATH: process.env['PATH'] ?? '', ...environment }, copy);
}

function argumentsOf(given: Readonly<Record<string, string>>): string[] {
  return Object.entries(given).flatMap(([name, value]) => [`--${name}`, value]);
}

function add(given: Readonly<Record<string, string>>): Ended {
  return run('infra/operation/new-prefecture.ts', argumentsOf(given));
}

/** What the command does with its options, without a process of its own. */
async function addHere(given: Readonly<Record<string, string>>): Promise<void> {
  const { values } = parseArgs({ args: argumentsOf(given), options });
  await addPrefecture(join(copy, 'infra/prefectures'), settingsIn(values), prefectureIds.map(prefectureNamed));
}

function files(): string[] {
  return readdirSync(join(copy, 'infra/prefectures')).toSorted();
}

/** A template as text. What is not bundled has no name to compare; bundles are the same in `deployed.test.ts`. */
function withoutCode(template: unknown): string {
  return JSON.stringify(template).replaceAll(/[0-9a-f]{64}\.zip/g, 'code.zip');
}

beforeAll(() => {
  const from = fileURLToPath(root);
  cpSync(join(from, 'infra'), join(copy, 'infra'), { recursive: true });
  for (const name of ['schemas', 'functions', 'node_modules', 'package.json', 'package-lock.json', 'tsconfig.json'])
    symlinkSync(join(from, name), join(copy, name));
});

describe('a new prefecture is refused, and nothing is written,', () => {
  it.each([
    [
      'without what must be said',
      { id: 'tochigi', code: '090000' },
      '--name、--department、--phone、--email を指定してください。',
    ],
    ['with an option that does not exist', { ...tochigi, colour: 'green' }, '使い方: npm run new-prefecture'],
  ])('%s, by the command', (_when, given, message) => {
    const before = files();
    const ended = add(given);
    expect(ended.status).toBe(1);
    expect(ended.stderr).toContain(message);
    expect(files()).toEqual(before);
  });

  it.each([
    ['under a name that is taken', { ...tochigi, id: 'saitama' }, '「saitama」という名前のファイルがすでにあります。'],
    ['under a name that is none', { ...tochigi, id: '../tochigi' }, '--id には英小文字'],
    ['with the code of another', { ...tochigi, code: '110001' }, 'code: 110001 は「saitama」の設定にあります。'],
    [
      'with the sign-in address of another',
      { ...tochigi, 'domain-prefix': 'yoriai-gunma' },
      'は「gunma」の設定にあります。',
    ],
    ['with a wrong code', { ...tochigi, code: '090001' }, 'code: 市町村コードの検査数字'],
    ['with a wrong telephone number', { ...tochigi, phone: '28' }, 'contact.phone: '],
    ['in production without a domain', { ...tochigi, purpose: 'production' }, 'domain: 本番（production）では'],
    ['with a domain but no certificate', { ...tochigi, domain: 'a.tochigi.example' }, 'domain.certificateArn: '],
    ['for another purpose', { ...tochigi, purpose: 'test' }, '--purpose には'],
  ])('%s', async (_when, given, message) => {
    const before = files();
    await expect(addHere(given)).rejects.toThrow(message);
    expect(files()).toEqual(before);
  });
});

describe('a new prefecture', () => {
  it('has a file, and word of what to look at next', () => {
    const ended = add({ ...tochigi, division: "障害福祉課'福祉担当'" });
    expect(ended).toMatchObject({ status: 0, stderr: '' });
    expect(ended.stdout).toContain('infra/prefectures/tochigi.json を作成し');
    expect(ended.stdout).toContain('npx cdk synth --quiet -c prefecture=tochigi');
    expect(JSON.parse(readFileSync(join(copy, 'infra/prefectures/tochigi.json'), 'utf8'))).toMatchObject({
      code: '090000',
      division: "障害福祉課'福祉担当'",
      alarmRecipients: [tochigi.email],
    });
  });

  it('is there once: a second time it is refused', () => {
    expect(add(tochigi)).toMatchObject({ status: 1, stdout: '' });
  });

  it('synthesizes, and what there was is the same to the last letter', () => {
    const directory = join(copy, 'cdk.out');
    // The functions are the same for every prefecture, and so is what the default rules look at.
    const given = { ...context, 'aws:cdk:bundling-stacks': [] };
    const ended = run('infra/app.ts', [], {
      CDK_OUTDIR: directory,
      CDK_CONTEXT_JSON: JSON.stringify(given),
      ...withoutDefaultRules,
    });
    expect(ended.stderr).not.toContain('Error');
    expect(ended.status).toBe(0);
    const written = (id: string): string => readFileSync(join(directory, `Yoriai-${id}.template.json`), 'utf8');
    expect(written('tochigi')).toContain('"PREFECTURE_CODE": "090000"');
    const again = synthesize(prefectureNamed('saitama')).template.toJSON();
    expect(withoutCode(JSON.parse(written('saitama')))).toBe(withoutCode(again));
  });
});
