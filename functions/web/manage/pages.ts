/** The pages of rounds, mails, the directory and people, as the prefecture manages them. A new one adds its line here. */

import type { RegisterPages } from '../shared/visit.ts';
import { newRoundPages } from './new-round.tsx';
import { roundSettingsPages } from './round-settings.tsx';
import { roundTextsPages } from './round-texts.tsx';
import { prefilledPages } from './prefilled.tsx';
import { mailsPages } from './mails.tsx';
import { mailTextPages } from './mail-text.tsx';
import { mailRequestPages } from './mail-request.tsx';
import { roundUnitsPages } from './round-units.tsx';
import { roundOpeningPages } from './round-opening.tsx';
import { roundClosingPages } from './round-closing.tsx';
import { roundRemovalPages } from './round-removal.tsx';
import { logPages } from './log.tsx';
import { guidePages } from './guide.tsx';
import { calendarPages } from './calendar.tsx';
import { notesPages } from './notes.tsx';
import { contactsPages } from './contacts.tsx';
import { contactPages } from './contact.tsx';
import { accountsPages } from './accounts.tsx';
import { accountsImportPages } from './accounts-import.tsx';
import { accountPages } from './account.tsx';
import { officeLogPages } from './office-log.tsx';
import { directoryPages } from './directory.tsx';
import { directoryImportPages } from './directory-import.ts';
import { directoryClassesPages } from './directory-classes.tsx';
import { reorganisationPages } from './reorganisation.ts';

export const pages: readonly RegisterPages[] = [
  newRoundPages,
  roundSettingsPages,
  roundTextsPages,
  prefilledPages,
  mailsPages,
  mailTextPages,
  mailRequestPages,
  roundUnitsPages,
  roundOpeningPages,
  roundClosingPages,
  roundRemovalPages,
  logPages,
  guidePages,
  calendarPages,
  notesPages,
  contactsPages,
  contactPages,
  accountsPages,
  accountsImportPages,
  accountPages,
  officeLogPages,
  directoryPages,
  directoryImportPages,
  directoryClassesPages,
  reorganisationPages,
];
