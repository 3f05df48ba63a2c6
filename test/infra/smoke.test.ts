import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checks, runChecks } from '../../infra/operation/smoke/checks.ts';
import { siteAt } from '../../infra/operation/smoke/site.ts';
import type { Deployment } from './deployed/deployment.ts';
import { startDeployment } from './deployed/deployment.ts';
import { synthesisOf } from './synthesis.ts';

let deployment: Deployment;

beforeAll(async () => {
  deployment = await startDeployment(
    synthesisOf('saitama'),
    ['Http'],
    [{ id: 'prefecture', name: '埼玉県担当', groups: ['prefecture'] }],
  );
});
afterAll(() => deployment.stop());

describe('the check after a deployment', () => {
  it('passes what is deployed, under the stage, over https; only the provider beside it is an emulator without TLS', async () => {
    const { origin, basePath } = deployment.shape;
    const lines: string[] = [];
    const site = siteAt(`${origin}${basePath}/`, (address, init) => deployment.fetch(address, init));
    expect(site.secure).toBe(true);
    await runChecks(site, checks, (line) => lines.push(line));
    expect(lines.filter((line) => line.startsWith('正常'))).toHaveLength(checks.length - 1);
    expect(lines.filter((line) => line.startsWith(' '))).toEqual([
      '        サインインの移動先が https ではありません（http:）。',
    ]);
  });
});
