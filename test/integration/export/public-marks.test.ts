/** Nothing internal in public: every question that is not public is answered with a mark, and no public file has one. */

import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { editChecks } from '../../../functions/domain/edit-checks.ts';
import { reportingUnits } from '../../../schemas/directory.ts';
import type { ReportingUnit } from '../../../schemas/directory.ts';
import { manifest as manifestSchema, summary as summarySchema } from '../../../schemas/export.ts';
import type { Manifest } from '../../../schemas/export.ts';
import type { Form, Item } from '../../../schemas/form.ts';
import { forms } from '../../../schemas/forms/catalogue.ts';
import type { Answers, Json } from '../../../schemas/values/json.ts';
import { roundDefinition } from '../../../schemas/round.ts';
import { exportFileKey } from '../../../functions/storage/bucket-keys.ts';
import { textOfFile } from '../../support/zip.ts';
import { answersOf } from '../../unit/support/arbitrary-answers.ts';
import { directoryFixture, exportRound, ok, openRound, openSystem } from '../support/fixtures.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

type JsonObject = { [key: string]: Json | undefined };

const names = [...forms.keys()];
const late = openRound(Object.fromEntries(names.map((name) => [name, 2024])), {
  opensAt: '2024-10-01',
  dueAt: '2024-11-29',
});
const definition = { ...roundDefinition.parse(late), id: 'R6', directoryVersion: 1 };

const formNamed = (name: string): Form => {
  const form = forms.get(name)?.get(2024);
  if (form === undefined) throw new Error(`no form ${name}`);
  return form;
};

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every mark that was given out; each text differs from all others. */
const marks: string[] = [];

function newMark(item: Item): string {
  const number = String(marks.length + 1).padStart(4, '0');
  const { definition } = item;
  const format = definition.kind === 'text' ? definition.format : undefined;
  const mark =
    format === 'email' ? `mark${number}@example.test` : format === 'phone' ? `0999-88-${number}` : `秘匿${number}号`;
  marks.push(mark);
  return mark;
}

interface Marking {
  /** Marks the public texts too: the return is not accepted, or the entry is withheld. */
  readonly everything: boolean;
  /** Receives the ids of the questions answered. */
  readonly answered: Set<string>;
}

function isWithheld({ definition }: Item, entry: JsonObject): boolean {
  if (definition.kind !== 'list' || definition.withheld === undefined) return false;
  return Object.entries(definition.withheld).every(([key, value]) =>
    [value].flat().some((each) => each === entry[key]),
  );
}

function markedEntry(list: Item, entry: Json, marking: Marking): Json {
  if (!isObject(entry)) return entry;
  const withheld = isWithheld(list, entry);
  if (withheld) marking.answered.add(`${list.id} withheld`);
  const fields = markedFields(list.children, entry, { ...marking, everything: marking.everything || withheld });
  return { ...fields, id: entry['id'] };
}

function marked(item: Item, answer: Json, marking: Marking): Json {
  const { definition, children, visibility } = item;
  marking.answered.add(item.id);
  if (answer === null) return null;
  if (item.kind.nesting === 'fields' && isObject(answer)) return markedFields(children, answer, marking);
  if (definition.kind === 'list' && Array.isArray(answer))
    return answer.map((entry) => markedEntry(item, entry, marking));
  if (visibility === 'open' && !marking.everything) return answer;
  if (definition.kind === 'text') return newMark(item);
  if (definition.kind === 'texts' && Array.isArray(answer)) return answer.map(() => newMark(item));
  return answer;
}

function markedFields(items: readonly Item[], value: JsonObject, marking: Marking): JsonObject {
  return Object.fromEntries(
    items.flatMap((item): [string, Json][] => {
      const answer = value[item.key];
      return answer === undefined ? [] : [[item.key, marked(item, answer, marking)]];
    }),
  );
}

/** What must be answered by someone: the questions that are not public, and an entry of each list that withholds any. */
function targetsOf(form: Form): string[] {
  const items = [...form.items.values()];
  const hidden = items.filter(({ visibility }) => visibility !== 'open').map(({ id }) => id);
  const withholding = items.filter(({ definition }) => definition.kind === 'list' && definition.withheld !== undefined);
  return [...hidden, ...withholding.map(({ id }) => `${id} withheld`)];
}

function targetsIn(form: Form, answers: Answers): Set<string> {
  const answered = new Set<string>();
  const before = marks.length;
  markedFields(form.sections, answers, { everything: false, answered });
  marks.length = before;
  return answered;
}

