/** The table as the application sees it. */

import { approval } from '../../schemas/approval.ts';
import { comment } from '../../schemas/comment.ts';
import { askedQuestion } from '../../schemas/asked-question.ts';
import { createContacts } from './contacts.ts';
import type { StorageContext } from './context.ts';
import { createDirectories } from './directories.ts';
import { createDisposals } from './disposals.ts';
import { createForms } from './forms.ts';
import { createFiles } from './files.ts';
import { createFigureReleases } from './figure-releases.ts';
import { createKeptRecords } from './kept-records.ts';
import { createLog } from './log.ts';
import { createNotes } from './notes.ts';
import { createMails } from './mails.ts';
import { createPreviousReturns } from './previous.ts';
import { createReturnStore } from './returns.ts';
import { createRoundSettings } from './round-settings.ts';
import { createRounds } from './rounds.ts';
import { createShareStore } from './shares.ts';
import { createUnitSettings } from './unit-settings.ts';
import { createVersions } from './versions.ts';

export type Store = ReturnType<typeof createStore>;

/**
 * Refusals are outcomes with a problem; an AWS error that retrying did not cure is thrown.
 *
 * @example const store = createStore({ client: tableClient(), table: environment.TABLE_NAME, forms, … });
 */
export function createStore(context: StorageContext) {
  const directories = createDirectories(context);
  return {
    ...directories,
    ...createRounds(context, directories),
    ...createReturnStore(context, directories),
    ...createVersions(context),
    ...createPreviousReturns(context, directories),
    ...createLog(context),
    ...createDisposals(context),
    ...createFiles(context),
    ...createRoundSettings(context),
    ...createFigureReleases(context),
    ...createForms(context),
    ...createShareStore(context),
    ...createUnitSettings(context),
    ...createContacts(context),
    ...createNotes(context),
    ...createMails(context),
    approvals: createKeptRecords(context, { kind: 'APPROVAL', schema: approval }),
    comments: createKeptRecords(context, { kind: 'COMMENT', schema: comment }),
    askedQuestions: createKeptRecords(context, { kind: 'ASKED', schema: askedQuestion }),
  };
}
