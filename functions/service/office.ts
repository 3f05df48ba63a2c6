/** What the office of the prefecture does: rounds, questionnaires, directories, people, mails, figures and editions. */

import { createAccountLog } from '../storage/account-log.ts';
import type { Bucket } from '../storage/bucket.ts';
import type { StorageContext } from '../storage/context.ts';
import type { ExportDispatcher, TakeDownDispatcher } from '../storage/export-dispatch.ts';
import type { Exports } from '../storage/exports.ts';
import type { Publications } from '../storage/publications.ts';
import type { SignOuts } from '../storage/sign-outs.ts';
import type { Store } from '../storage/store.ts';
import type { OperatorLog } from '../platform/logger.ts';
import { createAccounts } from './accounts/accounts.ts';
import type { AccountsDeps } from './accounts/accounts.ts';
import { placesOf } from './accounts/read-accounts.ts';
import { importContacts, saveContact } from './contacts.ts';
import { saveDirectories } from './directories.ts';
import { savePublicAddress, withdrawEdition } from './editions.ts';
import { releaseFigures } from './figure-releases.ts';
import { decideOnForm, saveForm } from './forms.ts';
import { requestMails, saveMailSettings } from './mails.ts';
import { addNote } from './notes.ts';
import { savePrefilled } from './prefilled.ts';
import { publish } from './publish.ts';
import { saveHandout, saveReportSettings, saveRoundTexts } from './round-settings.ts';
import { changeClosing, defineRound, removeRound } from './rounds.ts';
import type { Service } from './service.ts';
import { requestExport } from './start-export.ts';

export type Office = Pick<
  Service,
  | 'accounts'
  | 'addNote'
  | 'changeClosing'
  | 'decideOnForm'
  | 'defineRound'
  | 'importContacts'
  | 'publish'
  | 'releaseFigures'
  | 'removeRound'
  | 'requestMails'
  | 'saveContact'
  | 'saveDirectories'
  | 'saveForm'
  | 'saveHandout'
  | 'saveMailSettings'
  | 'savePrefilled'
  | 'savePublicAddress'
  | 'saveReportSettings'
  | 'saveRoundTexts'
  | 'startExport'
  | 'withdrawEdition'
>;

export interface OfficeSources extends Pick<Service, 'mailSite' | 'offersPublicAddress' | 'readExportFile'> {
  readonly storage: StorageContext;
  readonly store: Store;
  readonly exports: Exports;
  readonly publications: Publications;
  readonly signOuts: SignOuts;
  readonly bucket: Bucket;
  readonly dispatchExport: ExportDispatcher;
  readonly dispatchTakeDown: TakeDownDispatcher;
  readonly people: Pick<AccountsDeps, 'pool' | 'heldBy' | 'now'>;
  readonly log: OperatorLog;
}

export function createOffice(sources: OfficeSources): Office {
  const { storage, store, exports, publications, bucket, signOuts, people, log } = sources;
  const { mailSite: site, offersPublicAddress, readExportFile, dispatchExport, dispatchTakeDown } = sources;
  const { forms, now, randomId, prefecture } = storage;
  return {
    accounts: createAccounts({
      ...people,
      signOuts,
      log: createAccountLog(storage),
      places: async () => {
        const [current, stored] = await Promise.all([store.currentDirectory(), store.storedForms()]);
        return placesOf(current?.directory, [...forms.keys(), ...stored.map(({ form }) => form)]);
      },
      clock: now,
      failed: (error) => log.error('account change failed', error),
    }),
    addNote: (...given) => addNote({ store, forms }, ...given),
    saveContact: (...given) => saveContact(store, ...given),
    importContacts: (...given) => importContacts(store, ...given),
    requestMails: (...given) => requestMails({ forms, store, site, now, randomId }, ...given),
    saveMailSettings: (...given) => saveMailSettings(store, ...given),
    saveDirectories: (...given) => saveDirectories({ store, prefecture }, ...given),
    saveForm: (...given) => saveForm({ store, forms }, ...given),
    decideOnForm: (...given) => decideOnForm({ store, forms }, ...given),
    defineRound: (...given) => defineRound({ store, forms }, ...given),
    removeRound: (...given) => removeRound(store, ...given),
    changeClosing: (...given) => changeClosing({ store, forms, now }, ...given),
    saveReportSettings: (...given) => saveReportSettings(store, ...given),
    saveHandout: (...given) => saveHandout(store, ...given),
    saveRoundTexts: (...given) => saveRoundTexts(store, ...given),
    savePrefilled: (...given) => savePrefilled({ store, forms }, ...given),
    releaseFigures: (...given) => releaseFigures({ store, forms, exports, readExportFile }, ...given),
    startExport: (...given) => requestExport({ exports, dispatch: dispatchExport, randomId, log }, ...given),
    publish: (...given) => publish({ exports, publications, bucket, log }, ...given),
    withdrawEdition: (...given) => withdrawEdition({ publications, dispatchTakeDown, log }, ...given),
    savePublicAddress: (...given) => savePublicAddress({ store, offersPublicAddress, now }, ...given),
  };
}
