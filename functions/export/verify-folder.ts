/**
 * Checks a downloaded export, or a published edition, against itself: every file's bytes, hash and rows against the
 * manifest, every data package against the files, every return's hash and receipt against its answers, and the counts of
 * the files against each other. Nothing but the folder is needed.
 */

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import * as z from 'zod';
import { manifest as manifestSchema, publishedEdition } from '../../schemas/export.ts';
import type { ExportedFile, Manifest } from '../../schemas/export.ts';
import type { Answers } from '../../schemas/return.ts';
import { isObject } from '../domain/answers.ts';
import { sealOf } from '../storage/seal.ts';

interface Disagreement {
  /** The file; for a return, its code too. */
  readonly where: string;
  readonly message: string;
}

export interface Verification {
  readonly files: number;
  /** Returns whose hash was computed again. */
  readonly returns: number;
  readonly disagreements: readonly Disagreement[];
}

const answers = z.custom<Answers>(isObject);
const exportedReturn = z.object({
  unit: z.string(),
  version: z.int(),
  receipt: z.string(),
  sha256: z.string(),
  answers,
  reasons: z.record(z.string(), z.string()),
});

const described = z.object({ resources: z.array(z.object({ path: z.string(), bytes: z.int(), hash: z.string() })) });
const receiptDigits = 6;

async function hashOf(path: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  await pipeline(createReadStream(path), async (source: AsyncIterable<Buffer>) => {
    for await (const chunk of source) {
      hash.update(chunk);
      bytes += chunk.length;
    }
  });
  return { sha256: hash.digest('hex'), bytes };
}

/** The records of a CSV one after the other; the header counts as none. */
async function* recordsOf(path: string): AsyncGenerator<Readonly<Record<string, string>>> {
  const record = z.record(z.string(), z.string());
  for await (const each of createReadStream(path).pipe(parse({ bom: true, columns: true }))) yield record.parse(each);
}

/** The elements of an array that has one on each line. */
async function* elementsOf(path: string): AsyncGenerator {
  for await (const line of createInterface({ input: createReadStream(path) }))
    if (line.startsWith('{')) yield JSON.parse(line.replace(/,$/, ''));
}

class Verifier {
  readonly disagreements: Disagreement[] = [];
  returns = 0;
  readonly #folder: string;
  readonly #files: readonly ExportedFile[];

  constructor(folder: string, files: readonly ExportedFile[]) {
    this.#folder = folder;
    this.#files = files;
  }