/** Returns that may be submitted and that together answer every target. */
function coveringReturns(form: Form, municipalities: readonly string[]): Answers[] {
  const left = new Set(targetsOf(form));
  const chosen: Answers[] = [];
  const samples = fc.sample(answersOf(form, { municipalities }), { seed: 20_241_129, numRuns: 1500 });
  for (const answers of samples) {
    if (left.size === 0) break;
    if (editChecks(form, answers, { unit: '', round: definition }).some(({ severity }) => severity === 'refuse'))
      continue;
    const covered = [...targetsIn(form, answers)].filter((target) => left.has(target));
    if (covered.length === 0) continue;
    for (const target of covered) left.delete(target);
    chosen.push(answers);
  }
  expect([...left], `questions of ${form.id} that no return answers`).toEqual([]);
  return chosen;
}

let system: TestSystem;
let exportId: string;
let manifest: Manifest;
/** Contents by path, documents unpacked. */
const files = new Map<string, string>();
/** Reasons, receipts and hashes, which public files have none of. */
const secrets: string[] = [];
let reasonsGiven = 0;
/** The units of each form that are accepted, and the one that is only submitted. */
const accepted = new Map<string, string[]>();

/** Submits, giving a marked reason to every edit check that asks. */
async function submit(form: Form, { code, editor }: ReportingUnit, answers: Answers): Promise<string> {
  const client = system.municipality(editor);
  const path = `/api/rounds/R6/returns/${form.id}/${code}`;
  const saved = ok(await client.put(path, { answers }, { 'if-none-match': '*' }));
  const asked = await client.post(`${path}/submission`);
  const errors: { code: string; check: string }[] = asked.status === 422 ? asked.json().errors : [];
  expect(
    errors.filter((error) => error.code !== 'reason-required'),
    asked.text,
  ).toEqual([]);
  const reasons = Object.fromEntries(errors.map(({ check }, index) => [check, `理由${code}の${index}番`]));
  reasonsGiven += errors.length;
  secrets.push(...Object.values(reasons));
  if (errors.length > 0)
    ok(await client.put(path, { answers, reasons }, { 'if-match': saved.headers.get('etag') ?? '' }));
  const submitted = errors.length > 0 ? await client.post(`${path}/submission`) : asked;
  const { receipt, sha256, late: isLate } = ok(submitted).json();
  expect(isLate).toBe(true);
  secrets.push(receipt, sha256);
  return path;
}

beforeAll(async () => {
  system = await startTestSystem();
  const directory = await directoryFixture('saitama-r6');
  await openSystem(system, directory, 'R6', late);
  const partners = directory.municipalities.slice(-3).map(({ code }) => code);
  for (const form of names.map(formNamed)) {
    const units = reportingUnits(directory, form.units);
    const returns = coveringReturns(form, partners);
    const codes: string[] = [];
    for (const [index, answers] of returns.entries()) {
      const unit = units[index];
      if (unit === undefined) throw new Error(`${form.id} has too few units`);
      const path = await submit(
        form,
        unit,
        markedFields(form.sections, answers, { everything: false, answered: new Set() }),
      );
      ok(await system.prefecture.post(`${path}/decision`, { version: 1, decision: 'accept' }));
      codes.push(unit.code);
    }
    accepted.set(form.id, codes);
    const waiting = units[returns.length];
    if (waiting === undefined) throw new Error(`${form.id} has too few units`);
    await submit(
      form,
      waiting,
      markedFields(form.sections, returns[0] ?? {}, { everything: true, answered: new Set() }),
    );
  }
  const exported = await exportRound(system, 'R6');
  expect(exported.record).toMatchObject({ status: 'done' });
  ({ exportId } = exported);
  manifest = manifestSchema.parse(exported.record.manifest);
  for (const { path } of manifest.files) {
    const content = await new Response(
      await system.bucket.readStream(exportFileKey('R6', exportId, path)),
    ).arrayBuffer();
    files.set(path, textOfFile(path, Buffer.from(content)));
  }
});

afterAll(() => system.stop());

const filesIn = (folder: string): [string, string][] => [...files].filter(([path]) => path.startsWith(`${folder}/`));

function hiddenIds(form: Form): string[] {
  return [...form.items.values()].filter(({ visibility }) => visibility !== 'open').map(({ id }) => id);
}

/** Every key of a JSON value, list entries left out, as question ids are written. */
function keysIn(value: unknown, prefix = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => keysIn(each, prefix));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => {
    const id = prefix === '' ? key : `${prefix}.${key}`;
    return [id, ...keysIn(part, id)];
  });
}

