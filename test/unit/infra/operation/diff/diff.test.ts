import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'diff-'));
afterAll(() => rmSync(folder, { recursive: true }));

const root = fileURLToPath(new URL('../../../../../', import.meta.url));
const alarm = (description: string) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: { AlarmDescription: description, ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 1 },
});
const table = (key: string) => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: { KeySchema: [{ AttributeName: key, KeyType: 'HASH' }] },
});

/** Two releases of one prefecture, and what the command says of the step from one to the other. */
function compared(name: string, before: object, after: object) {
  for (const [release, Resources] of Object.entries({ before, after })) {
    mkdirSync(join(folder, name, release), { recursive: true });
    writeFileSync(join(folder, name, release, 'Yoriai-saitama.template.json'), JSON.stringify({ Resources }));
  }
  const [from, to] = [join(folder, name, 'before'), join(folder, name, 'after')];
  return spawnSync(process.execPath, ['infra/operation/diff.ts', '--from', from, '--to', to], {
    cwd: root,
    encoding: 'utf8',
  });
}

describe('what a deployment would change', () => {
  it('is told in Japanese too, which CloudFormation would give back as question marks', () => {
    const { stdout, status } = compared('words', { A: alarm('出力の失敗') }, { A: alarm('出力が失敗した') });
    expect(stdout).toMatch(/出力の失敗[^]*出力が失敗した/);
    expect(status).toBe(0);
  });

  it('ends with a failure where a table would be replaced', () => {
    const { stdout, status } = compared('table', { T: table('pk') }, { T: table('id') });
    expect(stdout).toContain('配備しないでください: T');
    expect(status).toBe(1);
  });

  it('is nothing where nothing changed', () => {
    expect(compared('same', { T: table('pk') }, { T: table('pk') })).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('変更はありません。'),
    });
  });

  it('cannot be told of folders that share no prefecture', () => {
    const { stderr, status } = spawnSync(
      process.execPath,
      ['infra/operation/diff.ts', '--from', folder, '--to', folder],
      {
        cwd: root,
        encoding: 'utf8',
      },
    );
    expect([status, stderr]).toEqual([1, expect.stringContaining('両方にある県がありません')]);
  });
});
