/**
 * Every key of the table. One table, `pk` and `sk`, no index to lag behind; all reads that decide are strongly
 * consistent.
 *
 *     ROUNDS                        LIST                  every round's definition, an attribute each
 *     ROUNDS                        REVISION              another word whenever the list changes: who has the list need not read it
 *     ROUND#<round>                 META                  the last log number, the definition, the directory version;
 *                                                         of a round that was disposed of, the record of that
 *     ROUND#<round>                 HEAD#<form>#<unit>    what stands of a return that somebody has started
 *     ROUND#<round>                 REPORT                what the prefecture says about the report beside its numbers
 *     ROUND#<round>                 TEXTS                 what it tells municipalities about the round
 *     ROUND#<round>                 PUBLIC                whether its editions stand at a public address, and since when
 *     ROUND#<round>                 MAILS                 what is said about its mails, and their words
 *     ROUND#<round>                 SHARE#<form>#<unit>#<hash>  a link for a colleague, by the hash of the random text in it
 *     ROUND#<round>                 ASKED#<form>#<unit>#<id>    a question to the prefecture, and its answer
 *     ROUND#<round>                 COMMENT#<form>#<unit>#<id>  what is said inside a municipality about a question
 *     ROUND#<round>                 APPROVAL#<form>#<unit>#<n>  that a second person has approved the draft, by its revision
 *     UNITS                         <unit>                what a unit has settled for all its returns
 *     NOTES                         <instant>#<random>    what the prefecture wrote down for whoever comes after
 *     CONTACTS                      <unit>                whom the prefecture writes to and telephones in a municipality
 *     RETURN#<round>#<form>#<unit>  DRAFT                 the answers as last saved, with a revision per part
 *     RETURN#<round>#<form>#<unit>  V#0001                an immutable version
 *     EVENT#<round>#<shard>         <form>#<unit>#<n>     what happened to a return and has no log number yet
 *     LOG#<round>                   000000000123          a numbered log entry
 *     GATE#<round>                  <shard>               counts the returns that were begun; a change of what they were
 *                                                         begun under goes through all shards (gates.ts)
 *     FILES#<round>                 <form>#<unit>#<hash>  a file that was sent for a return; its content lies in the bucket
 *     ACCESS#<round>                <instant>#<random>    who viewed, downloaded, signed in, was refused; unnumbered
 *     MAIL#<round>                  <unit>#<event>…       a mail to a municipality, recorded before it is sent
 *     IDEM#<round>#<form>#<unit>    <key>                 the answer given to a submission with an Idempotency-Key
 *     DIR#                          LATEST                the number of the newest directory, and which holds from which day
 *     DIR#                          V#0001                an immutable directory
 *     FORM#                         V#<form>#2025         a version of a form that the prefecture wrote, or that a round pins
 *     FORM#                         D#<sha256>            its document, which never changes
 *     FORM#                         L#<form>#2025#<n>     who saved, adopted or revoked it
 *     EXPORT#<round>                <exportId>            an export: who asked for it, how far it is, its manifest
 *     EXPORT#<round>                #RUNNING              the export started last: at most one of a round runs
 *     EXPORT#<round>                #LATEST               the good export with the greatest log number
 *     EXPORT#<round>                #EDITION#0001         a published edition, or one being copied
 *     ACCOUNTS                      <instant>#<random>    what was done with an account, and by whom
 *     SESSION#<hash>                SESSION               who is signed in, by the hash of the cookie's random id
 *     SESSION#<hash>                SIGN-IN               a sign-in on its way, by the hash of its `state`
 *     SESSION#<hash>                STEP                  how far a browser is in signing in on our own pages, sealed
 *     SESSION#<hash>                KEPT#<owner>#<hash>   a form posted too late: by browser, person and page
 *     SESSION#REFUSED#<hash>        REFUSED               how often a person was refused something of a round in an hour
 *     SESSION#ATTEMPTS#<hash>       ATTEMPTS              how often something was tried at an account in a quarter of an hour
 *     SESSION#PERSON#<hash>         SIGN-OUT              that what a person was issued no longer counts, by the hash of the id
 *
 * A change of a return's state writes items of that return alone and an event; events get their numbers later, in
 * batches (numbering.ts). Numbers are padded so that they sort as text.
 */

