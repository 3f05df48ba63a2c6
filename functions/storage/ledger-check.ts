/** Every item of a table against the logs of its rounds: what a restored table is checked by. */

import * as z from 'zod';
import { Ledger } from '../domain/ledger.ts';
import type { LedgerFinding, LedgerItem } from '../domain/ledger.ts';
import { lastEvent } from './events.ts';
import { editionItem } from './export-items.ts';
import { documentTextOf } from './form-documents.ts';
import {
  disposedItem,
  draftItem,
  eventItem,
  headItem,
  latestDirectoryItem,
  logItem,
  metaItem,
  versionItem,
} from './items.ts';
import type { MetaItem } from './items.ts';
import {
  directoryKey,
  formDocumentKey,
  editionPrefix,
  headPrefix,
  latestDirectoryKey,
  returnOfHead,
  roundListKey,
  versionPrefix,
} from './keys.ts';
import type { StoredItem } from './reads.ts';
import { disposedOf, roundOf, roundsOf } from './round-list.ts';
import { sealOf, sha256 } from './seal.ts';

export interface LedgerReport {
  readonly items: number;
  readonly rounds: readonly { readonly round: string; readonly entries: number; readonly versions: number }[];
  readonly findings: readonly LedgerFinding[];
}

const key = z.object({ pk: z.string(), sk: z.string() });

/** What an item is to the ledger of its round; nothing where the log does not tell of it. */
function ledgerItem(
  item: StoredItem,
  sk: string,
  place: { readonly form: string; readonly unit: string },
): LedgerItem | undefined {
  if (sk === 'META') return { kind: 'round', round: metaItem.parse(item) };
  if (sk.startsWith(headPrefix)) {
    const head = headItem.parse(item);
    return { kind: 'head', standing: head.standing, event: lastEvent(head), ...returnOfHead(sk) };
  }
  if (sk === 'DRAFT') return { kind: 'draft', versions: draftItem.parse(item).versions, ...place };
  if (sk.startsWith(versionPrefix)) {
    const version = versionItem.parse(item);
    return { kind: 'version', version: { ...version, recomputed: sealOf(version) } };
  }
  if (sk.startsWith(editionPrefix)) {
    const { status, edition, exportId, withdrawal } = editionItem.parse(item);
    const isWithdrawn = withdrawal !== undefined;
    return status === 'published' ? { kind: 'edition', edition, exportId, isWithdrawn } : undefined;
  }
  return undefined;
}

/** Items in any order; none is kept but what the log knows of it. */
class TableLedger {
  readonly #ledgers = new Map<string, Ledger>();
  readonly #metas = new Map<string, MetaItem>();
  readonly #disposed = new Map<string, boolean>();
  readonly #directories = new Set<string>();
  readonly #documents = new Set<string>();
  readonly #findings: LedgerFinding[] = [];
  #list: StoredItem | undefined;
  #latest: StoredItem | undefined;
  #items = 0;

  add(item: StoredItem): void {
    this.#items += 1;
    const { pk, sk } = key.parse(item);
    try {
      this.#take(item, pk, sk);
    } catch {
      // What it holds may be an answer, and is not told.
      this.#findings.push({ where: `${pk} ${sk}`, message: '内容を読み取れません。' });
    }
  }

