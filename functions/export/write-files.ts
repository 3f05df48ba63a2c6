/** Writes all files of an export to disk, internal and public ones in one pass over the returns. */

import { join } from 'node:path';
import type { QuestionName, Summary } from '../../schemas/export.ts';
import type { Form } from '../../schemas/form.ts';
import type { Answers } from '../../schemas/values/json.ts';
import type { ReturnKey } from '../../schemas/return.ts';
import type { Round } from '../../schemas/round.ts';
import { classesOf, classNamed } from '../../schemas/unit-classes.ts';
import type { ClassTallies } from '../domain/class-tallies.ts';
import { figuresByClass, publicFiguresByClass } from '../domain/class-tallies.ts';
import { compareForm } from '../domain/comparison.ts';
import type { FormComparison } from '../domain/comparison.ts';
import { isAmong } from '../domain/few-answers.ts';
import { exportedFilePath, namedFiles } from '../domain/files.ts';
import { figureCorrections, haveSameClass } from '../domain/errata.ts';
import { errataBlocks } from '../domain/report/corrections.ts';
import type { Block } from '../domain/report/document.ts';
import { PreviousNumbers } from '../domain/previous-numbers.ts';
import { publicAnswers } from '../domain/public-answers.ts';
import { figuresAsPrinted, figuresLeftOut, summarise, talliedFigures } from '../domain/summary.ts';
import type { Audience } from '../domain/summary.ts';
import { tableOf } from '../domain/tables.ts';
import type { Tally } from '../domain/tally.ts';
import { versionsOfReturns } from '../service/counted-returns.ts';
import type { CountedForm } from '../service/counted-returns.ts';
import { AnalysedForms } from './files/analysed-forms.ts';
import { AudienceTallies } from './audience-tallies.ts';
import type { ExportDeps } from './deps.ts';
import { rowKeys, tablesInFolder } from './files/edition-tables.ts';
import { codebookFile } from './files/codebook-file.ts';
import { dataPackage } from './files/data-package.ts';
import { classesPath, directoryClasses, directoryMembers, directoryUnits } from './files/directory-files.ts';
import type { FormWithCounts, ExportedReturn, Formats, ReturnFiles, WrittenFile } from './files/formats.ts';
import { errataFiles } from './files/errata-files.ts';
import { excelCsv } from './files/excel-csv.ts';
import { openDataJson, openDataText } from './files/open-data.ts';
import { reportDocx, reportHtml } from './files/report-files.ts';
import { PageRenderer } from './files/page-renderer.ts';
import { ReportParts, reportParts } from './files/report-parts.ts';
import { returnJson } from './files/return-json.ts';
import { returnTables } from './files/return-tables.ts';
import { summaryCsv, summaryJson, summaryUnits } from './files/summary-files.ts';
import { workbook } from './files/workbook.ts';
import { TablesFolder } from './files/work-folder.ts';
import type { EditionWithTables } from './edition-with-tables.ts';
import { publishedClass } from './snapshot.ts';
import type { PreviousForm, Snapshot } from './snapshot.ts';
import { CorrectedUnits, nameColumnsOf, tableCorrections } from './files/table-corrections.ts';
import { isLate } from '../domain/due-date.ts';

const allFormats: Formats = {
  returns: [returnTables, returnJson, excelCsv, reportParts],
  directory: [directoryUnits, directoryMembers, directoryClasses],
  documents: [
    summaryJson,
    summaryCsv,
    summaryUnits,
    codebookFile,
    workbook,
    reportHtml,
    reportDocx,
    openDataText,
    openDataJson,
    dataPackage,
  ],
};

/** Returns between two visits to the disk; few enough that what the largest ones (300 KB) leave to write stays small. */
const returnsAtOnce = 10;

class AudienceFiles {
  readonly audience: Audience;
  readonly folder: TablesFolder;
  readonly forms: FormWithCounts[] = [];
  readonly tallies: Tally[] = [];
  /** The same by class. */
  readonly byClass: ClassTallies[] = [];
  readonly previous: { readonly of: PreviousForm; readonly tally: Tally }[] = [];
  readonly previousNumbers = new Map<string, PreviousNumbers>();
  readonly analysed = new AnalysedForms();
  readonly files: WrittenFile[] = [];
  /** What was sent for the returns, by path. */
  readonly sent = new Map<string, WrittenFile>();

  readonly report: ReportParts;
  readonly #formats: Formats;

  constructor(
    audience: Audience,
    folder: TablesFolder,
    { round, directory, forms, report }: Snapshot,
    { formats, renderer }: { readonly formats: Formats; readonly renderer: PageRenderer },
  ) {
    this.audience = audience;
    this.folder = folder;
    const asked = { round, directory, forms: forms.map(({ form }) => form) };
    this.report = new ReportParts(audience, folder, asked, { renderer, handout: report?.handout });
    this.#formats = formats;
  }