import type { ReturnKey } from '../../schemas/return.ts';
import { roundId } from '../../schemas/round.ts';

export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

type Path = `${string}#${string}#${string}`;
type VersionName = `V#${string}`;

function path({ round, form, unit }: ReturnKey): Path {
  return `${round}#${form}#${unit}`;
}

function padded(number: number, digits: number): string {
  return String(number).padStart(digits, '0');
}

function versionName(version: number): VersionName {
  return `V#${padded(version, 4)}`;
}

export const roundListKey = { pk: 'ROUNDS', sk: 'LIST' } as const;
export const roundListRevisionKey = { pk: 'ROUNDS', sk: 'REVISION' } as const;

export function metaKey(round: string): { pk: `ROUND#${string}`; sk: 'META' } {
  return { pk: `ROUND#${round}`, sk: 'META' };
}

export function reportKey(round: string): { pk: `ROUND#${string}`; sk: 'REPORT' } {
  return { pk: `ROUND#${round}`, sk: 'REPORT' };
}

export function handoutKey(round: string): { pk: `ROUND#${string}`; sk: 'HANDOUT' } {
  return { pk: `ROUND#${round}`, sk: 'HANDOUT' };
}

export function textsKey(round: string): { pk: `ROUND#${string}`; sk: 'TEXTS' } {
  return { pk: `ROUND#${round}`, sk: 'TEXTS' };
}

export function publicAddressKey(round: string): { pk: `ROUND#${string}`; sk: 'PUBLIC' } {
  return { pk: `ROUND#${round}`, sk: 'PUBLIC' };
}

export function mailSettingsKey(round: string): { pk: `ROUND#${string}`; sk: 'MAILS' } {
  return { pk: `ROUND#${round}`, sk: 'MAILS' };
}

/** @param key which mail of those to the municipality */
export function mailKey(round: string, unit: string, key: string): { pk: `MAIL#${string}`; sk: `${string}#${string}` } {
  return { pk: `MAIL#${round}`, sk: `${unit}#${key}` };
}

/** Records that stand beside a return: links for colleagues, questions to the prefecture, comments inside the municipality, approvals. */
export type RecordKind = 'SHARE' | 'ASKED' | 'COMMENT' | 'APPROVAL';

/** Of one return, or of every one of a round. */
export function recordPrefix(kind: RecordKind, of?: Pick<ReturnKey, 'form' | 'unit'>): `${RecordKind}#${string}` {
  return of === undefined ? `${kind}#` : `${kind}#${of.form}#${of.unit}#`;
}

export function recordKey(
  kind: RecordKind,
  key: ReturnKey,
  id: string,
): { pk: `ROUND#${string}`; sk: `${RecordKind}#${string}` } {
  return { pk: `ROUND#${key.round}`, sk: `${recordPrefix(kind, key)}${id}` };
}

export function prefilledKey(round: string): { pk: `ROUND#${string}`; sk: 'PREFILLED' } {
  return { pk: `ROUND#${round}`, sk: 'PREFILLED' };
}

export function unitSettingsKey(unit: string): { pk: 'UNITS'; sk: string } {
  return { pk: 'UNITS', sk: unit };
}

export const notesPartition = 'NOTES';

export function noteKey(id: string): { pk: typeof notesPartition; sk: string } {
  return { pk: notesPartition, sk: id };
}

export const contactsPartition = 'CONTACTS';

export function contactKey(unit: string): { pk: typeof contactsPartition; sk: string } {
  return { pk: contactsPartition, sk: unit };
}

export const headPrefix = 'HEAD#';

