/** The published editions of a round: the record of each, taking one back, the public address, and what is read there. */

import type { AsOf, ExportedFile } from '../../schemas/export.ts';
import type { EditionWithdrawal, PublicAddress } from '../../schemas/edition.ts';
import type { Round } from '../../schemas/round.ts';
import { newestEditionName, publicSpans } from '../domain/public-address.ts';
import type { PublicSpan } from '../domain/public-address.ts';
import { goneRound } from '../domain/disposal.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { OperatorLog } from '../platform/logger.ts';
import type { TakeDownDispatcher } from '../storage/export-dispatch.ts';
import type { Edition, Publications } from '../storage/publications.ts';
import type { Store } from '../storage/store.ts';
import { editionFiles } from './publish.ts';
import type { Service } from './service.ts';

/** What was public, where and how long: it stays when the edition is taken back. */
export interface EditionRecord extends Edition {
  readonly asOf: AsOf;
  readonly files: readonly ExportedFile[];
  readonly spans: readonly PublicSpan[];
}

type Editions = Pick<Service, 'editions' | 'exports'> & { readonly store: Pick<Service['store'], 'publicAddress'> };

async function recordOf(
  { exports }: Pick<Service, 'exports'>,
  round: string,
  edition: Edition,
  { changes }: PublicAddress,
): Promise<EditionRecord> {
  const manifest = (await exports.export(round, edition.exportId))?.manifest;
  if (manifest === undefined) throw new Error(`export ${edition.exportId} has no manifest`);
  const { publishedAt, withdrawal } = edition;
  const spans = publicSpans(changes, { publishedAt, withdrawnAt: withdrawal?.at });
  return { ...edition, asOf: manifest.asOf, files: editionFiles(manifest), spans };
}

/** Oldest first. */
export async function editionRecords(service: Editions, round: string): Promise<EditionRecord[]> {
  const [editions, { settings }] = await Promise.all([service.editions(round), service.store.publicAddress(round)]);
  return Promise.all(editions.map((edition) => recordOf(service, round, edition, settings)));
}

export async function editionRecord(
  service: Editions,
  round: string,
  wanted: number,
): Promise<EditionRecord | undefined> {
  const [editions, { settings }] = await Promise.all([service.editions(round), service.store.publicAddress(round)]);
  const found = editions.find(({ edition }) => edition === wanted);
  return found && recordOf(service, round, found, settings);
}

/**
 * The edition that stands and has figures of another one in its list of corrections: of the newest that stood when it was
 * published, also where that one was withdrawn since.
 */
export async function editionCorrecting(
  service: Editions,
  round: string,
  edition: number,
): Promise<EditionRecord | undefined> {
  const records = await editionRecords(service, round);
  return records.find((next) => {
    const before = records.filter((each) => each.edition < next.edition);
    const stood = before.findLast(({ withdrawal }) => withdrawal === undefined || withdrawal.at > next.publishedAt);
    const says = next.files.some(({ path, rows }) => path.startsWith('errata.') && rows > 0);
    return says && next.withdrawal === undefined && stood?.edition === edition;
  });
}

/** The number that an address or a call names; none where it names no edition. */
export function editionNumber(text: string): number | undefined {
  return /^[1-9]\d{0,3}$/.test(text) ? Number(text) : undefined;
}

interface Withdrawals {
  readonly publications: Pick<Publications, 'withdrawEdition'>;
  readonly dispatchTakeDown: TakeDownDispatcher;
  readonly log: OperatorLog;
}

/** Takes an edition back: nobody is shown it from now on, and its files go as well. Refuses `not-found` and `edition-withdrawn`. */
export async function withdrawEdition(
  { publications, dispatchTakeDown, log }: Withdrawals,
  round: string,
  edition: string,
  withdrawal: Pick<EditionWithdrawal, 'actor' | 'reason'>,
): Promise<Outcome<number>> {
  const number = editionNumber(edition);
  if (number === undefined) return refused('not-found');
  const withdrawn = await publications.withdrawEdition(round, number, withdrawal);
  if (!withdrawn.ok && withdrawn.problem.code !== 'edition-withdrawn') return withdrawn;
  try {
    // Again, too, when it is asked again: nobody may have been told the first time.
    await dispatchTakeDown(round);
  } catch (error) {
    // The daily start takes it up.
    log.error('take-down-not-dispatched', error, { round, edition });
  }
  return withdrawn.ok ? done(number) : withdrawn;
}

interface Addresses {
  readonly store: Pick<Store, 'changePublicAddress'>;
  readonly offersPublicAddress: boolean;
  readonly now: () => Date;
}

/** Opens the public address of a round to everybody, or closes it. Refuses `address-not-offered` where not everybody may come. */
export async function savePublicAddress(
  { store, offersPublicAddress, now }: Addresses,
  round: string,
  { isOpen }: Pick<PublicAddress, 'isOpen'>,
  actor: string,
): Promise<Outcome<PublicAddress>> {
  if (isOpen && !offersPublicAddress) return refused('address-not-offered');
  const kept = await store.changePublicAddress(round, actor, ({ settings }) => {
    // The second press of a button finds what the first one kept.
    if (settings.isOpen === isOpen) return done(undefined);
    return done({ isOpen, changes: [...settings.changes, { isOpen, at: now().toISOString(), actor }] });
  });
  return kept.ok ? done(kept.value.settings) : kept;
}

export interface PublicEdition {
  readonly round: Round;
  /** Every edition that was ever published, oldest first. */
  readonly editions: readonly Edition[];
  readonly shown: EditionRecord;
}

/** The newest that was not taken back. */
export function standingEdition(editions: readonly Edition[]): Edition | undefined {
  return editions.findLast(({ withdrawal }) => withdrawal === undefined);
}

/**
 * The edition at a public address. Refuses `edition-withdrawn`, `round-disposed` where the address was open until then, and
 * `not-found` for all else that is not there for everybody:
 * whether there is such a round is told to nobody while its address is closed.
 *
 * @param wanted a number, or `latest`
 */
export async function publicEdition(
  service: Editions &
    Pick<Service, 'offersPublicAddress'> & { readonly store: Pick<Service['store'], 'round' | 'disposal'> },
  id: string,
  wanted: string,
): Promise<Outcome<PublicEdition>> {
  if (!service.offersPublicAddress) return refused('not-found');
  const { settings } = await service.store.publicAddress(id);
  const round = settings.isOpen ? await service.store.round(id) : undefined;
  if (round === undefined) {
    const disposal = await service.store.disposal(id);
    return disposal?.wasPublic === true ? goneRound(disposal) : refused('not-found');
  }
  if (round.draft !== undefined) return refused('not-found');
  const editions = await service.editions(id);
  const found =
    wanted === newestEditionName
      ? (standingEdition(editions) ?? editions.at(-1))
      : editions.find(({ edition }) => edition === editionNumber(wanted));
  if (found === undefined) return refused('not-found');
  if (found.withdrawal !== undefined) return refused('edition-withdrawn', { detail: `第${found.edition}版` });
  return done({ round, editions, shown: await recordOf(service, id, found, settings) });
}