  async open({ form, counts }: CountedForm, { round, directory }: Snapshot): Promise<readonly ReturnFiles[]> {
    const { audience, folder, report } = this;
    const table = tableOf(form, directory, audience);
    this.forms.push({ form, table, counts });
    const opened: ReturnFiles[] = [];
    for (const format of this.#formats.returns)
      opened.push(await format({ form, table, folder, round, audience, report }));
    return opened;
  }

  /** One content that a return names several times is there once. */
  addSent(form: Form, key: ReturnKey, answers: Answers): void {
    for (const { file } of namedFiles(form, answers)) {
      const path = exportedFilePath(key, file);
      this.sent.set(path, { path, rows: 1, bytes: file.bytes, sha256: file.sha256, sentFor: key });
    }
  }

  /** Of an earlier round, whose returns are added to it. */
  comparedWith({ form, round, directory }: PreviousForm, now: Snapshot): PreviousNumbers | undefined {
    const asked = this.forms.find((each) => each.form.id === form.id);
    if (asked === undefined) return undefined;
    const previous = new PreviousNumbers(asked.table, { ...now, form: asked.form }, { form, round, directory });
    this.previousNumbers.set(form.id, previous);
    return previous;
  }

  async close(opened: readonly ReturnFiles[]): Promise<void> {
    for (const files of opened) this.files.push(...(await files.close()));
  }

  /** `step` keeps the export's place while the larger documents are written. */
  async writeDocuments(snapshot: Snapshot, step: Step): Promise<void> {
    const { round, directory, asOf, licence, report: given = {}, edition, newestEdition } = snapshot;
    const { audience, folder, forms, files, report } = this;
    const counting = {
      round,
      directory,
      audience,
      held: audience === 'public' ? (snapshot.held ?? []) : [],
      spellsKinds: given.handout?.spellsKinds === true,
    };
    const summary = this.#summary(snapshot, summarise(this.tallies, asOf, counting));
    const leftOut = figuresLeftOut(this.tallies, counting);
    const byClass = publishedClass(snapshot, audience);
    for (const format of this.#formats.directory ?? []) {
      const file = await format({ folder, directory, audience, forms, byClass });
      if (file !== undefined) files.push(file);
    }
    const isCorrecting = audience === 'public' && newestEdition !== undefined;
    const errata = isCorrecting ? await this.#errata(newestEdition, summary, step) : [];
    const next = audience === 'public' && edition !== undefined ? { edition, errata } : undefined;
    const settings = { ...given, next };
    const comparisons = this.#comparisons(summary, leftOut, round);
    const context = {
      folder,
      round,
      directory,
      audience,
      asOf,
      licence,
      forms,
      summary,
      leftOut,
      byClass,
      comparisons,
      previousNumbers: this.previousNumbers,
      analysed: this.analysed.byForm,
      earlier: (audience === 'internal' ? snapshot.earlier : undefined) ?? new Map(),
      report,
      settings,
    };
    for (const format of this.#formats.documents) {
      const file = await format({ ...context, files: [...files] });
      if (file !== undefined) files.push(file);
      await step(0);
    }
    await report.remove();
  }

  #summary({ round, directory, asOf, byClass }: Snapshot, summary: Summary): Summary {
    const context = { round, directory };
    if (this.audience === 'internal')
      return { ...summary, byClass: figuresByClass(this.byClass, classesOf(directory), context) };
    return byClass === undefined
      ? summary
      : { ...summary, byClass: publicFiguresByClass(this.byClass, byClass, asOf, context) };
  }

  /** Writes the list of corrections; the tables of returns and of the directory are written by now. */
  async #errata(last: EditionWithTables, summary: Summary, step: Step): Promise<Block[]> {
    const isCompared = ({ path }: WrittenFile): boolean => path !== classesPath || haveSameClass(last, summary);
    const now = tablesInFolder(this.folder.path, this.files.filter(isCompared));
    const depth = Math.max(1, ...[...last.tables.tables, ...now.tables].map((table) => rowKeys(table).length - 1));
    const figures = figureCorrections(last, summary);
    const units = new CorrectedUnits();
    const cells = units.noting(
      tableCorrections(last.tables, now, { nameColumns: nameColumnsOf(this.forms), step: () => step(0) }),
    );
    this.files.push(...(await errataFiles(this.folder, { figures, cells, depth })));
    return errataBlocks(last, { figures, ...units.found() }, { forms: this.forms.map(({ form }) => form) });
  }

  /** What one of the two rounds leaves out is in neither: it is no new question, and none that was retired. */
  #comparisons({ rows }: Summary, leftOut: readonly QuestionName[], round: Round): FormComparison[] {
    return this.previous.flatMap(({ of, tally }) => {
      const form = this.forms.find((each) => each.form.id === of.form.id)?.form;
      if (form === undefined) return [];
      const context = { round: of.round, directory: of.directory, audience: this.audience };
      const before =
        this.audience === 'internal' || of.printed === undefined
          ? talliedFigures(tally, context)
          : figuresAsPrinted(tally, context, of.printed);
      const isLeftOut = isAmong([...before.tooFew, ...leftOut]);
      const previous = before.rows.filter((row) => !isLeftOut(row));
      const now = rows.filter((row) => row.form === form.id && !isLeftOut(row));
      const { id, name, referenceDate, period } = of.round;
      const compared = compareForm({ round: of.round, form: of.form, rows: previous }, { round, form, rows: now });
      return [{ form: form.id, previous: { id, name, referenceDate, period }, rows: compared }];
    });
  }
}

