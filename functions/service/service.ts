/** What the API is given: storage, forms, identity and the clock. Nothing here is looked up in the environment. */

import type { Directory } from '../../schemas/directory.ts';
import type { Catalogue } from '../../schemas/form.ts';
import type { Round } from '../../schemas/round.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { PublishedEdition } from '../../schemas/export.ts';
import type { ByteRange } from '../platform/conditional-request.ts';
import type { Exports } from '../storage/exports.ts';
import type { Publications } from '../storage/publications.ts';
import type { Store } from '../storage/store.ts';
import type { importContacts, saveContact } from './contacts.ts';
import type { AccountsService } from './accounts/accounts.ts';
import type { saveDirectories } from './directories.ts';
import type { decideOnForm, saveForm } from './forms.ts';
import type { savePublicAddress, withdrawEdition } from './editions.ts';
import type { addNote } from './notes.ts';
import type { releaseFigures } from './figure-releases.ts';
import type { MailSite, MailSources, requestMails, saveMailSettings } from './mails.ts';
import type { savePrefilled } from './prefilled.ts';
import type { saveHandout, saveReportSettings, saveRoundTexts } from './round-settings.ts';
import type { Returns } from './returns.ts';
import type { Approvals } from './approvals.ts';
import type { Comments } from './comments.ts';
import type { AskedQuestions } from './asked-questions.ts';
import type { Shares } from './shares.ts';
import type { Files } from './files.ts';
import type { changeClosing, defineRound, removeRound } from './rounds.ts';

/** Streams a file of an export or an edition. */
type FileReader<Id> = (round: string, id: Id, path: string, range?: ByteRange) => Promise<ReadableStream<Uint8Array>>;

/** A function of a use case, given already what it reads and writes. */
export type UseCase<F> = F extends (service: never, ...given: infer G) => infer R ? (...given: G) => R : never;

export interface Service {
  /** For reading alone: what is written goes by the use cases. */
  readonly store: Pick<
    Store,
    | 'contact'
    | 'contacts'
    | 'countedReturn'
    | 'currentDirectory'
    | 'directoryCalendar'
    | 'directoryHistory'
    | 'directoryOn'
    | 'directoryDocument'
    | 'directoryOfRound'
    | 'disposal'
    | 'disposals'
    | 'documentText'
    | 'formHistory'
    | 'handout'
    | 'loadForms'
    | 'mails'
    | 'mailSettings'
    | 'log'
    | 'newestLog'
    | 'notes'
    | 'prefilled'
    | 'publicAddress'
    | 'predecessorReturns'
    | 'previousReturn'
    | 'readAhead'
    | 'reportSettings'
    | 'round'
    | 'roundState'
    | 'roundTexts'
    | 'rounds'
    | 'storedForm'
    | 'storedForms'
    | 'version'
    | 'versions'
    | 'versionsOf'
  >;
  readonly recordAccess: Store['recordAccess'];
  readonly saveContact: UseCase<typeof saveContact>;
  readonly importContacts: UseCase<typeof importContacts>;
  readonly mailSources: MailSources;
  /** What mails would say can be looked at where none are sent. */
  readonly mailSite: MailSite & { readonly isSending: boolean };
  readonly requestMails: UseCase<typeof requestMails>;
  readonly saveMailSettings: UseCase<typeof saveMailSettings>;
  readonly now: () => Date;
  readonly saveDirectories: UseCase<typeof saveDirectories>;
  readonly saveForm: UseCase<typeof saveForm>;
  readonly decideOnForm: UseCase<typeof decideOnForm>;
  readonly defineRound: UseCase<typeof defineRound>;
  readonly removeRound: UseCase<typeof removeRound>;
  readonly changeClosing: UseCase<typeof changeClosing>;
  readonly saveReportSettings: UseCase<typeof saveReportSettings>;
  readonly saveHandout: UseCase<typeof saveHandout>;
  readonly saveRoundTexts: UseCase<typeof saveRoundTexts>;
  readonly savePrefilled: UseCase<typeof savePrefilled>;
  readonly releaseFigures: UseCase<typeof releaseFigures>;
  readonly addNote: UseCase<typeof addNote>;
  readonly removeNote: Store['removeNote'];
  readonly returns: Returns;
  readonly shares: Shares;
  readonly questions: AskedQuestions;
  readonly comments: Comments;
  readonly approvals: Approvals;
  readonly files: Files;
  readonly accounts: AccountsService;
  readonly forms: Catalogue;
  readonly exports: Pick<Exports, 'export' | 'exports' | 'latestExport'>;
  readonly startExport: (round: string, actor: string) => Promise<Outcome<{ exportId: string }>>;
  /** Only what the export's manifest names. */
  readonly readExportFile: FileReader<string>;
  /** Only what the edition's manifest names, or that manifest. */
  readonly readEditionFile: FileReader<number>;
  readonly newestEdition: Publications['newestEdition'];
  readonly editions: Publications['editions'];
  readonly withdrawEdition: UseCase<typeof withdrawEdition>;
  readonly savePublicAddress: UseCase<typeof savePublicAddress>;
  /** Whether everybody may come to this deployment: without, no round has a public address. */
  readonly offersPublicAddress: boolean;
  readonly publish: (round: string, exportId: string, actor: string) => Promise<Outcome<PublishedEdition>>;
}

/** Today's directory, or the one the round pins for units that are gone by today. */
export async function directoriesOf(store: Service['store'], round: Round): Promise<readonly Directory[]> {
  const [current, pinned] = await Promise.all([store.currentDirectory(), store.directoryOfRound(round)]);
  return current === undefined ? [pinned] : [current.directory, pinned];
}
