/** `report.html` and `report.docx`: one report, two formats. */

import { reportOf } from '../../domain/report/report.ts';
import type { Report } from '../../domain/report/report.ts';
import type { Block } from '../../domain/report/document.ts';
import type { DocumentContext, WrittenFile } from './formats.ts';
import { blockHtml, chartHtml, htmlClosing, htmlOpening } from './report-html.ts';
import { printedTogether } from './report-together.ts';
import { blockWord, headWord } from './report-word.ts';

function reportIn(context: DocumentContext): Report {
  return reportOf({ ...context, facts: context.report.facts, settings: context.settings });
}

export async function* htmlOf(blocks: readonly Block[]): AsyncGenerator<string> {
  let charts = 0;
  for (const together of printedTogether(blocks)) {
    if (together.length > 1) yield '<div class="together">\n';
    for (const block of together)
      if (block.kind === 'bars') {
        yield await chartHtml(block, charts);
        charts += 1;
      } else yield* blockHtml(block);
    if (together.length > 1) yield '</div>\n';
  }
}

export function* wordOf(blocks: readonly Block[]): Generator<string> {
  for (const together of printedTogether(blocks))
    for (const [index, block] of together.entries()) yield* blockWord(block, index < together.length - 1);
}

async function* htmlPieces(context: DocumentContext): AsyncGenerator<string | Uint8Array> {
  const { head, before, after } = reportIn(context);
  yield htmlOpening(head);
  yield* htmlOf(before);
  yield* context.report.read('html');
  yield* htmlOf(after);
  yield htmlClosing;
}

export async function reportHtml(context: DocumentContext): Promise<WrittenFile> {
  const output = await context.folder.create('report.html');
  for await (const piece of htmlPieces(context)) {
    if (typeof piece === 'string') {
      output.append(piece);
      await output.drain();
    } else await output.write(piece);
  }
  return output.close(1);
}

async function* wordPieces(
  context: DocumentContext,
  { head, before, after }: Report,
): AsyncGenerator<string | Uint8Array> {
  yield headWord(head);
  yield* wordOf(before);
  yield* context.report.read('word');
  yield* wordOf(after);
}

export async function reportDocx(context: DocumentContext): Promise<WrittenFile> {
  const { docxPieces } = await import('./report-docx.ts');
  const report = reportIn(context);
  const properties = {
    title: report.head.title,
    author: context.directory.prefecture.name,
    at: context.asOf.at,
    endsWide: report.endsWide,
  };
  const output = await context.folder.create('report.docx');
  for await (const bytes of docxPieces(properties, wordPieces(context, report))) await output.write(bytes);
  return output.close(1);
}
