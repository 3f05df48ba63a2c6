/** The documents name alarms, commands and files; what they name is there. */

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { acknowledgements } from '../../infra/acknowledgements.ts';
import { grantsTable } from '../../infra/operation/evidence/grants-table.ts';
import { ofType, root, synthesisOf, synthesized, synthesizeOwnPages } from './synthesis.ts';
import type { Synthesis } from './synthesis.ts';

const folder = new URL('infra/documents/', root);
const names = readdirSync(folder).filter((name) => name.endsWith('.md'));

function read(name: string): string {
  return readFileSync(new URL(name, folder), 'utf8');
}

function headingsOf(document: string): string[] {
  return [...document.matchAll(/^#{2,3} (.+)$/gm)].map(([, heading = '']) => heading);
}

/** What stands between back quotes, fenced commands included. */
function quoted(document: string): string[] {
  return [...document.matchAll(/```[^\n]*\n(.*?)```|`([^`\n]+)`/gs)].map(
    ([, fenced, inline]) => fenced ?? inline ?? '',
  );
}

const ownPages = synthesizeOwnPages();
const runbook = read('runbook.ja.md');
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(new URL('package.json', root), 'utf8')));

describe('the runbook', () => {
  const described = [...synthesized, ownPages].flatMap((synthesis) =>
    ofType(synthesis, 'AWS::CloudWatch::Alarm').map(({ id, Properties }) => ({
      id,
      heading: /\n手引: 「(.+)」$/.exec(z.string().parse(Properties['AlarmDescription']))?.[1],
    })),
  );

  it('has a section for every alarm', () => {
    expect(described.length).toBeGreaterThan(20);
    const headings: readonly (string | undefined)[] = headingsOf(runbook);
    expect(described.filter(({ heading }) => !headings.includes(heading))).toEqual([]);
  });

  it('says of every alarm what it means, what to look at first and what to do', () => {
    const answering = runbook.slice(runbook.indexOf('## 通報への対応'), runbook.indexOf('## 利用をやめる'));
    const sections = answering.split(/^### /m).slice(1);
    expect(sections.length).toBeGreaterThan(8);
    const asked = sections.filter((section) => !section.startsWith('市町村から'));
    for (const section of asked) expect(section).toMatch(/\*\*意味\*\*.*\*\*まず\*\*.*\*\*対応\*\*/s);
  });

  it('has no section about an alarm that there is none of', () => {
    const headings = new Set(described.map(({ heading }) => heading));
    const answering = runbook.slice(runbook.indexOf('## 通報への対応'), runbook.indexOf('## 利用をやめる'));
    expect(headingsOf(answering.replace(/^## .*$/m, '')).filter((heading) => !headings.has(heading))).toEqual([]);
  });

  it('names the resources that a person looks for as the template does', () => {
    const ids = synthesisOf('saitama').resources.map(({ id }) => id);
    const named = quoted(runbook).filter(
      (name) =>
        /^(?:Gateway|Bucket|Http|Export|Disposal|Daily|DeadLetters)[A-Za-z]+$/.test(name) &&
        // Outputs.
        !['BucketName', 'HttpFunctionName'].includes(name),
    );
    expect(new Set(named).size).toBeGreaterThan(6);
    expect(named.filter((name) => !ids.some((id) => id.startsWith(name)))).toEqual([]);
  });
});

describe.each(names)('%s', (name) => {
  const document = read(name);

  it('names commands that there are', () => {
    const commands = quoted(document).flatMap((text) =>
      [...text.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, command = '']) => command),
    );
    expect(commands.filter((command) => !Object.hasOwn(scripts, command))).toEqual([]);
  });

  it('names files that there are', () => {
    const paths = quoted(document).filter((text) =>
      /^(?:functions|infra|schemas|test)\/\S*$|^[\w-]+\.(?:json|md)$/.test(text),
    );
    expect(paths.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
  });

  it('links to documents and sections that there are', () => {
    const links = [...document.matchAll(/\]\(([^#)]*)(?:#([^)]+))?\)/g)].map(([link, file = '', section]) => ({
      link,
      file,
      section,
    }));
    const isThere = ({ file, section }: (typeof links)[number]): boolean =>
      (file === '' || names.includes(file)) &&
      (section === undefined || headingsOf(file === '' ? document : read(file)).includes(section));
    expect(links.filter((link) => !isThere(link))).toEqual([]);
  });
});

describe('the table of what only an account can prove', () => {
  const [, section = ''] = runbook.split('## アカウントでしか確かめられないこと');
  const rows = [...section.matchAll(/^\| (?<what>[^|-][^|]*) \| (?<command>[^|]+) \| (?<failure>[^|]+) \|$/gm)]
    .map(({ groups }) => groups ?? {})
    .filter(({ command }) => command !== '確かめ方');

  it('has some twenty things, each with what proves it and what it shows otherwise', () => {
    expect(rows.length).toBeGreaterThanOrEqual(20);
    for (const { command, failure } of rows) expect([command?.trim(), failure?.trim()]).not.toContain('');
  });

  it('quotes what the checks of an account print as they print it', () => {
    const source = ['account-checks.ts', 'checks.ts', 'findings.ts', 'sign-in-checks.ts']
      .map((name) => readFileSync(new URL(`infra/operation/smoke/${name}`, root), 'utf8'))
      .join('\n');
    const ofSmoke = rows.filter(({ command }) => command?.includes('npm run smoke') === true);
    expect(ofSmoke.length).toBeGreaterThan(8);
    for (const { failure = '' } of ofSmoke) {
      const words = [...failure.matchAll(/「([^」…]+)/g)].map(([, each = '']) => each);
      expect(words.length).toBeGreaterThan(0);
      expect(words.filter((each) => !source.includes(each))).toEqual([]);
    }
  });
});

describe('giving it up', () => {
  const [, section = ''] = runbook.split('## 利用をやめる');
  const place = (name: string): number => section.indexOf(name);

  it('names every kind of thing that stays when the stack goes', () => {
    const kinds: Readonly<Record<string, string>> = {
      'AWS::DynamoDB::Table': '表（DynamoDB）',
      'AWS::S3::Bucket': 'バケット',
      'AWS::Cognito::UserPool': 'ユーザープール',
      'AWS::KMS::Key': '鍵（KMS）',
      'AWS::Logs::LogGroup': '関数のログ',
      'AWS::Backup::BackupVault': '東京の保管庫',
      'AWS::IAM::Role': '控えの役割（IAM）',
    };
    const stays = synthesisOf('saitama').resources.filter(({ DeletionPolicy }) => DeletionPolicy === 'Retain');
    expect(stays.filter(({ Type }) => place(kinds[Type] ?? '-') === -1)).toEqual([]);
  });

  it('lets the vaults run empty before the roles go, and the roles before the key, which nothing encrypted outlives', () => {
    const order = ['表（DynamoDB）', '東京の保管庫', '大阪の保管庫', '控えの役割（IAM）', '鍵（KMS）'].map(place);
    expect(order).not.toContain(-1);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });
});

describe('the list of permissions', () => {
  it('is what the template allows', async () => {
    const table = grantsTable(synthesisOf('saitama').template.toJSON());
    await expect(table).toMatchFileSnapshot('../../infra/documents/permissions.ja.md');
  });

  it('has an annex of what our own sign-in pages add, which take nothing away', async () => {
    const rowsOf = (synthesis: Synthesis): string[] =>
      grantsTable(synthesis.template.toJSON())
        .split('\n')
        .filter((line) => line.startsWith('|'));
    const without = rowsOf(synthesisOf('saitama'));
    const own = rowsOf(ownPages);
    expect(without.filter((row) => !own.includes(row))).toEqual([]);
    const annex = [
      '# 別紙2 サイト自身のサインインの画面（own）で加わる権限',
      '',
      '`identity.signIn` が `own` の配備の役割は、[別紙](permissions.ja.md)に次の行を加えたものです。',
      '全体は、配備ごとに `npm run evidence` で作成できます。手で書き換えません。',
      '',
      ...without.slice(0, 2),
      ...own.filter((row) => !without.includes(row)),
      '',
    ];
    await expect(annex.join('\n')).toMatchFileSnapshot('../../infra/documents/permissions-own.ja.md');
  });
});

describe('the estimate of costs', () => {
  it('counts rules of firewalls and metrics of alarms as the template has them', () => {
    const estimate = read('cost.ja.md');
    const rules = ofType(synthesisOf('saitama'), 'AWS::WAFv2::WebACL').map(
      ({ Properties }) => z.array(z.unknown()).parse(Properties['Rules']).length,
    );
    expect(estimate).toContain(`ルール ${rules.join('と')} 各$1`);
    // One of its own, or those that it adds up.
    const metrics = ofType(synthesisOf('saitama'), 'AWS::CloudWatch::Alarm').map(({ Properties }) =>
      Math.max(1, JSON.stringify(Properties).match(/"MetricStat"/g)?.length ?? 0),
    );
    expect(estimate).toContain(`アラームのメトリクス${metrics.reduce((sum, each) => sum + each, 0)} 各$0.1`);
  });
});

describe('the description for the security officer', () => {
  it('gives a reason for every finding that is acknowledged, and for no other', () => {
    const rules = new Set(acknowledgements.map(({ id }) => /^AwsSolutions-(\w+)/.exec(id)?.[1] ?? id));
    const [, section = ''] = read('security.ja.md').split('| 受け入れた指摘 |');
    const described = new Set(section.match(/\b[A-Z]+\d\b/g));
    expect(described).toEqual(rules);
  });
});
