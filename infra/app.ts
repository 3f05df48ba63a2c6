import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import * as z from 'zod';
import { acknowledgeFindings } from './acknowledgements.ts';
import { prefectureIds, prefectureNamed } from './prefectures/catalogue.ts';
import { YoriaiStack } from './stack.ts';
import { writeAssembly } from './write-assembly.ts';

const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
// Without a name every prefecture is synthesized; a deployment then asks which one is meant.
const named = z.string().optional().parse(app.node.tryGetContext('prefecture'));
for (const id of named === undefined ? prefectureIds : [named])
  acknowledgeFindings(new YoriaiStack(app, prefectureNamed(id)));
writeAssembly(app);