export function headKey({ round, form, unit }: ReturnKey): { pk: `ROUND#${string}`; sk: `HEAD#${string}#${string}` } {
  return { pk: `ROUND#${round}`, sk: `${headPrefix}${form}#${unit}` };
}

export function returnOfHead(sk: string): { readonly form: string; readonly unit: string } {
  const [, form = '', unit = ''] = sk.split('#');
  return { form, unit };
}

export function draftKey(key: ReturnKey): { pk: `RETURN#${Path}`; sk: 'DRAFT' } {
  return { pk: `RETURN#${path(key)}`, sk: 'DRAFT' };
}

export const versionPrefix = 'V#';

export function versionKey(key: ReturnKey, version: number): { pk: `RETURN#${Path}`; sk: VersionName } {
  return { pk: `RETURN#${path(key)}`, sk: versionName(version) };
}

export function logKey(round: string, seq: number): { pk: `LOG#${string}`; sk: string } {
  return { pk: `LOG#${round}`, sk: padded(seq, 12) };
}

/** Events of a round lie in so many partitions: enough for a country's submissions, few to read before every answer. */
const eventShards = 4;
/** Returns of a round that begin at the same moment meet in one of so many items; one transaction holds them all. */
const gateShards = 32;

/** A number from 0 up to `count`, the same for the same name and spread evenly over names: FNV-1a. */
export function spread(name: string, count: number): number {
  let hash = 0x81_1c_9d_c5;
  for (const character of name) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01_00_01_93);
  return (hash >>> 0) % count;
}

export function eventPartitions(round: string): `EVENT#${string}`[] {
  return Array.from({ length: eventShards }, (_, shard): `EVENT#${string}` => `EVENT#${round}#${shard}`);
}

/** @param event counts the changes of the return */
export function eventKey(key: ReturnKey, event: number): { pk: `EVENT#${string}`; sk: Path } {
  return {
    pk: `EVENT#${key.round}#${spread(path(key), eventShards)}`,
    sk: `${key.form}#${key.unit}#${padded(event, 12)}`,
  };
}

interface GateKey extends ItemKey {
  readonly pk: `GATE#${string}`;
}

export function gatePartition(round: string): GateKey['pk'] {
  return `GATE#${round}`;
}

function gateNumber(round: string, shard: number): GateKey {
  return { pk: gatePartition(round), sk: padded(shard, 2) };
}

export function gateKey(key: ReturnKey): GateKey {
  return gateNumber(key.round, spread(path(key), gateShards));
}

export function gateKeys(round: string): GateKey[] {
  return Array.from({ length: gateShards }, (_, shard) => gateNumber(round, shard));
}

export function filesPartition(round: string): `FILES#${string}` {
  return `FILES#${round}`;
}

export function filePrefix({ form, unit }: ReturnKey): `${string}#${string}#` {
  return `${form}#${unit}#`;
}

export function fileKey(key: ReturnKey, sha256: string): { pk: `FILES#${string}`; sk: Path } {
  return { pk: filesPartition(key.round), sk: `${filePrefix(key)}${sha256}` };
}

export function accessKey(
  round: string,
  at: string,
  random: string,
): { pk: `ACCESS#${string}`; sk: `${string}#${string}` } {
  return { pk: `ACCESS#${round}`, sk: `${at}#${random}` };
}

/** A sort key before every instant, and one after, bound a page. */
export function accountLogKey(at: string, random: string): { pk: 'ACCOUNTS'; sk: `${string}#${string}` } {
  return { pk: 'ACCOUNTS', sk: `${at}#${random}` };
}

export function refusalsKey(hash: string): { pk: `SESSION#REFUSED#${string}`; sk: 'REFUSED' } {
  return { pk: `SESSION#REFUSED#${hash}`, sk: 'REFUSED' };
}

export function idempotencyKey(key: ReturnKey, name: string): { pk: `IDEM#${Path}`; sk: string } {
  return { pk: `IDEM#${path(key)}`, sk: name };
}

export const latestDirectoryKey = { pk: 'DIR#', sk: 'LATEST' } as const;

