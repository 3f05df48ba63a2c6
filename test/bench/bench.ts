/** `npm run bench`: one run that prints ratios (times only where the aim is one), with the aim of each beside it. */

import { benchBundles } from './bundles.ts';
import { benchExport } from './export.ts';
import { benchPages } from './pages.ts';
import { benchSubmission } from './submission.ts';
import { printTable } from './table.ts';
import { benchValidation } from './validation.ts';

const parts = [
  ['(a) validation of the largest fixture of each form', benchValidation],
  ['(b) a submission: the API in process, the DynamoDB emulator on disk', benchSubmission],
  ['(c) an export of a synthetic round: time with an instant bucket, memory with the S3 emulator', benchExport],
  ['(d) the Lambda bundles as they are deployed', benchBundles],
  ['(e) a page as the server renders it', benchPages],
] as const;

for (const [title, measure] of parts) process.stdout.write(printTable(title, await measure()));
