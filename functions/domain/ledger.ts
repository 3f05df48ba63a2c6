/**
 * Whether the items of a round agree with its log and with the events that have no number yet, as every transaction
 * leaves them. A half transaction, which no
 * running system can write but a restored or repaired table may hold, shows up as an item without its entry or the
 * other way round. Pure: the hash of a version is passed in.
 */

import type { ReturnKey } from '../../schemas/return.ts';
import { wholeDefinition } from '../../schemas/round.ts';
import type { KeptDefinition, PinnedDocuments } from '../../schemas/round.ts';
import { sameAnswers } from '../../schemas/values/same-answers.ts';
import type { Standing } from './life.ts';
import type { LogEntry, ReturnEntry, ReturnEvent } from './log.ts';
import { returnName } from './log.ts';

interface LedgerEdition {
  readonly edition: number;
  readonly exportId: string;
  readonly isWithdrawn: boolean;
}

type ReturnOfRound = Pick<ReturnKey, 'form' | 'unit'>;

/** A version as far as the log knows it. */
export interface LedgerVersion extends ReturnOfRound {
  readonly version: number;
  readonly receipt: string;
  readonly submittedAt: string;
  readonly sha256: string;
  /** The hash of what it holds now. */
  readonly recomputed: string;
}

export interface LedgerRound extends KeptDefinition {
  readonly seq: number;
  readonly directoryVersion: number;
  readonly documents?: PinnedDocuments | undefined;
}

export type LedgerItem =
  | { readonly kind: 'round'; readonly round: LedgerRound }
  | { readonly kind: 'entry'; readonly entry: LogEntry }
  | { readonly kind: 'event'; readonly event: ReturnEvent }
  | ({ readonly kind: 'head'; readonly standing: Standing; readonly event: number } & ReturnOfRound)
  | ({ readonly kind: 'draft'; readonly versions: number } & ReturnOfRound)
  | { readonly kind: 'version'; readonly version: LedgerVersion }
  | ({ readonly kind: 'edition' } & LedgerEdition);

/** One thing that does not agree. */
export interface LedgerFinding {
  /** `履歴 12`, `yearly-report 112038`. */
  readonly where: string;
  readonly message: string;
}

function nameOf({ form, unit }: ReturnOfRound): string {
  return returnName(form, unit);
}

function whereOf(name: string): string {
  return name.replace('#', ' ');
}

function versionName(place: ReturnOfRound, version: number): string {
  return `${nameOf(place)}#${version}`;
}

interface Happened extends Pick<ReturnEntry, 'what' | 'imported' | 'return' | 'before' | 'after' | 'at'> {
  readonly where: string;
  /** The number among the changes of the return; of releases up to 0.3, which did not count them, the log number. */
  readonly number: number;
  readonly isCounted: boolean;
}

function logged(entry: ReturnEntry): Happened {
  return {
    ...entry,
    where: `履歴 ${entry.seq}`,
    number: entry.event ?? entry.seq,
    isCounted: entry.event !== undefined,
  };
}

function waiting(event: ReturnEvent): Happened {
  return { ...event, where: `番号のない履歴（第${event.event}回の変更）`, number: event.event, isCounted: true };
}

function makesVersion({ what, imported }: Happened): boolean {
  return what === 'submitted' || imported === true;
}

/** Releases up to 0.3 drop what they do not know of a standing, and go on from the rest. */
function goesOn(after: Standing, before: Standing): boolean {
  const { extension: _granted, absence: _noted, proxy: _entered, onBehalf: _told, ...known } = after;
  return sameAnswers(after, before) || sameAnswers(known, before);
}

/** Takes the items of one round in any order, and tells at the end what does not agree. */
export class Ledger {
  #round: LedgerRound | undefined;
  readonly #entries = new Map<number, LogEntry>();
  readonly #events: ReturnEvent[] = [];
  readonly #heads = new Map<string, { readonly standing: Standing; readonly event: number }>();
  readonly #drafts = new Map<string, number>();
  readonly #versions = new Map<string, LedgerVersion>();
  readonly #editions = new Map<number, LedgerEdition>();

  add(item: LedgerItem): void {
    switch (item.kind) {
      case 'round':
        this.#round = item.round;
        break;
      case 'entry':
        this.#entries.set(item.entry.seq, item.entry);
        break;
      case 'event':
        this.#events.push(item.event);
        break;
      case 'head':
        this.#heads.set(nameOf(item), item);
        break;
      case 'draft':
        this.#drafts.set(nameOf(item), item.versions);
        break;
      case 'version':
        this.#versions.set(versionName(item.version, item.version.version), item.version);
        break;
      case 'edition':
        this.#editions.set(item.edition, item);
        break;
    }
  }

