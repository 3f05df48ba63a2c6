/** The same office, whose code is loaded when the first of it is asked for: most who come are municipalities that answer. */

import { loadedOnce } from '../../schemas/once.ts';
import type { Office, OfficeSources } from './office.ts';

export function officeWhenAsked(sources: OfficeSources): Office {
  const office = loadedOnce(async () => {
    const { createOffice } = await import('./office.ts');
    return createOffice(sources);
  });
  const accounts = async (): Promise<Office['accounts']> => (await office()).accounts;
  return {
    accounts: {
      heldBy: sources.people.heldBy,
      log: { newest: async (...given) => (await accounts()).log.newest(...given) },
      find: async (...given) => (await accounts()).find(...given),
      told: async (...given) => (await accounts()).told(...given),
      account: async (...given) => (await accounts()).account(...given),
      page: async (...given) => (await accounts()).page(...given),
      everybody: async function* told() {
        yield* (await accounts()).everybody();
      },
      unitsWithout: async (units) => (await accounts()).unitsWithout(units),
      invite: async (...given) => (await accounts()).invite(...given),
      change: async (...given) => (await accounts()).change(...given),
      renewPassword: async (...given) => (await accounts()).renewPassword(...given),
      removeAuthenticator: async (...given) => (await accounts()).removeAuthenticator(...given),
      propose: async (...given) => (await accounts()).propose(...given),
      apply: async (...given) => (await accounts()).apply(...given),
    },
    addNote: async (...given) => (await office()).addNote(...given),
    saveContact: async (...given) => (await office()).saveContact(...given),
    importContacts: async (...given) => (await office()).importContacts(...given),
    requestMails: async (...given) => (await office()).requestMails(...given),
    saveMailSettings: async (...given) => (await office()).saveMailSettings(...given),
    saveDirectories: async (...given) => (await office()).saveDirectories(...given),
    saveForm: async (...given) => (await office()).saveForm(...given),
    decideOnForm: async (...given) => (await office()).decideOnForm(...given),
    defineRound: async (...given) => (await office()).defineRound(...given),
    removeRound: async (...given) => (await office()).removeRound(...given),
    changeClosing: async (...given) => (await office()).changeClosing(...given),
    saveReportSettings: async (...given) => (await office()).saveReportSettings(...given),
    saveHandout: async (...given) => (await office()).saveHandout(...given),
    saveRoundTexts: async (...given) => (await office()).saveRoundTexts(...given),
    savePrefilled: async (...given) => (await office()).savePrefilled(...given),
    releaseFigures: async (...given) => (await office()).releaseFigures(...given),
    startExport: async (...given) => (await office()).startExport(...given),
    publish: async (...given) => (await office()).publish(...given),
    withdrawEdition: async (...given) => (await office()).withdrawEdition(...given),
    savePublicAddress: async (...given) => (await office()).savePublicAddress(...given),
  };
}