describe('the internal files', () => {
  it('hold every mark and every reason, so that it would be seen in public', () => {
    const internal = filesIn('internal')
      .map(([, text]) => text)
      .join('\n');
    expect(marks.length).toBeGreaterThan(30);
    expect(reasonsGiven).toBeGreaterThan(0);
    for (const mark of [...marks, ...secrets]) expect(internal.includes(mark), mark).toBe(true);
  });
});

describe('the public files', () => {
  it('hold no mark: no answer that is not public, no contact, no withheld entry, nothing that is not accepted', () => {
    expect(filesIn('public').length).toBeGreaterThan(10);
    expect(filesIn('public').map(([path]) => path)).toEqual(
      expect.arrayContaining(['public/R6.xlsx', 'public/report.docx']),
    );
    for (const [path, text] of filesIn('public'))
      for (const mark of marks) expect(text.includes(mark), `${path} tells ${mark}`).toBe(false);
  });

  it('hold no reason, receipt, hash of a return or officer', () => {
    for (const [path, text] of filesIn('public'))
      for (const secret of [...secrets, 'unit-11'])
        expect(text.includes(secret), `${path} tells ${secret}`).toBe(false);
  });

  it('hold accepted returns only', () => {
    for (const name of names) {
      const rows: { unit: string }[] = JSON.parse(files.get(`public/${name}.json`) ?? '');
      expect(rows.map(({ unit }) => unit)).toEqual(accepted.get(name));
    }
  });

  it.each(names)('tell neither state nor lateness nor anything but the answers of %s', (name) => {
    const returns: Record<string, unknown>[] = JSON.parse(files.get(`public/${name}.json`) ?? '');
    for (const each of returns) expect(Object.keys(each)).toEqual(['unit', 'answers']);
    const [header = []]: string[][] = parse(files.get(`public/${name}.csv`) ?? '', { to_line: 1 });
    for (const column of ['state', 'version', 'submittedAt', 'receipt', 'sha256', 'late', 'reasons'])
      expect(header).not.toContain(column);
  });

  it.each(names)('have no column, field or codebook entry for a question of %s that is not public', (name) => {
    const hidden = hiddenIds(formNamed(name));
    expect(hidden.length).toBeGreaterThan(0);
    const belongs =
      (id: string) =>
      (column: string): boolean =>
        column === id || column.startsWith(`${id}.`);
    for (const [path, text] of filesIn('public').filter(
      ([path]) => path.startsWith(`public/${name}.`) && path.endsWith('.csv'),
    )) {
      const [header = []]: string[][] = parse(text, { to_line: 1, bom: true });
      for (const id of hidden) expect(header.filter(belongs(id)), `${id} in ${path}`).toEqual([]);
    }
    const inJson = keysIn(
      JSON.parse(files.get(`public/${name}.json`) ?? '').map(({ answers }: { answers: unknown }) => answers),
    );
    for (const id of hidden) expect(inJson.filter(belongs(id)), id).toEqual([]);
    const codebook: Record<string, string>[] = parse(files.get('public/codebook.csv') ?? '', { columns: true });
    const described = codebook
      .filter(({ file = '' }) => file.startsWith(`${name}.`))
      .flatMap(({ id = '', column = '' }) => [id, column]);
    expect(described.length).toBeGreaterThan(0);
    for (const id of hidden) expect(described.filter(belongs(id)), id).toEqual([]);
    const { resources }: { resources: { path: string; schema: { fields: { name: string }[] } }[] } = JSON.parse(
      files.get('public/datapackage.json') ?? '',
    );
    const fields = resources
      .filter(({ path }) => path.startsWith(`${name}.`))
      .flatMap(({ schema }) => schema.fields.map((field) => field.name));
    expect(fields.length).toBeGreaterThan(0);
    for (const id of hidden) expect(fields.filter(belongs(id)), id).toEqual([]);
  });

  it('sum up Σ questions without telling the units or the kinds of municipality behind a figure', () => {
    const { rows } = summarySchema.parse(JSON.parse(files.get('public/summary.json') ?? ''));
    let sums = 0;
    for (const row of rows) {
      const visibility = formNamed(row.form).items.get(row.question)?.visibility;
      expect(row.units).toBeUndefined();
      expect(visibility, row.question).not.toBe('internal');
      if (visibility !== 'tally') continue;
      sums += 1;
      if (row.value !== 0) expect(row.kinds, `${row.question} ${row.option ?? ''}`).toBe('市町村');
    }
    expect(sums).toBeGreaterThan(0);
    const [header = []]: string[][] = parse(files.get('public/summary.csv') ?? '', { to_line: 1 });
    expect(header).not.toContain('units');
  });
});
