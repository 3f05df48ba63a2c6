/* oxlint-disable no-new -- a construct joins the tree by being made */

import { App } from 'aws-cdk-lib';
import * as z from 'zod';
import { prefectureIds, prefectureNamed } from './prefectures/catalogue.ts';
import { YoriaiStack } from './stack.ts';

const app = new App();
// Without a name every prefecture is synthesized; a deployment then asks which one is meant.
const named = z.string().optional().parse(app.node.tryGetContext('prefecture'));
for (const id of named === undefined ? prefectureIds : [named]) new YoriaiStack(app, prefectureNamed(id));
