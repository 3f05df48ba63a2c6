import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { shippedOnly } from '../../../../../infra/operation/sbom/shipped.ts';

const root = fileURLToPath(new URL('../../../../../', import.meta.url));
const development = { name: 'cdx:npm:package:development', value: 'true' };

const whole = {
  bomFormat: 'CycloneDX',
  metadata: { component: { 'bom-ref': 'yoriai@1.0.0', name: 'folder' } },
  components: [
    { 'bom-ref': 'zod@4.0.0', properties: [] },
    { 'bom-ref': 'vitest@5.0.0', properties: [development] },
    { 'bom-ref': 'stray@1.0.0', properties: [{ name: 'cdx:npm:package:extraneous', value: 'true' }] },
  ],
  dependencies: [
    { ref: 'yoriai@1.0.0', dependsOn: ['zod@4.0.0', 'vitest@5.0.0'] },
    { ref: 'vitest@5.0.0', dependsOn: ['zod@4.0.0'] },
    { ref: 'zod@4.0.0', dependsOn: [] },
  ],
};

describe('the bill of materials', () => {
  it('leaves out what only builds or tests, wherever it is named', () => {
    const { components, dependencies } = shippedOnly(whole);
    expect(components.map((each) => each['bom-ref'])).toEqual(['zod@4.0.0']);
    expect(dependencies).toEqual([
      { ref: 'yoriai@1.0.0', dependsOn: ['zod@4.0.0'] },
      { ref: 'zod@4.0.0', dependsOn: [] },
    ]);
  });

  it('names a package once that is installed in two places', () => {
    const twice = { ...whole, components: [...whole.components, ...whole.components] };
    expect(shippedOnly(twice)).toEqual(shippedOnly(whole));
  });

  it('is of the application by its name, not that of the folder', () => {
    expect(shippedOnly(whole).metadata.component['name']).toBe('yoriai');
  });

  it('refuses anything else', () => {
    expect(() => shippedOnly({ spdxVersion: 'SPDX-2.3' })).toThrow();
  });

  it('names every package that the application depends on, also those that its tools use too', () => {
    const { dependencies } = z
      .object({ dependencies: z.record(z.string(), z.string()) })
      .parse(JSON.parse(readFileSync(`${root}package.json`, 'utf8')));
    const { stdout } = spawnSync('npm', ['sbom', '--sbom-format', 'cyclonedx'], { cwd: root, encoding: 'utf8' });
    const refs = shippedOnly(JSON.parse(stdout)).components.map((each) => each['bom-ref']);
    expect(Object.entries(dependencies).filter(([name, version]) => !refs.includes(`${name}@${version}`))).toEqual([]);
    expect(refs.filter((ref) => /^(?:vitest|aws-cdk|aws-cdk-lib|typescript)@/.test(ref))).toEqual([]);
  }, 60_000);
});