type Step = (returns: number) => Promise<void>;

interface Source {
  readonly store: Pick<ExportDeps['store'], 'versionsOf'>;
}

function add(all: readonly ReturnFiles[], returned: ExportedReturn): void {
  for (const files of all) files.add(returned);
}

async function writeForm(
  { store }: Source,
  snapshot: Snapshot,
  of: CountedForm,
  { internal, ofPublic }: { internal: AudienceFiles; ofPublic: AudienceFiles },
  step: Step,
): Promise<void> {
  const { form } = of;
  const internalFiles = await internal.open(of, snapshot);
  const publicFiles = await ofPublic.open(of, snapshot);
  const { directory, byClass } = snapshot;
  const published = classNamed(directory, byClass?.by);
  const classes = { internal: classesOf(directory), public: published === undefined ? [] : [published] };
  const counting = new AudienceTallies(form, classes);
  const answers = internal.analysed.now({ ...snapshot, form }, of);
  let index = 0;
  for await (const { unit, state, standing, read } of versionsOfReturns(store, snapshot.round.id, of)) {
    index += 1;
    const version = { ...read, late: isLate(read, standing) };
    add(internalFiles, { unit, state, version, answers: read.answers });
    const key = { round: snapshot.round.id, form: form.id, unit: unit.code };
    internal.addSent(form, key, read.answers);
    if (state === 'accepted') {
      const open = publicAnswers(form, read.answers);
      add(publicFiles, { unit, state, version: read, answers: open });
      ofPublic.addSent(form, key, open);
    }
    counting.add(read, unit, state);
    answers?.add({ ...read, unit });
    if (index % returnsAtOnce > 0) continue;
    for (const files of [...internalFiles, ...publicFiles]) await files.drain();
    await step(returnsAtOnce);
  }
  await step(index % returnsAtOnce);

  await internal.close(internalFiles);
  await ofPublic.close(publicFiles);
  internal.tallies.push(counting.internal.whole());
  internal.byClass.push(counting.internal);
  ofPublic.tallies.push(counting.ofPublic.whole());
  ofPublic.byClass.push(counting.ofPublic);
}

/** Counts an earlier round's returns of a form, for the audiences that are compared with it. */
async function tallyPrevious(
  { store }: Source,
  snapshot: Snapshot,
  of: PreviousForm,
  { internal, ofPublic }: { internal: AudienceFiles; ofPublic: AudienceFiles },
  step: Step,
): Promise<void> {
  const { form, round, audiences } = of;
  const counting = new AudienceTallies(form, { internal: [], public: [] });
  const isInternal = audiences.includes('internal');
  const numbers = isInternal ? internal.comparedWith(of, snapshot) : undefined;
  const answers = isInternal ? internal.analysed.before(of, of) : undefined;
  for await (const { unit, state, read } of versionsOfReturns(store, round.id, of)) {
    counting.add(read, unit, state);
    if (isInternal) internal.report.facts.addPrevious(form, unit, read.answers, round);
    numbers?.add(unit.code, read.answers);
    answers?.add({ ...read, unit });
    await step(0);
  }
  if (isInternal) internal.previous.push({ of, tally: counting.internal.whole() });
  if (audiences.includes('public')) ofPublic.previous.push({ of, tally: counting.ofPublic.whole() });
}

function withParquet({ parquet, ...file }: WrittenFile): WrittenFile[] {
  const { schema } = file;
  return parquet === undefined || schema === undefined ? [file] : [file, { ...parquet, schema }];
}

/**
 * Writes the files below `directory`/internal and `directory`/public and gives them with their paths in the manifest.
 * Memory does not grow with the number of returns.
 *
 * @param step is called after every few returns with their number
 */
export async function writeFiles(
  source: Source,
  snapshot: Snapshot,
  directory: string,
  step: Step,
  formats: Formats = allFormats,
): Promise<WrittenFile[]> {
  const partition = { prefecture: snapshot.directory.prefecture.code, round: snapshot.round.id };
  const folder = (audience: Audience): TablesFolder => new TablesFolder(join(directory, audience), partition);
  const common = { formats, renderer: new PageRenderer() };
  const internal = new AudienceFiles('internal', folder('internal'), snapshot, common);
  const ofPublic = new AudienceFiles('public', folder('public'), snapshot, common);
  const both = [internal, ofPublic];
  try {
    for (const each of snapshot.forms) await writeForm(source, snapshot, each, { internal, ofPublic }, step);
    for (const each of snapshot.previous) await tallyPrevious(source, snapshot, each, { internal, ofPublic }, step);
    for (const each of both) await each.writeDocuments(snapshot, step);
  } finally {
    for (const { folder } of both) await folder.close();
  }
  return both.flatMap(({ audience, files, sent }) =>
    [...files.flatMap(withParquet), ...sent.values()].map((file) => ({ ...file, path: `${audience}/${file.path}` })),
  );
}