export function directoryKey(version: number): { pk: 'DIR#'; sk: VersionName } {
  return { pk: 'DIR#', sk: versionName(version) };
}

export const formPrefix = 'V#';

/** Whether a version of a form may be kept under this name; anything else is not looked up. */
export function isFormKey(form: string, version: number): boolean {
  return formId.test(form) && Number.isInteger(version) && version > 0 && version < 10_000;
}

export function formKey(form: string, version: number): { pk: 'FORM#'; sk: `V#${string}` } {
  return { pk: 'FORM#', sk: `${formPrefix}${form}#${padded(version, 4)}` };
}

export function formDocumentKey(sha256: string): { pk: 'FORM#'; sk: `D#${string}` } {
  return { pk: 'FORM#', sk: `D#${sha256}` };
}

export function formLogPrefix(form: string, version: number): `L#${string}` {
  return `L#${form}#${padded(version, 4)}#`;
}

/** @param revision counts the changes of the version */
export function formLogKey(form: string, version: number, revision: number): { pk: 'FORM#'; sk: `L#${string}` } {
  return { pk: 'FORM#', sk: `${formLogPrefix(form, version)}${padded(revision, 6)}` };
}

const formId = /^[a-z][A-Za-z0-9-]{0,63}$/;
const unitCode = /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/;

/** Whether a round may exist under this name; anything else is not looked up. */
export function isRoundId(round: string): boolean {
  return roundId.safeParse(round).success;
}

/** Whether a return may exist under this key; anything else is not looked up. */
export function isReturnKey({ round, form, unit }: ReturnKey): boolean {
  return isRoundId(round) && formId.test(form) && unitCode.test(unit);
}

/** An export's id begins with a digit, so that all exports lie behind the other items of their partition. */
export const exportIdPattern = /^\d{8}T\d{6}Z-[A-Z2-7]{6}$/;

export function exportKey(round: string, exportId: string): { pk: `EXPORT#${string}`; sk: string } {
  return { pk: `EXPORT#${round}`, sk: exportId };
}

export function runningExportKey(round: string): { pk: `EXPORT#${string}`; sk: '#RUNNING' } {
  return { pk: `EXPORT#${round}`, sk: '#RUNNING' };
}

export function latestExportKey(round: string): { pk: `EXPORT#${string}`; sk: '#LATEST' } {
  return { pk: `EXPORT#${round}`, sk: '#LATEST' };
}

export const editionPrefix = '#EDITION#';

export function editionKey(round: string, edition: number): { pk: `EXPORT#${string}`; sk: `#EDITION#${string}` } {
  return { pk: `EXPORT#${round}`, sk: `${editionPrefix}${padded(edition, 4)}` };
}

export function sessionKey(hash: string): { pk: `SESSION#${string}`; sk: 'SESSION' } {
  return { pk: `SESSION#${hash}`, sk: 'SESSION' };
}

export function signInKey(hash: string): { pk: `SESSION#${string}`; sk: 'SIGN-IN' } {
  return { pk: `SESSION#${hash}`, sk: 'SIGN-IN' };
}

export function signInStepKey(hash: string): { pk: `SESSION#${string}`; sk: 'STEP' } {
  return { pk: `SESSION#${hash}`, sk: 'STEP' };
}

export function attemptsKey(hash: string): { pk: `SESSION#ATTEMPTS#${string}`; sk: 'ATTEMPTS' } {
  return { pk: `SESSION#ATTEMPTS#${hash}`, sk: 'ATTEMPTS' };
}

export function signOutKey(hash: string): { pk: `SESSION#PERSON#${string}`; sk: 'SIGN-OUT' } {
  return { pk: `SESSION#PERSON#${hash}`, sk: 'SIGN-OUT' };
}

export function recoveredFormKey(
  hash: string,
  owner: string,
  page: string,
): { pk: `SESSION#${string}`; sk: `KEPT#${string}` } {
  return { pk: `SESSION#${hash}`, sk: `KEPT#${owner}#${page}` };
}
