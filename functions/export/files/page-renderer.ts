/** Pages about single returns in the formats of the report. */

import { isDeepStrictEqual } from 'node:util';
import type { Bars, Block } from '../../domain/report/document.ts';
import { blockHtml } from './report-html.ts';
import { blockWord } from './report-word.ts';

export type DetailBlock = Exclude<Block, Bars>;
export type PartKind = 'html' | 'word';

type RenderedPages = Readonly<Record<PartKind, Uint8Array>>;

function pieces(blocks: readonly DetailBlock[], format: (block: DetailBlock) => Iterable<string>): Uint8Array {
  let text = '';
  for (const block of blocks) for (const piece of format(block)) text += piece;
  return Buffer.from(text, 'utf8');
}

/** Rows that are made while they are read cannot be compared. */
function canCompare(blocks: readonly DetailBlock[]): boolean {
  return blocks.every((block) => block.kind !== 'table' || Array.isArray(block.rows));
}

/**
 * A return is rendered for the prefecture and then for the public: where both see the same pages, they are the bytes that
 * were made before.
 */
export class PageRenderer {
  #last: { readonly blocks: readonly DetailBlock[]; readonly rendered: RenderedPages } | undefined;

  render(blocks: readonly DetailBlock[]): RenderedPages {
    const last = this.#last;
    if (last !== undefined && canCompare(blocks) && isDeepStrictEqual(last.blocks, blocks)) return last.rendered;
    const rendered = { html: pieces(blocks, blockHtml), word: pieces(blocks, blockWord) };
    this.#last = canCompare(blocks) ? { blocks, rendered } : undefined;
    return rendered;
  }
}