  #take(item: StoredItem, pk: string, sk: string): void {
    const [kind = '', round = '', form = '', unit = ''] = pk.split('#');
    if (pk === roundListKey.pk && sk === roundListKey.sk) this.#list = item;
    else if (pk === latestDirectoryKey.pk && sk === latestDirectoryKey.sk) this.#latest = item;
    else if (pk === latestDirectoryKey.pk) this.#directories.add(sk);
    else if (pk === formDocumentKey('').pk) this.#takeForm(item, sk);
    else if (kind === 'ROUND' && sk === 'META' && 'disposal' in item)
      this.#disposed.set(round, disposedItem.parse(item).disposal.disposedAt !== undefined);
    else if (kind === 'EVENT') this.#of(round).add({ kind: 'event', event: eventItem.parse(item).event });
    else if (kind === 'LOG') this.#of(round).add({ kind: 'entry', entry: logItem.parse(item).entry });
    else if (kind === 'ROUND' || kind === 'RETURN' || kind === 'EXPORT') {
      const known = ledgerItem(item, sk, { form, unit });
      if (known?.kind === 'round') this.#metas.set(round, metaItem.parse(item));
      if (known !== undefined) this.#of(round).add(known);
    }
  }

  #takeForm(item: StoredItem, sk: string): void {
    if (!sk.startsWith(formDocumentKey('').sk)) return;
    if (formDocumentKey(sha256(documentTextOf(item))).sk === sk) this.#documents.add(sk);
    else this.#findings.push({ where: `調査票 ${sk}`, message: '調査票の内容が、そのハッシュ値と合いません。' });
  }

  #of(round: string): Ledger {
    const ledger = this.#ledgers.get(round) ?? new Ledger();
    this.#ledgers.set(round, ledger);
    return ledger;
  }

  report(): LedgerReport {
    const rounds = [...this.#ledgers].map(([round, { size }]) => ({ round, ...size }));
    const ofRounds = [...this.#ledgers].flatMap(([round, ledger]) => {
      const isDisposed = this.#disposed.get(round);
      // While it is being removed, anything may be missing.
      if (isDisposed === false) return [];
      if (isDisposed === true)
        return [{ where: `調査 ${round}`, message: '廃棄が終わったはずの調査の回答または履歴が残っています。' }];
      return ledger.findings().map(({ where, message }) => ({ where: `調査 ${round} ${where}`, message }));
    });
    return {
      items: this.#items,
      rounds,
      findings: [...this.#findings, ...ofRounds, ...this.#listed(), ...this.#pinned(), ...this.#lostDocuments()],
    };
  }

  /** The list of rounds names each round as it is defined, and those disposed of. */
  #listed(): LedgerFinding[] {
    const listed = new Map(roundsOf(this.#list).map((round) => [round.id, round]));
    const disposed = disposedOf(this.#list);
    const names = new Set([...listed.keys(), ...this.#metas.keys(), ...this.#disposed.keys(), ...disposed]);
    return [...names].flatMap((name) => {
      const meta = this.#metas.get(name);
      const agrees =
        meta === undefined
          ? this.#disposed.has(name) && disposed.includes(name) && !listed.has(name)
          : JSON.stringify(roundOf(name, meta)) === JSON.stringify(listed.get(name));
      return agrees ? [] : [{ where: `調査 ${name}`, message: '調査の一覧と、調査の定義（META）が合いません。' }];
    });
  }

  /** Every document that a round pins is there, as it was. */
  #lostDocuments(): LedgerFinding[] {
    return [...this.#metas].flatMap(([round, { documents = {} }]) =>
      Object.entries(documents)
        .filter(([, hash]) => !this.#documents.has(formDocumentKey(hash).sk))
        .map(([form]) => ({ where: `調査 ${round}`, message: `調査票 ${form} の内容がありません。` })),
    );
  }

  /** Every directory that a round pins is there, and so are the newest and those that hold on some day. */
  #pinned(): LedgerFinding[] {
    const pinned = [...this.#metas].map(([round, { directoryVersion }]) => ({
      where: `調査 ${round}`,
      version: directoryVersion,
    }));
    const latest = this.#latest === undefined ? undefined : latestDirectoryItem.parse(this.#latest);
    const held = new Set(latest === undefined ? [] : [latest.version, ...Object.values(latest.starts ?? {})]);
    return [...pinned, ...[...held].map((version) => ({ where: '名簿', version }))]
      .filter(({ version }) => !this.#directories.has(directoryKey(version).sk))
      .map(({ where, version }) => ({ where, message: `名簿の第${version}版がありません。` }));
  }
}

/** @param items every item of one table, which nobody changes meanwhile */
export async function checkLedgers(items: AsyncIterable<StoredItem>): Promise<LedgerReport> {
  const table = new TableLedger();
  for await (const item of items) table.add(item);
  return table.report();
}
