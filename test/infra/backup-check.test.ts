/** The daily look at the copies in Osaka, run as Lambda runs it, with a client of AWS Backup that answers as told. */

import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { directoryForTest } from './directories.ts';
import { runNode } from './processes.ts';
import { root } from './synthesis.ts';

const day = 24 * 60 * 60 * 1000;
const [table, bucket] = ['arn:aws:dynamodb:ap-northeast-1:1:table/t', 'arn:aws:s3:::b'];

interface Copy {
  readonly of: string;
  readonly daysAgo: number;
  readonly status?: string;
}

const client = `
const { vaultAge, copies } = JSON.parse(process.env.ANSWERS);
const day = ${day};
export class DescribeBackupVaultCommand { constructor(input) { Object.assign(this, { input }); } }
export class ListRecoveryPointsByBackupVaultCommand { constructor(input) { Object.assign(this, { input }); } }
export class BackupClient {
  constructor({ region }) { if (region !== 'ap-northeast-3') throw new Error('elsewhere'); }
  async send(command) {
    if (command.input.BackupVaultName !== 'Yoriai-saitama-monthly') throw new Error('another vault');
    if (command instanceof DescribeBackupVaultCommand) return { CreationDate: new Date(Date.now() - vaultAge * day) };
    const { ByResourceArn, ByCreatedAfter } = command.input;
    const found = copies.filter(({ of, daysAgo }) => of === ByResourceArn && Date.now() - daysAgo * day > ByCreatedAfter.getTime());
    return found.length === 0 ? {} : { RecoveryPoints: found.map(({ status = 'COMPLETED' }) => ({ Status: status })) };
  }
}`;

/** What the function prints when it fails; nothing when all is well. */
function check(vaultAge: number, copies: readonly Copy[]): string {
  const folder = directoryForTest();
  cpSync(fileURLToPath(new URL('infra/constructs/backup-check/', root)), folder, { recursive: true });
  const library = join(folder, 'node_modules', '@aws-sdk', 'client-backup');
  mkdirSync(library, { recursive: true });
  writeFileSync(join(library, 'package.json'), '{"type":"module","exports":"./index.js"}');
  writeFileSync(join(library, 'index.js'), client);
  const script = `const { handler } = await import(${JSON.stringify(join(folder, 'index.mjs'))}); await handler({});`;
  const { status, stderr } = runNode(['--input-type=module', '--eval', script], {
    VAULT_NAME: 'Yoriai-saitama-monthly',
    VAULT_REGION: 'ap-northeast-3',
    RESOURCES: JSON.stringify([table, bucket]),
    ANSWERS: JSON.stringify({ vaultAge, copies }),
  });
  if (status === 0) return '';
  return /Error: (.*)/.exec(stderr)?.[1] ?? stderr;
}

describe('the daily check of the copies in Osaka', () => {
  it('is content with a copy of each that is younger than 32 days', () => {
    expect(
      check(400, [
        { of: table, daysAgo: 31 },
        { of: bucket, daysAgo: 1 },
      ]),
    ).toBe('');
  });

  it.each([
    ['of the bucket is missing', [{ of: table, daysAgo: 1 }], bucket],
    [
      'of the table is older',
      [
        { of: table, daysAgo: 33 },
        { of: bucket, daysAgo: 1 },
      ],
      table,
    ],
    [
      'of the table is incomplete',
      [
        { of: table, daysAgo: 1, status: 'PARTIAL' },
        { of: bucket, daysAgo: 1 },
      ],
      table,
    ],
  ])('fails when that %s, and names it', (_what, copies, missing) => {
    expect(check(400, copies)).toBe(`no copy younger than 32 days in ap-northeast-3 of ${missing}`);
  });

  it('waits for the first copy for 33 days, and no longer', () => {
    expect(check(32, [])).toBe('');
    expect(check(34, [])).toContain(`${table} and ${bucket}`);
  });
});
