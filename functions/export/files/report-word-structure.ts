/**
 * The organisation chart of the document: a table without lines, in which every body is a cell with a frame, as far to
 * the right as it is deep, and the lines between entries are edges of the cells beside them. It is text in the order of
 * reading, and can be edited as any table.
 */

import type { Structure, StructureNode } from '../../domain/report/document.ts';
import { bodyLabel, deepest, structureInWords } from './report-structure.ts';
import { blank, gridRow, gridTable, keepNext, sides } from './report-word-grid.ts';
import type { GridCell } from './report-word-grid.ts';
import { styled, textWidth } from './report-word-text.ts';

/** Twentieths of a point. Lines go down from the middle of a step, so that a step is two columns. */
const step = 280;
const widestBox = 6200;
const gapHeight = 120;
/** Of half a box, where its line begins; the lower half grows with the text. */
const halfHeight = 210;
const onePage = 24;
const besideText = 100;

function columnOf({ depth }: StructureNode): number {
  return Math.min(depth, deepest);
}

/** The narrow columns at the left, the wide one that all boxes have in common, and steps at the right. */
interface Grid {
  readonly steps: number;
  readonly columns: readonly number[];
}

function gridOf(nodes: readonly StructureNode[]): Grid {
  const steps = Math.max(...nodes.map(columnOf));
  const box = Math.min(widestBox, textWidth - steps * step);
  return {
    steps,
    columns: [
      ...Array.from({ length: 2 * steps }, () => step / 2),
      box - steps * step,
      ...Array.from({ length: steps }, () => step),
    ],
  };
}

/**
 * Empty cells up to a column, a line down the left of those that begin at one of `lines`; from `branch` on, the line
 * goes to the right along their lower edge.
 */
function emptyCells(lines: readonly number[], to: number, content: string, branch = to): GridCell[] {
  const starts = [...new Set([0, ...lines])].filter((start) => start < to).toSorted((a, b) => a - b);
  return starts.map((from, index) => ({
    from,
    to: starts[index + 1] ?? to,
    edges: [...(lines.includes(from) ? (['left'] as const) : []), ...(from >= branch ? (['bottom'] as const) : [])],
    content,
  }));
}

/** The column in which the line goes down from a body. */
function lineBelow(node: StructureNode): number {
  return 2 * columnOf(node) + 1;
}

/** For each body the index of the last one that a line leads to from it. */
function lastBelow(nodes: readonly StructureNode[]): Map<number, number> {
  const last = new Map<number, number>();
  for (const [index, node] of nodes.entries()) {
    const above = node.parent === undefined ? undefined : nodes[node.parent];
    if (above !== undefined && node.parent !== undefined && columnOf(above) < columnOf(node))
      last.set(node.parent, index);
  }
  return last;
}

class StructureTable {
  readonly #nodes: readonly StructureNode[];
  readonly #grid: Grid;
  readonly #last: ReadonlyMap<number, number>;

  constructor(nodes: readonly StructureNode[]) {
    this.#nodes = nodes;
    this.#grid = gridOf(nodes);
    this.#last = lastBelow(nodes);
  }

  get columns(): readonly number[] {
    return this.#grid.columns;
  }

  /** The lines from the entries above this one that go on beside it, or, with `after`, below it too. */
  #lines(index: number, after: 0 | 1): number[] {
    const lines: number[] = [];
    for (let at = this.#nodes[index]?.parent; at !== undefined; at = this.#nodes[at]?.parent) {
      const node = this.#nodes[at];
      if (node !== undefined && (this.#last.get(at) ?? -1) >= index + after) lines.push(lineBelow(node));
    }
    return lines;
  }

  #row(height: number, rule: 'exact' | 'atLeast', cells: readonly GridCell[]): string {
    return gridRow({ height, rule, cells }, this.#grid.columns);
  }

  #remark(node: StructureNode, above: StructureNode | undefined): string {
    return above === undefined || columnOf(above) < columnOf(node) ? '' : `（上位：${above.name}）`;
  }

  #body(index: number, keepsOn: boolean): string {
    const node = this.#nodes[index];
    if (node === undefined) return '';
    const { steps, columns } = this.#grid;
    const above = node.parent === undefined ? undefined : this.#nodes[node.parent];
    const keepBelow = keepsOn ? keepNext : '';
    const beside = this.#lines(index, 0);
    const column = columnOf(node);
    const start = 2 * column;
    const end = 2 * steps + 1 + column;
    const text = styled(
      'Cell',
      `${bodyLabel(node)}${this.#remark(node, above)}`,
      keepNext,
      column === 0 ? '<w:b/>' : '',
    );
    const half = (part: 'restart' | 'continue', content: string, rest: string, before: readonly GridCell[]): string =>
      this.#row(halfHeight, 'atLeast', [
        ...before,
        { from: start, to: end, edges: sides, merge: part, margin: besideText, content },
        ...(end < columns.length ? [{ from: end, to: columns.length, edges: [], content: rest }] : []),
      ]);
    const branch = above === undefined ? start : lineBelow(above);
    return [
      ...(index === 0 ? [] : [this.#row(gapHeight, 'exact', emptyCells(beside, columns.length, blank(keepNext)))]),
      half('restart', text, blank(keepNext), emptyCells(beside, start, blank(keepNext), branch)),
      half('continue', blank(keepBelow), blank(keepBelow), emptyCells(this.#lines(index, 1), start, blank(keepBelow))),
    ].join('');
  }
  *rows(): Generator<string> {
    const { length } = this.#nodes;
    for (const index of this.#nodes.keys()) yield this.#body(index, length <= onePage && index < length - 1);
  }
}

/** On one page as a whole where that is possible; a box is never on two. */
export function* structureWord(structure: Structure): Generator<string> {
  const { title, nodes } = structure;
  const table = new StructureTable(nodes);
  yield* gridTable({ caption: title, title, words: structureInWords(structure) }, table.columns, table.rows());
}
