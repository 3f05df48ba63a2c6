/** The drill: what is written out is restored, and what was restored is checked, without trust in either. */

import { rm } from 'node:fs/promises';
import { checkLedgers } from '../../../functions/storage/ledger-check.ts';
import { roundListKey } from '../../../functions/storage/keys.ts';
import type { StoredItem } from '../../../functions/storage/reads.ts';
import { disposedOf } from '../../../functions/storage/round-list.ts';
import { compare, contradictions } from './compare.ts';
import { deleteItems, dumpTo, hashesOf, hashOfItem, nameOf, putItems, readDump, scan } from './items.ts';
import type { TableAt } from './items.ts';

export interface Told {
  /** In Japanese, for the operator. */
  readonly lines: readonly string[];
  readonly agrees: boolean;
}

/** Findings told one by one; of more, only how many there are. */
const mostTold = 50;

function told(heading: string, findings: readonly string[]): Told {
  if (findings.length === 0) return { lines: [`${heading}: 問題ありません。`], agrees: true };
  const rest = findings.length - mostTold;
  const lines = [
    `${heading}: ${findings.length} 件の不一致があります。`,
    ...findings.slice(0, mostTold).map((each) => `  ${each}`),
  ];
  return { lines: rest > 0 ? [...lines, `  ほか ${rest} 件`] : lines, agrees: false };
}

function together(...parts: readonly Told[]): Told {
  return { lines: parts.flatMap(({ lines }) => lines), agrees: parts.every(({ agrees }) => agrees) };
}

/** Every round's log against its items: half transactions, gaps, versions that are not what was hashed. */
export async function checkTable(at: TableAt): Promise<Told> {
  const { items, rounds, findings } = await checkLedgers(scan(at));
  if (items === 0) return { lines: [`${at.table} は空です。`], agrees: false };
  const counted = rounds.map(
    ({ round, entries, versions }) => `  調査 ${round}: 履歴 ${entries} 件、版 ${versions} 件`,
  );
  return together(
    { lines: [`${at.table}: ${items} 件`, ...counted], agrees: true },
    told(
      '履歴と内容の照合',
      findings.map(({ where, message }) => `${where}: ${message}`),
    ),
  );
}

async function disposedIn(at: TableAt): Promise<ReadonlySet<string>> {
  for await (const item of scan(at))
    if (item['pk'] === roundListKey.pk && item['sk'] === roundListKey.sk) return new Set(disposedOf(item));
  return new Set();
}

/** A table restored from one that has gone on since: sound in itself, and nothing in it that the other contradicts. */
export async function checkRestored(restored: TableAt, original: TableAt): Promise<Told> {
  const itself = await checkTable(restored);
  const [before, now] = [await hashesOf(scan(restored)), await hashesOf(scan(original))];
  const { same, missing, added, changed } = compare(before, now);
  const since = `${original.table} との比較: 同じ ${same} 件、その後に変わった ${changed.length} 件、増えた ${added.length} 件、なくなった ${missing.length} 件`;
  const wrong = contradictions(before, now, await disposedIn(original));
  return together(itself, { lines: [since], agrees: true }, told('変わらないはずの版・履歴・名簿', wrong));
}

/**
 * Writes a table to a file, restores the file into an empty table and compares the two by their hashes.
 *
 * @param file is written and removed again
 */
export async function rehearse(source: TableAt, target: TableAt, file: string): Promise<Told> {
  try {
    await dumpTo(file, scan(source));
    const written = await hashesOf(readDump(file));
    await putItems(target, readDump(file));
    const [before, after] = [await hashesOf(scan(source)), await hashesOf(scan(target))];
    const { missing, added, changed } = compare(before, after);
    const unlike = compare(before, written);
    return together(
      {
        lines: [`${source.table} の ${before.size} 件を書き出し、${target.table} に復元しました。`],
        agrees: before.size > 0,
      },
      told('書き出したファイル', [...unlike.missing, ...unlike.added, ...unlike.changed]),
      told('復元した表', [...missing, ...added, ...changed]),
      await checkTable(target),
    );
  } finally {
    await rm(file, { force: true });
  }
}

/**
 * Sessions, links for colleagues and public addresses stay as they are, so that nobody who was signed out or shut out comes
 * in again.
 */
const untouched = /^SESSION#|^ROUND#\S+ (?:SHARE#|PUBLIC$)/;
/** Who has seen what stays known. */
const neverRemoved = /^ACCESS#/;

/** Editions of a table that were taken back, by the names of their items. */
async function withdrawnIn(at: TableAt): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for await (const item of scan(at)) if (item['withdrawal'] !== undefined) found.add(nameOf(item));
  return found;
}

/** What was taken back since the moment that is restored is published again: whoever restores has to know. */
function shownAgain(withdrawn: ReadonlySet<string>, again: ReadonlySet<string>): Told {
  const names = [...withdrawn].filter((name) => !again.has(name));
  const lines = names.map(
    (name) => `注意: 公表を取りやめた版が、公表中に戻りました。公開を再開する前に、もう一度取りやめてください: ${name}`,
  );
  return { lines, agrees: true };
}

/**
 * Makes a running table hold what a restored one holds. Only what differs is written; run again, it goes on where it
 * was cut off. Refuses a restored table that is not sound.
 */
export async function putBack(restored: TableAt, running: TableAt): Promise<Told> {
  const sound = await checkTable(restored);
  if (!sound.agrees)
    return together(sound, { lines: ['復元した表に問題があるため、何も書き込んでいません。'], agrees: false });
  const now = await hashesOf(scan(running));
  const wanted = await hashesOf(scan(restored));
  const again = shownAgain(await withdrawnIn(running), await withdrawnIn(restored));
  async function* differing(): AsyncGenerator<StoredItem> {
    for await (const item of scan(restored))
      if (!untouched.test(nameOf(item)) && now.get(nameOf(item)) !== hashOfItem(item)) yield item;
  }
  async function* surplus(): AsyncGenerator<StoredItem> {
    for await (const item of scan(running)) {
      const name = nameOf(item);
      if (!wanted.has(name) && !untouched.test(name) && !neverRemoved.test(name)) yield item;
    }
  }
  const removed = await deleteItems(running, surplus());
  const written = await putItems(running, differing());
  const done = `${running.table} に ${written} 件を書き込み、復元した表にない ${removed} 件を削除しました。`;
  return together({ lines: [done], agrees: true }, again, await checkTable(running));
}
