/** The report as data: what every renderer turns into its own format, in the same order and the same words. */

import type { Handout } from '../../../schemas/handout.ts';
import type { ReportSettings } from '../../../schemas/report-settings.ts';

/** A `part` has sections, these have items; an `appendix` is a part that begins a page. */
export interface Heading {
  readonly kind: 'heading';
  readonly level: 'part' | 'appendix' | 'section' | 'item';
  readonly text: string;
}

export interface Paragraph {
  readonly kind: 'paragraph';
  readonly text: string;
}

export interface Line {
  readonly text: string;
  readonly indent: 0 | 1 | 2;
}

export interface Lines {
  readonly kind: 'lines';
  readonly lines: readonly Line[];
}

export interface ReportColumn {
  readonly label: string;
  readonly isNumber?: boolean;
}

/** A table; the first cell of every row is its heading. Every row has as many cells as there are columns. */
export interface ReportTable {
  readonly kind: 'table';
  readonly caption: string;
  readonly columns: readonly ReportColumn[];
  /** May be made while they are read, and can be read again. */
  readonly rows: Iterable<readonly string[]>;
  /** Many narrow columns: smaller type. */
  readonly isDense?: boolean;
  /** Stands on pages that are wider than high. */
  readonly isLandscape?: boolean;
}

export interface Bar {
  readonly label: string;
  readonly values: readonly number[];
}

/** A bar chart of numbers that also stand in a table. */
export interface Bars {
  readonly kind: 'bars';
  readonly title: string;
  readonly unit: string;
  readonly series: readonly string[];
  readonly bars: readonly Bar[];
}

export interface StructureNode {
  readonly name: string;
  /** What kind of body it is, as people read it. */
  readonly kind: string;
  readonly depth: number;
  /** Index of the node above; absent at the top. */
  readonly parent?: number;
}

/** An organisation chart (組織図): nodes in the order of reading, each below the one it belongs to. */
export interface Structure {
  readonly kind: 'structure';
  readonly title: string;
  readonly nodes: readonly StructureNode[];
}

/** The pages up to here, from the end of pages before, stand so. Only for formats that have pages of their own. */
export interface PagesEnd {
  readonly kind: 'pagesEnd';
  readonly orientation: 'portrait' | 'landscape';
}

export type Block = Heading | Paragraph | Lines | ReportTable | Bars | Structure | PagesEnd;

export interface ReportHead {
  readonly title: string;
  /** 資料番号; absent, nothing is printed. */
  readonly documentNumber?: string;
  readonly occasion: readonly string[];
  /** 「確定値（○年○月○日現在）」, 「県が確認した回答の集計（○年○月○日現在）」 or 「内部検討用・取扱注意」. */
  readonly status: string;
  /** `第2版`; absent, the first. */
  readonly edition?: string;
  /** Under what terms it may be used; of what is public. */
  readonly licence?: string;
}

export interface Note {
  readonly text: string;
  readonly lines?: readonly string[];
}

/** The edition that the report becomes when it is published, and what it corrects (正誤表) of the last one that stands. */
interface NextEdition {
  readonly edition: number;
  /** None where all before were taken back. */
  readonly errata: readonly Block[];
}

/** What is said about a report beside its numbers; what is absent is not printed. */
export interface PrintedSettings extends Readonly<ReportSettings> {
  /** What the report is made of; absent, the usual parts. */
  readonly handout?: Handout;
  /** Where an edition was published before. */
  readonly next?: NextEdition | undefined;
}

export function heading(level: Heading['level'], text: string): Heading {
  return { kind: 'heading', level, text };
}

export function paragraph(text: string): Paragraph {
  return { kind: 'paragraph', text };
}

interface GivenSettings {
  readonly division?: string | undefined;
  readonly kept: ReportSettings;
  /** What this export alone was told; it goes before everything. */
  readonly told?: ReportSettings | undefined;
}

/** Each setting by itself; the report falls back to the prefecture's name where no division is left. */
export function settingsFor({ division, kept, told = {} }: GivenSettings): ReportSettings {
  return { ...(division === undefined ? {} : { division }), ...kept, ...told };
}
