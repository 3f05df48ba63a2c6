/** The one catalogue of the web's URLs. Under a gateway's stage every one begins with the base path. */

import type { ReturnKey } from '../../../schemas/return.ts';
import { publicPath } from '../../domain/public-address.ts';
import { sharedPath } from '../../domain/sharing.ts';
import { withParameters } from './address.ts';

const part = encodeURIComponent;

export function createPaths(base: string) {
  const round = (id: string): string => `${base}/rounds/${part(id)}`;
  const ofReturn = ({ round: id, form, unit }: ReturnKey): string => `${round(id)}/returns/${part(form)}/${part(unit)}`;
  const ofForm = (form: string, version: number): string => `${base}/forms/${part(form)}/${version}`;
  return {
    home: `${base}/`,
    signIn: `${base}/sign-in`,
    /** Leaves for the identity provider. */
    signInStart: `${base}/sign-in/start`,
    signedIn: `${base}/sign-in/callback`,
    /** The steps of signing in on our own pages. */
    newPassword: `${base}/sign-in/new-password`,
    authenticator: `${base}/sign-in/authenticator`,
    signInCode: `${base}/sign-in/code`,
    lostAuthenticator: `${base}/sign-in/lost-authenticator`,
    forgottenPassword: `${base}/sign-in/forgotten-password`,
    resetPassword: `${base}/sign-in/reset-password`,
    signOut: `${base}/sign-out`,
    asset: (name: string) => `${base}/assets/${name}`,

    /** The municipality's return: task list, sections, entries, check, receipt, history. */
    return: ofReturn,
    section: (key: ReturnKey, section: string) => `${ofReturn(key)}/sections/${part(section)}`,
    entry: (key: ReturnKey, section: string, entry: string) =>
      `${ofReturn(key)}/sections/${part(section)}/entries/${part(entry)}`,
    /** A file that was sent for a question of it. */
    file: (key: ReturnKey, sha256: string) => `${ofReturn(key)}/files/${sha256}`,
    /** Where files are sent for the question at a path. */
    attachments: (key: ReturnKey, path: string) => `${ofReturn(key)}/attachments/${part(path)}`,
    takeover: (key: ReturnKey) => `${ofReturn(key)}/takeover`,
    /** Links for colleagues, and where one of them leads. */
    shares: (key: ReturnKey) => `${ofReturn(key)}/shares`,
    shared: (key: ReturnKey, secret: string) => `${base}${sharedPath(key, secret)}`,
    /** The approval by a second person of the municipality. */
    approval: (key: ReturnKey) => `${ofReturn(key)}/approval`,
    /** What is said inside the municipality, from the page of a section, about a question of it. */
    comments: (key: ReturnKey, section?: string, question?: string) =>
      withParameters(`${ofReturn(key)}/comments`, { section, path: question }),
    /** Questions to the prefecture: of a return, of a round, and one to be answered. */
    questions: (key: ReturnKey, section?: string, question?: string) =>
      withParameters(`${ofReturn(key)}/questions`, { section, path: question }),
    roundQuestions: (id: string) => `${round(id)}/questions`,
    question: (key: ReturnKey, id: string) => `${ofReturn(key)}/questions/${part(id)}`,
    check: (key: ReturnKey) => `${ofReturn(key)}/check`,
    submission: (key: ReturnKey) => `${ofReturn(key)}/submission`,
    receipt: (key: ReturnKey) => `${ofReturn(key)}/receipt`,
    withdrawal: (key: ReturnKey) => `${ofReturn(key)}/withdrawal`,
    help: (key: ReturnKey) => `${ofReturn(key)}/help`,
    print: (key: ReturnKey) => `${ofReturn(key)}/print`,
    workbook: (key: ReturnKey) => `${ofReturn(key)}/workbook`,
    results: (key: ReturnKey) => `${ofReturn(key)}/results`,
    resultFile: (key: ReturnKey, path: string) => `${ofReturn(key)}/results/${path}`,
    workbookMarked: (key: ReturnKey) => `${ofReturn(key)}/workbook/marked`,
    workbookFile: (key: ReturnKey) => `${ofReturn(key)}/workbook/file`,
    emptyForm: (key: ReturnKey) => `${ofReturn(key)}/print/empty`,
    history: (key: ReturnKey) => `${ofReturn(key)}/history`,
    version: (key: ReturnKey, version: number) => `${ofReturn(key)}/history/${version}`,
    /** A version as a file to keep. */
    copy: (key: ReturnKey, version: number, format: string) => `${ofReturn(key)}/history/${version}/${format}`,
    printVersion: (key: ReturnKey, version: number) => `${ofReturn(key)}/print?version=${version}`,

    round,
    review: (key: ReturnKey) => `${ofReturn(key)}/review`,
    /** More time for a return, or that it will not come. */
    exceptions: (key: ReturnKey) => `${ofReturn(key)}/exceptions`,
    /** What the prefecture enters for a unit. */
    onBehalf: (key: ReturnKey) => `${ofReturn(key)}/on-behalf`,
    /** 職権訂正: what the prefecture corrects of what was submitted. */
    correction: (key: ReturnKey) => `${ofReturn(key)}/correction`,
    /** What a correction would change in the figures. */
    correctionEffect: (key: ReturnKey) => `${ofReturn(key)}/effect`,
    decision: (key: ReturnKey) => `${ofReturn(key)}/decision`,
    decisions: (id: string) => `${round(id)}/decisions`,
    queue: (id: string) => `${round(id)}/queue`,
    summary: (id: string) => `${round(id)}/summary`,
    analysis: (id: string) => `${round(id)}/analysis`,
    exports: (id: string) => `${round(id)}/exports`,
    export: (id: string, exportId: string) => `${round(id)}/exports/${part(exportId)}`,
    exportFile: (id: string, exportId: string, path: string) => `${round(id)}/exports/${part(exportId)}/files/${path}`,
    exportArchive: (id: string, exportId: string) => `${round(id)}/exports/${part(exportId)}/archive`,
    releases: (id: string) => `${round(id)}/releases`,
    publication: (id: string, exportId: string) => `${round(id)}/exports/${part(exportId)}/publication`,
    /** 公表版と公開用アドレス, the record of one, and 公表の取りやめ. */
    editions: (id: string) => `${round(id)}/publications`,
    edition: (id: string, edition: number) => `${round(id)}/publications/${edition}`,
    editionWithdrawal: (id: string, edition: number) => `${round(id)}/publications/${edition}/withdrawal`,
    /** Where everybody reads an edition, or a file of it. */
    publicEdition: (...given: Parameters<typeof publicPath>) => `${base}${publicPath(...given)}`,
    log: (id: string) => `${round(id)}/log`,
    newRound: `${base}/rounds/new`,
    roundSettings: (id: string) => `${round(id)}/settings`,
    roundUnits: (id: string) => `${round(id)}/units`,
    roundOpening: (id: string) => `${round(id)}/opening`,
    /** Ending it now, and taking it up again. */
    roundClosing: (id: string) => `${round(id)}/closing`,
    roundRemoval: (id: string) => `${round(id)}/removal`,
    /** メール: of a round, the words of one event's, and one to be sent. */
    mails: (id: string) => `${round(id)}/mails`,
    mailText: (id: string, event: string) => `${round(id)}/mails/texts/${event}`,
    newMail: (id: string) => `${round(id)}/mails/new`,
    prefilled: (id: string) => `${round(id)}/prefilled`,
    handout: (id: string) => `${round(id)}/handout`,
    roundTexts: (id: string) => `${round(id)}/texts`,
    /** 依頼文 and 記入要領 of a round, as municipalities read them. */
    roundGuide: (id: string) => `${round(id)}/guide`,
    /** The questionnaires, and what is done with one version. */
    forms: `${base}/forms`,
    formImport: `${base}/forms/import`,
    /** How the workbook of a questionnaire is written, and one to begin with. */
    formGuide: `${base}/forms/guide`,
    sampleWorkbook: `${base}/forms/sample`,
    form: ofForm,
    formTrial: (form: string, version: number) => `${ofForm(form, version)}/trial`,
    formWorkbook: (form: string, version: number) => `${ofForm(form, version)}/workbook`,
    formComparison: (form: string, version: number) => `${ofForm(form, version)}/comparison`,
    formAdoption: (form: string, version: number) => `${ofForm(form, version)}/adoption`,
    newInquiry: `${base}/inquiries/new`,
    /** 連絡先: of every municipality, and of one. */
    contacts: `${base}/contacts`,
    contact: (unit: string) => `${base}/contacts/${part(unit)}`,
    /** The course of the year, what is planned in it, and what was written down for whoever comes after. */
    guide: `${base}/guide`,
    calendar: `${base}/calendar`,
    notes: `${base}/notes`,
    /** People, for who manages them. */
    accounts: `${base}/accounts`,
    newAccount: `${base}/accounts/new`,
    accountsImport: `${base}/accounts/import`,
    accountsLacking: `${base}/accounts/lacking`,
    account: (id: string) => `${base}/accounts/${part(id)}`,
    /** What was done with people and the directory. */
    officeLog: `${base}/office-log`,
    directory: `${base}/directory`,
    directoryImport: `${base}/directory/import`,
    directoryClasses: `${base}/directory/classes`,
    directoryKinds: `${base}/directory/kinds`,
    /** 合併・分割・市制施行. */
    reorganisation: `${base}/directory/reorganisation`,
  };
}

export type Paths = ReturnType<typeof createPaths>;
