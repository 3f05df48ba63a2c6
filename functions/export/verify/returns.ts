/**
 * The returns of a form: as many as the manifest counts, each with its own hash and receipt, the same in CSV and JSON,
 * and in the public files exactly what may be public of the accepted ones.
 */

import type { Answers } from '../../../schemas/values/json.ts';
import { isObject } from '../../../schemas/values/json.ts';
import canonicalize from 'canonicalize';
import * as z from 'zod';
import { contentIssues } from '../../../schemas/compile.ts';
import { isOfMunicipalities, unitsByCode } from '../../../schemas/directory.ts';
import type { Directory, ReportingUnit } from '../../../schemas/directory.ts';
import type { Manifest } from '../../../schemas/export.ts';
import type { Form } from '../../../schemas/form.ts';
import { onBehalf } from '../../../schemas/return.ts';
import { exportedFilePath, namedFiles } from '../../domain/files.ts';
import { publicAnswers } from '../../domain/public-answers.ts';
import type { Audience } from '../../domain/summary.ts';
import { sealOf, sha256 as hashOfText } from '../../storage/seal.ts';
import type { Folder } from './folder.ts';
import { jsonLinesOf } from './reading.ts';
import type { CsvRecord } from './reading.ts';
import { WrittenTables } from './tables.ts';

const answers = z.custom<Answers>(isObject);
const listedReturn = z.object({ unit: z.string(), answers });
const sealedReturn = listedReturn.extend({
  version: z.int(),
  /** Where it is another than the round has by now. */
  formVersion: z.int().optional(),
  receipt: z.string(),
  sha256: z.string(),
  reasons: z.record(z.string(), z.string()),
  onBehalf: onBehalf.optional(),
});
type SealedReturn = z.infer<typeof sealedReturn>;

const receiptDigits = 6;

function fingerprint(value: Answers): string {
  return hashOfText(canonicalize(value) ?? '');
}

/** What is wrong with the seal of a return, computed again over the canonical JSON (RFC 8785). */
function sealProblem({ round, formVersions = {} }: Manifest, form: string, each: SealedReturn): string | undefined {
  const formVersion = each.formVersion ?? formVersions[form];
  if (formVersion === undefined) return 'ハッシュ値を計算するための項目がありません。';
  const { unit, version, receipt, sha256, answers, reasons } = each;
  if (sealOf({ round, form, formVersion, unit, version, answers, reasons }) !== sha256)
    return '回答がハッシュ値（SHA-256）と一致しません。';
  const quoted = sha256.slice(0, receiptDigits).toUpperCase();
  const isReceipt = receipt.startsWith(`${round}-`) && receipt.endsWith(`-${quoted}`);
  return isReceipt ? undefined : `受付番号 ${receipt} がハッシュ値と一致しません。`;
}

/** Whether JSON and CSV say the same of what the prefecture submitted; exports of earlier releases say nothing of it in the CSV. */
function isSubmittedAlike({ onBehalf: by }: Partial<SealedReturn>, row: CsvRecord): boolean {
  const { onBehalf: source, onBehalfReason: reason } = row;
  return source === undefined || (source === (by?.source ?? '') && reason === (by?.reason ?? ''));
}

interface VerifiedForm {
  readonly id: string;
  /** At the version of the manifest; `undefined` where the application does not have it. */
  readonly form: Form | undefined;
  /** `undefined` where it cannot be read. */
  readonly directory: Directory | undefined;
}

class FormReturns {
  sealed = 0;
  readonly #folder: Folder;
  readonly #manifest: Manifest;
  readonly #id: string;
  readonly #form: Form | undefined;
  readonly #units: ReadonlyMap<string, ReportingUnit> | undefined;
  /** Fingerprints of what may be public of the accepted returns. */
  readonly #open = new Map<string, string>();
  #isInternalRead = false;
  readonly #named = new Set<string>();

  constructor(folder: Folder, manifest: Manifest, { id, form, directory }: VerifiedForm) {
    this.#folder = folder;
    this.#manifest = manifest;
    this.#id = id;
    this.#form = form;
    // Which municipalities have a welfare office stands in no file; each return is of a unit that was asked.
    this.#units =
      form && directory && unitsByCode(directory, isOfMunicipalities(form.units) ? 'municipality' : form.units);
  }

