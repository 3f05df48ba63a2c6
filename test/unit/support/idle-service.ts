/** For pages that ask for nothing but who is there: the rounds are none, and whatever else is called for is a mistake. */

import type { Service } from '../../../functions/service/service.ts';
import { createReturns, noUploads } from '../../../functions/service/returns.ts';
import { createAskedQuestions } from '../../../functions/service/asked-questions.ts';
import { createComments } from '../../../functions/service/comments.ts';
import { createApprovals } from '../../../functions/service/approvals.ts';
import { createShares } from '../../../functions/service/shares.ts';
import { tableClient } from '../../../functions/storage/client.ts';
import { runtimeStorage } from '../../../functions/storage/runtime.ts';
import { createStore } from '../../../functions/storage/store.ts';

export function idleService(): Service {
  const unused = (): never => {
    throw new Error('not asked for here');
  };
  const forms = new Map();
  // Signing in asks the store for the rounds and for nothing else: nobody listens at that address.
  const storage = runtimeStorage(tableClient('http://127.0.0.1:1'), 'none', forms);
  const store = { ...createStore(storage), rounds: async () => [] };
  const returns = createReturns(store, storage, noUploads);
  const exports = { export: unused, exports: unused, latestExport: unused };
  return {
    store,
    returns,
    shares: createShares(store, storage),
    approvals: createApprovals(store, storage),
    comments: createComments(store.comments, storage),
    questions: createAskedQuestions(store.askedQuestions, storage),
    files: { sendFile: unused, sentFile: unused },
    accounts: {
      heldBy: 'pool',
      find: unused,
      told: unused,
      account: unused,
      page: unused,
      everybody: async function* nobody() {},
      unitsWithout: unused,
      invite: unused,
      change: unused,
      renewPassword: unused,
      removeAuthenticator: unused,
      propose: unused,
      apply: unused,
      log: { newest: unused },
    },
    forms,
    exports,
    recordAccess: unused,
    saveDirectories: unused,
    defineRound: unused,
    mailSources: { store, forms },
    mailSite: { url: '', prefectureName: '', contact: { department: '', phone: '', email: '' }, isSending: false },
    requestMails: unused,
    saveMailSettings: unused,
    now: storage.now,
    saveContact: unused,
    importContacts: unused,
    addNote: unused,
    removeNote: unused,
    removeRound: unused,
    changeClosing: unused,
    saveForm: unused,
    decideOnForm: unused,
    saveReportSettings: unused,
    saveHandout: unused,
    saveRoundTexts: unused,
    savePrefilled: unused,
    releaseFigures: unused,
    startExport: unused,
    readExportFile: unused,
    readEditionFile: unused,
    newestEdition: unused,
    editions: unused,
    withdrawEdition: unused,
    savePublicAddress: unused,
    offersPublicAddress: false,
    publish: unused,
  };
}
