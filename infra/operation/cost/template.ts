import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import * as z from 'zod';
import { prefectureNamed } from '../../prefectures/catalogue.ts';
import { YoriaiStack } from '../../stack.ts';

const settings = z.object({ context: z.record(z.string(), z.unknown()) });

/** The template of a prefecture, without building what its functions run. */
export function templateOf(prefecture: string): unknown {
  const { context } = settings.parse(JSON.parse(readFileSync(new URL('../../../cdk.json', import.meta.url), 'utf8')));
  const outdir = mkdtempSync(join(tmpdir(), 'yoriai-cost-'));
  try {
    const app = new App({ context: { ...context, 'aws:cdk:bundling-stacks': [] }, outdir });
    const { stackName } = new YoriaiStack(app, prefectureNamed(prefecture));
    return app.synth().getStackByName(stackName).template;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