  async verify(audience: Audience, expected: number): Promise<void> {
    const json = `${audience}/${this.#id}.json`;
    const csv = `${audience}/${this.#id}.csv`;
    const tables = new WrittenTables(this.#folder, audience, { id: this.#id });
    const hasCsv = await tables.read(this.#id, audience, this.#form);
    if (hasCsv && tables.returns.size !== expected)
      this.#folder.report(csv, `回答の数が違います（目録 ${expected}、実際 ${tables.returns.size}）。`);
    const units = new Set<string>();
    const isRead = await this.#folder.reading(json, async () => {
      for await (const { line, element } of jsonLinesOf(this.#folder.at(json))) {
        const each = audience === 'internal' ? sealedReturn.safeParse(element) : listedReturn.safeParse(element);
        if (!each.success) {
          this.#folder.report(`${json} ${line}行目`, '回答として読み取れません。');
          continue;
        }
        const { unit } = each.data;
        if (units.has(unit)) this.#folder.report(`${json} ${unit}`, '同じ回答単位の回答が2つあります。');
        units.add(unit);
        if (hasCsv) this.#compareWithCsv(`${json} ${unit}`, each.data, tables);
        this.#check(audience, each.data, tables.returns.get(unit)?.['state']);
      }
    });
    if (!isRead) return;
    if (units.size !== expected)
      this.#folder.report(json, `回答の数が違います（目録 ${expected}、実際 ${units.size}）。`);
    if (audience === 'internal') this.#isInternalRead = hasCsv;
    else this.#compareWithInternal(units);
    if (!hasCsv) return;
    for (const unit of tables.returns.keys())
      if (!units.has(unit)) this.#folder.report(`${csv} ${unit}`, 'JSONにない回答です。');
    tables.close();
  }

  #compareWithCsv(
    where: string,
    each: z.infer<typeof listedReturn> & Partial<SealedReturn>,
    tables: WrittenTables,
  ): void {
    const row = tables.returns.get(each.unit);
    if (row === undefined) this.#folder.report(where, 'CSVにない回答です。');
    else if (row['sha256'] !== each.sha256 || row['receipt'] !== each.receipt)
      this.#folder.report(where, '受付番号かハッシュ値がCSVと違います。');
    else if (!isSubmittedAlike(each, row)) this.#folder.report(where, '県による提出かその理由がCSVと違います。');
    if (this.#fits(each.answers)) tables.compare(this.#manifest.round, each.unit, each.answers);
  }

  #fits(given: Answers): boolean {
    return this.#form !== undefined && contentIssues(this.#form, given).length === 0;
  }

  /** @param state as the CSV has it */
  #check(audience: Audience, each: z.infer<typeof listedReturn>, state: string | undefined): void {
    const where = `${audience}/${this.#id}.json ${each.unit}`;
    if (audience === 'internal') {
      const sealed = sealedReturn.parse(each);
      this.sealed += 1;
      const problem = sealProblem(this.#manifest, this.#id, sealed);
      if (problem !== undefined) this.#folder.report(where, problem);
    }
    if (this.#form === undefined) return;
    if (!this.#fits(each.answers)) {
      this.#folder.report(where, '回答が調査票の形に合いません。');
      return;
    }
    this.#compareFiles(audience, each.unit, each.answers);
    if (audience === 'public') {
      const open = this.#open.get(each.unit);
      if (open !== undefined && open !== fingerprint(each.answers))
        this.#folder.report(where, '県の内部用の回答から公表する部分と一致しません。');
      return;
    }
    if (this.#units?.has(each.unit) === false) this.#folder.report(where, '名簿にない回答単位です。');
    if (state !== 'accepted') return;
    this.#open.set(each.unit, fingerprint(publicAnswers(this.#form, each.answers)));
  }

  /** What was sent lies in the export under its hash; that its bytes have that hash is seen with all files. */
  #compareFiles(audience: Audience, unit: string, given: Answers): void {
    if (this.#form === undefined) return;
    const { filesLeftOut = [] } = this.#manifest;
    for (const { path: question, file } of namedFiles(this.#form, given)) {
      const path = `${audience}/${exportedFilePath({ form: this.#id, unit }, file)}`;
      this.#named.add(path);
      if (filesLeftOut.includes(path)) continue;
      const found = this.#folder.files.find((each) => each.path === path);
      if (found === undefined) this.#folder.report(path, `回答（${question}）にあるファイルが、目録にありません。`);
      else if (found.sha256 !== file.sha256 || found.bytes !== file.bytes)
        this.#folder.report(path, `回答（${question}）と、大きさかハッシュ値が違います。`);
    }
  }

  /** A file that no answer of the audience names was not for it to see. */
  refuseStrays(): void {
    if (this.#form === undefined) return;
    const own = new RegExp(`^(?:internal|public)/files/${this.#id}/`);
    for (const { path } of this.#folder.files)
      if (own.test(path) && !this.#named.has(path)) this.#folder.report(path, 'どの回答にもないファイルです。');
  }

  #compareWithInternal(units: ReadonlySet<string>): void {
    if (!this.#isInternalRead || this.#form === undefined) return;
    const json = `public/${this.#id}.json`;
    for (const unit of units)
      if (!this.#open.has(unit))
        this.#folder.report(`${json} ${unit}`, '県の内部用のファイルに確認済の回答がありません。');
    for (const unit of this.#open.keys())
      if (!units.has(unit)) this.#folder.report(`${json} ${unit}`, '確認済の回答がありません。');
  }
}

export async function verifyReturns(folder: Folder, manifest: Manifest, counted: VerifiedForm): Promise<number> {
  const { id, form } = counted;
  const { submitted = 0, accepted = 0 } = manifest.forms[id] ?? {};
  const returns = new FormReturns(folder, manifest, counted);
  if (form === undefined)
    folder.report(
      'manifest.json',
      `調査票 ${id}（版 ${manifest.formVersions?.[id] ?? '不明'}）がこのアプリケーションにないため、回答と表を照合できません。`,
    );
  await returns.verify('internal', submitted + accepted);
  await returns.verify('public', accepted);
  returns.refuseStrays();
  return returns.sealed;
}
