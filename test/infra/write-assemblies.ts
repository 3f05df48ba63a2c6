/**
 * A program of the tests: writes the cloud assemblies that several files look at, with the functions bundled, into the
 * folder it is given. `catalogue` holds both example prefectures, of which one has the functions as they are bundled for
 * all; `production` one as it is in production.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import * as z from 'zod';
import { prefectureIds, prefectureNamed } from '../../infra/prefectures/catalogue.ts';
import type { Prefecture } from '../../infra/prefectures/schema.ts';
import { YoriaiStack } from '../../infra/stack.ts';
import { writeAssembly } from '../../infra/write-assembly.ts';

const folder = z.string().parse(process.argv[2]);
const { context } = z
  .object({ context: z.record(z.string(), z.unknown()) })
  .parse(JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8')));

const production: Prefecture = {
  ...prefectureNamed('saitama'),
  purpose: 'production',
  domain: {
    name: 'yoriai.pref.example.lg.jp',
    certificateArn: 'arn:aws:acm:ap-northeast-1:123456789012:certificate/00000000-0000-4000-8000-000000000000',
  },
};

for (const [name, prefectures] of [
  ['catalogue', prefectureIds.map(prefectureNamed)],
  ['production', [production]],
] as const) {
  const app = new App({
    context: { ...context, 'aws:cdk:bundling-stacks': ['Yoriai-saitama'] },
    outdir: join(folder, name),
    // Of the shape in production `edges.test.ts` asks the default rules, whose engine takes longer than an assembly.
    builtinCloudFormationValidation: name === 'catalogue',
  });
  // oxlint-disable-next-line no-new -- a construct joins the tree by being made
  for (const prefecture of prefectures) new YoriaiStack(app, prefecture);
  writeAssembly(app);
}
