import { readFileSync } from 'node:fs';
import { ResourceImpact } from '@aws-cdk/cloudformation-diff';
import { describe, expect, it } from 'vitest';
import { lost, template } from '../../infra/operation/diff/lasting.ts';
import type { Template } from '../../infra/operation/diff/lasting.ts';
import { one, synthesized } from './synthesis.ts';

/** The template of a release, as `cdk synth` wrote it. */
function released(release: string, prefecture: string): Template {
  const url = new URL(`../fixtures/releases/${release}-${prefecture}.template.json`, import.meta.url);
  return template.parse(JSON.parse(readFileSync(url, 'utf8')));
}

describe('an upgrade', () => {
  it.each(synthesized)(
    'from release 0.1.0 replaces no table, bucket, pool, log or address: $prefecture',
    ({ prefecture, template }) => {
      expect(lost(released('0.1.0', prefecture), template.toJSON())).toEqual([]);
    },
  );

  it('that did would be seen: another partition key, a table gone', () => {
    const before = released('0.1.0', 'saitama');
    const id = one(
      Object.keys(before.Resources).filter((key) => before.Resources[key]?.Type === 'AWS::DynamoDB::Table'),
    );
    const other = structuredClone(before);
    Object.assign(other.Resources[id] ?? {}, { Properties: { KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] } });
    expect(lost(before, other)).toEqual([`${id}: ${ResourceImpact.WILL_REPLACE}`]);
    const { [id]: _, ...rest } = before.Resources;
    expect(lost(before, { ...before, Resources: rest })).toEqual([`${id}: ${ResourceImpact.WILL_ORPHAN}`]);
  });
});
