/* oxlint-disable no-new -- a construct joins the tree by being made */

import { App } from 'aws-cdk-lib';
import * as z from 'zod';
import { prefectureNamed } from './prefectures/catalogue.ts';
import { YoriaiStack } from './stack.ts';

const app = new App();
const prefecture = z.string().default('saitama').parse(app.node.tryGetContext('prefecture'));
new YoriaiStack(app, prefectureNamed(prefecture));