  /** How many log entries, those that wait for a number included, and versions were taken. */
  get size(): { readonly entries: number; readonly versions: number } {
    return { entries: this.#entries.size + this.#events.length, versions: this.#versions.size };
  }

  findings(): LedgerFinding[] {
    if (this.#round === undefined)
      return [{ where: '調査', message: '調査の定義（META）がないのに、回答や履歴が残っています。' }];
    const entries = [...this.#entries.values()].toSorted((a, b) => a.seq - b.seq);
    const unnumbered = this.#events.toSorted((a, b) => a.event - b.event);
    const returned = [...entries.filter((entry) => 'return' in entry).map(logged), ...unnumbered.map(waiting)];
    return [
      ...this.#numbering(this.#round),
      ...definitionFindings(this.#round, entries),
      ...this.#standings(returned),
      ...this.#submissions(returned),
      ...this.#published(entries),
    ];
  }

  #numbering({ seq }: LedgerRound): LedgerFinding[] {
    const missing = Array.from({ length: seq }, (_, index) => index + 1).filter((each) => !this.#entries.has(each));
    const beyond = [...this.#entries.keys()].filter((each) => each > seq);
    return [
      ...missing.map((each) => ({
        where: `履歴 ${each}`,
        message: `番号は ${seq} まで進んでいますが、この記録がありません。`,
      })),
      ...beyond.map((each) => ({
        where: `履歴 ${each}`,
        message: `番号は ${seq} までのはずですが、その先の記録があります。`,
      })),
    ];
  }

  /** Each change goes on from the one before; the last one is what stands, in HEAD and in the draft. */
  #standings(changes: readonly Happened[]): LedgerFinding[] {
    const findings: LedgerFinding[] = [];
    const last = new Map<string, Happened>();
    for (const change of changes) {
      const { where, number } = change;
      const name = nameOf(change.return);
      const before = last.get(name);
      if (before !== undefined && !goesOn(before.after, change.before))
        findings.push({ where, message: `変更前の状態が、${before.where} の変更後の状態と違います。` });
      if (change.isCounted && number !== (before?.number ?? 0) + 1)
        findings.push({
          where,
          message: `${whereOf(name)} の第${number}回の変更が、重複しているか、前の変更に続いていません。`,
        });
      last.set(name, change);
    }
    for (const [name, { after, number, where }] of last) {
      const head = this.#heads.get(name);
      const draft = this.#drafts.get(name);
      if (head === undefined)
        findings.push({ where: whereOf(name), message: '履歴にはありますが、現在の状態（HEAD）がありません。' });
      else if (head.event !== number || !sameAnswers(head.standing, after))
        findings.push({
          where: whereOf(name),
          message: `現在の状態（第${head.event}回の変更の後）が、最後の変更（第${number}回、${where}）と違います。`,
        });
      if (draft === undefined && after.state !== 'notStarted')
        findings.push({ where: whereOf(name), message: '履歴にはありますが、入力中の回答（DRAFT）がありません。' });
      else if (draft !== undefined && draft !== after.version)
        findings.push({
          where: whereOf(name),
          message: `入力中の回答は ${draft} 版の後のものですが、履歴では ${after.version} 版です。`,
        });
    }
    const unknown = new Set([...this.#heads.keys(), ...this.#drafts.keys()].filter((name) => !last.has(name)));
    return [
      ...findings,
      ...[...unknown].map((name) => ({ where: whereOf(name), message: '回答がありますが、履歴に記録がありません。' })),
    ];
  }

  /** Each submission has its version, each version its submission, and what a version holds is what was hashed. */
  #submissions(changes: readonly Happened[]): LedgerFinding[] {
    const findings: LedgerFinding[] = [];
    const submitted = new Set<string>();
    for (const change of changes.filter(makesVersion)) {
      const name = versionName(change.return, change.after.version);
      submitted.add(name);
      const version = this.#versions.get(name);
      const where = `${whereOf(nameOf(change.return))} 第${change.after.version}版`;
      if (version === undefined)
        findings.push({ where, message: `${change.where} で提出されていますが、版がありません。` });
      else if (version.receipt !== change.after.receipt || version.submittedAt !== change.at)
        findings.push({ where, message: `受付番号または提出日時が、${change.where} と違います。` });
    }
    for (const [name, version] of this.#versions) {
      const where = `${whereOf(nameOf(version))} 第${version.version}版`;
      if (!submitted.has(name)) findings.push({ where, message: '版がありますが、提出の履歴がありません。' });
      if (version.sha256 !== version.recomputed)
        findings.push({ where, message: '内容から計算したハッシュ値が、記録と違います。' });
    }
    return findings;
  }

  #published(entries: readonly LogEntry[]): LedgerFinding[] {
    const published = new Map(
      entries.flatMap((entry) => (entry.what === 'published' ? [[entry.edition, entry.exportId]] : [])),
    );
    const withdrawn = new Set(entries.flatMap((entry) => (entry.what === 'editionWithdrawn' ? [entry.edition] : [])));
    const missing = [...published].filter(([edition, exportId]) => this.#editions.get(edition)?.exportId !== exportId);
    const unlike = [...this.#editions.values()].filter(
      ({ edition, isWithdrawn }) => isWithdrawn !== withdrawn.has(edition),
    );
    const unknown = [...this.#editions.keys()].filter((edition) => !published.has(edition));
    return [
      ...missing.map(([edition]) => ({
        where: `公表第${edition}版`,
        message: '履歴では公表されていますが、公表の記録が合いません。',
      })),
      ...unlike.map(({ edition }) => ({
        where: `公表第${edition}版`,
        message: '公表を取りやめたかどうかが、履歴と公表の記録とで違います。',
      })),
      ...unknown.map((edition) => ({
        where: `公表第${edition}版`,
        message: '公表の記録がありますが、履歴にありません。',
      })),
    ];
  }
}

function definitionFindings(
  { directoryVersion, documents, ...kept }: LedgerRound,
  entries: readonly LogEntry[],
): LedgerFinding[] {
  const last = entries.findLast((entry) => 'definition' in entry);
  if (
    last !== undefined &&
    last.directoryVersion === directoryVersion &&
    sameAnswers(last.documents ?? {}, documents ?? {}) &&
    sameAnswers(wholeDefinition(last), wholeDefinition(kept))
  )
    return [];
  return [{ where: '調査', message: '調査の定義または名簿の版が、最後に変更された履歴と違います。' }];
}
