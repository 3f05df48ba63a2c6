/** What the files of an export are made of, and the list of their formats. A new kind of file is one more entry here. */

import type { Directory, ReportingUnit } from '../../../schemas/directory.ts';
import type { AsOf, ExportedFile, FormCounts, Licence, QuestionName, Summary } from '../../../schemas/export.ts';
import type { Form } from '../../../schemas/form.ts';
import type { Answers } from '../../../schemas/values/json.ts';
import type { ReturnKey, Version } from '../../../schemas/return.ts';
import type { Round } from '../../../schemas/round.ts';
import type { SeriesRound } from '../../domain/analysis/time-series.ts';
import type { FormComparison } from '../../domain/comparison.ts';
import type { PublishedClass } from '../../domain/report/class-tables.ts';
import type { PrintedSettings } from '../../domain/report/document.ts';
import type { PreviousNumbers } from '../../domain/previous-numbers.ts';
import type { Audience } from '../../domain/summary.ts';
import type { AnswerTable } from '../../domain/tables.ts';
import type { AnalysedForm } from './analysed-forms.ts';
import type { ReportParts } from './report-parts.ts';
import type { TableSchema } from './table-schema.ts';
import type { TablesFolder } from './work-folder.ts';

/** A file that lies in its work folder, its path relative to that; or one that was sent for a return. */
export interface WrittenFile extends ExportedFile {
  readonly schema?: TableSchema;
  /** The same table as Parquet. */
  readonly parquet?: ExportedFile;
  /** Where the content lies that is copied as it is. */
  readonly sentFor?: ReturnKey;
}

export interface ExportedReturn {
  readonly unit: ReportingUnit;
  readonly state: 'submitted' | 'accepted';
  readonly version: Version;
  readonly answers: Answers;
}

export interface FormWithTables {
  readonly form: Form;
  readonly table: AnswerTable;
}

export interface FormWithCounts extends FormWithTables {
  readonly counts: FormCounts;
}

export interface ReturnContext extends FormWithTables {
  readonly folder: TablesFolder;
  readonly round: Round;
  readonly audience: Audience;
  readonly report: ReportParts;
}

/** The files of one form in one format, while its returns stream by. */
export interface ReturnFiles {
  add(returned: ExportedReturn): void;
  drain(): Promise<void>;
  close(): Promise<WrittenFile[]>;
}

type ReturnFormat = (context: ReturnContext) => Promise<ReturnFiles>;

export interface DocumentContext {
  readonly folder: TablesFolder;
  readonly round: Round;
  readonly directory: Directory;
  readonly audience: Audience;
  readonly asOf: AsOf;
  readonly licence: Licence;
  readonly forms: readonly FormWithCounts[];
  readonly summary: Summary;
  readonly leftOut: readonly QuestionName[];
  readonly byClass?: PublishedClass | undefined;
  readonly comparisons: readonly FormComparison[];
  /** By form what each unit answered the last time; for internal files alone. */
  readonly previousNumbers: ReadonlyMap<string, PreviousNumbers>;
  /** By form, for the sheets of the analysis; in internal files alone, and only of so many units. */
  readonly analysed: ReadonlyMap<string, AnalysedForm>;
  /** By form the figures of the rounds before, the newest first; for internal files alone. */
  readonly earlier: ReadonlyMap<string, readonly SeriesRound[]>;
  readonly report: ReportParts;
  readonly settings: PrintedSettings;
  readonly files: readonly WrittenFile[];
}

export type DirectoryContext = Pick<DocumentContext, 'folder' | 'directory' | 'audience' | 'forms' | 'byClass'>;

/** `undefined` where the audience gets none. */
type DirectoryFormat = (context: DirectoryContext) => Promise<WrittenFile | undefined>;

/** A file about all forms; `undefined` where the audience gets none. */
type DocumentFormat = (context: DocumentContext) => Promise<WrittenFile | undefined>;

export interface Formats {
  readonly returns: readonly ReturnFormat[];
  /** Written before the documents, which tell what they have that the last edition had otherwise. */
  readonly directory?: readonly DirectoryFormat[];
  /** In the order of writing; the workbook reads and the data package describes the files before it. */
  readonly documents: readonly DocumentFormat[];
}