  #report(where: string, message: string): void {
    this.disagreements.push({ where, message });
  }

  #has(path: string): boolean {
    return this.#files.some((file) => file.path === path) && !this.#missing.has(path);
  }

  readonly #missing = new Set<string>();

  async files(): Promise<void> {
    for (const { path, bytes, sha256, rows } of this.#files) {
      const file = join(this.#folder, path);
      try {
        const found = await hashOf(file);
        if (found.bytes !== bytes) this.#report(path, `大きさが違います（目録 ${bytes}、実際 ${found.bytes} バイト）。`);
        if (found.sha256 !== sha256) this.#report(path, 'ハッシュ値（SHA-256）が目録と違います。');
        if (path.endsWith('.csv')) await this.#rows(path, rows);
      } catch (error) {
        this.#missing.add(path);
        const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
        this.#report(path, isMissing ? 'ファイルがありません。' : 'ファイルを読み取れません。');
      }
    }
    await this.#strays();
  }

  async #rows(path: string, rows: number): Promise<void> {
    let count = 0;
    for await (const _record of recordsOf(join(this.#folder, path))) count += 1;
    if (count !== rows) this.#report(path, `行の数が違います（目録 ${rows}、実際 ${count}）。`);
  }

  /** Files that no manifest names. */
  async #strays(): Promise<void> {
    const named = new Set(['manifest.json', ...this.#files.map(({ path }) => path)]);
    const entries = await readdir(this.#folder, { recursive: true, withFileTypes: true });
    for (const entry of entries) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name).slice(join(this.#folder, '/').length);
      if (!named.has(path)) this.#report(path, '目録にないファイルです。');
    }
  }

  /** @param prefix of the folder that the data package describes, such as `public/` */
  async dataPackage(prefix: string): Promise<void> {
    const path = `${prefix}datapackage.json`;
    if (!this.#has(path)) return;
    const { resources } = described.parse(JSON.parse(await readFile(join(this.#folder, path), 'utf8')));
    for (const { path: of, bytes, hash } of resources) {
      const file = this.#files.find((each) => each.path === `${prefix}${of}`);
      if (file === undefined) this.#report(path, `${of} は目録にありません。`);
      else if (file.bytes !== bytes || `sha256:${file.sha256}` !== hash) this.#report(path, `${of} の大きさかハッシュ値が目録と違います。`);
    }
  }

  /** The returns of a form: as many as the manifest counts, the same in CSV and JSON, each with its own hash and receipt. */
  async form(manifest: Manifest, form: string): Promise<void> {
    const { submitted = 0, accepted = 0 } = manifest.forms[form] ?? {};
    await this.#sameReturns(`internal/${form}`, submitted + accepted, (each) => this.#seal(manifest, form, each));
    await this.#sameReturns(`public/${form}`, accepted, () => undefined);
  }

  async #sameReturns(path: string, expected: number, check: (element: unknown) => string | undefined): Promise<void> {
    if (!this.#has(`${path}.csv`) || !this.#has(`${path}.json`)) return;
    const inCsv = new Map<string, Readonly<Record<string, string>>>();
    for await (const record of recordsOf(join(this.#folder, `${path}.csv`))) inCsv.set(record['unit'] ?? '', record);
    if (inCsv.size !== expected) this.#report(`${path}.csv`, `回答の数が違います（目録 ${expected}、実際 ${inCsv.size}）。`);
    const inJson = new Set<string>();
    for await (const element of elementsOf(join(this.#folder, `${path}.json`))) {
      const { unit, sha256, receipt } = z.object({ unit: z.string(), sha256: z.string().optional(), receipt: z.string().optional() }).parse(element);
      inJson.add(unit);
      const row = inCsv.get(unit);
      if (row === undefined) this.#report(`${path}.json ${unit}`, 'CSVにない回答です。');
      else if (row['sha256'] !== sha256 || row['receipt'] !== receipt)
        this.#report(`${path}.json ${unit}`, '受付番号かハッシュ値がCSVと違います。');
      const problem = check(element);
      if (problem !== undefined) this.#report(`${path}.json ${unit}`, problem);
    }
    for (const unit of inCsv.keys()) if (!inJson.has(unit)) this.#report(`${path}.csv ${unit}`, 'JSONにない回答です。');
  }

  /** What is wrong with the seal of a return, computed again over the canonical JSON (RFC 8785). */
  #seal({ round, formVersions = {} }: Manifest, form: string, element: unknown): string | undefined {
    const parsed = exportedReturn.safeParse(element);
    const formVersion = formVersions[form];
    if (!parsed.success || formVersion === undefined) return 'ハッシュ値を計算するための項目がありません。';
    const { unit, version, receipt, sha256, answers, reasons } = parsed.data;
    this.returns += 1;
    if (sealOf({ round, form, formVersion, unit, version, answers, reasons }) !== sha256) return '回答がハッシュ値（SHA-256）と一致しません。';
    const quoted = sha256.slice(0, receiptDigits).toUpperCase();
    const isReceipt = receipt.startsWith(`${round}-`) && receipt.endsWith(`-${quoted}`);
    return isReceipt ? undefined : `受付番号 ${receipt} がハッシュ値と一致しません。`;
  }
}

/**
 * Verifies a folder that an export or a published edition was downloaded to.
 *
 * @throws Error when there is no manifest in it that could be read
 */
export async function verifyFolder(folder: string): Promise<Verification> {
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => {
    throw new Error(`${join(folder, 'manifest.json')} がありません。出力又は公表版を保存したフォルダを指定してください。`);
  });
  const document: unknown = JSON.parse(text);
  const exported = manifestSchema.safeParse(document);
  const { files } = exported.success ? exported.data : publishedEdition.parse(document);
  const verifier = new Verifier(folder, files);
  await verifier.files();
  for (const prefix of exported.success ? ['internal/', 'public/'] : ['']) await verifier.dataPackage(prefix);
  if (exported.success) for (const form of Object.keys(exported.data.forms)) await verifier.form(exported.data, form);
  return { files: files.length, returns: verifier.returns, disagreements: verifier.disagreements };
}
