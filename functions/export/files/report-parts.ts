/**
 * What the report takes from every return as it goes by: a few facts in memory, and the pages about single returns, which are written at once and put into the report at its end.
 */

import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Handout } from '../../../schemas/handout.ts';
import type { Form } from '../../../schemas/form.ts';
import { extrasOf } from '../../../schemas/forms/catalogue.ts';
import { namesIn } from '../../domain/print-answer.ts';
import type { Names } from '../../../schemas/kinds/printing.ts';
import { heading } from '../../domain/report/document.ts';
import { ReportFacts } from '../../domain/report/facts.ts';
import { isShownSingly } from '../../domain/report/report.ts';
import { unitPages } from '../../domain/report/unit-pages.ts';
import { sideBySide, unitsPerTable } from '../../domain/report/side-by-side.ts';
import type { NamedReturn } from '../../domain/report/side-by-side.ts';
import type { Audience } from '../../domain/summary.ts';
import type { ExportedReturn, ReturnContext, ReturnFiles } from './formats.ts';
import type { DetailBlock, PageRenderer, PartKind } from './page-renderer.ts';
import type { WorkFolder } from './work-folder.ts';
import type { ReportedRound } from '../../domain/report/facts.ts';

const partsFolder = '.report';
const readAtOnce = 256 * 1024;

/** Files of parts; not in the manifest. */
function partFile(form: string, kind: PartKind): string {
  return `${partsFolder}/${form}.${kind}`;
}

export class ReportParts {
  readonly facts: ReportFacts;
  readonly #audience: Audience;
  readonly #handout: Handout | undefined;
  readonly #folder: WorkFolder;
  readonly #names: Names;
  readonly #renderer: PageRenderer;
  readonly #written: string[] = [];

  /** @param renderer of all audiences, so that what two of them see alike is rendered once */
  constructor(
    audience: Audience,
    folder: WorkFolder,
    asked: ReportedRound,
    { renderer, handout }: { readonly renderer: PageRenderer; readonly handout?: Handout | undefined },
  ) {
    this.facts = new ReportFacts(audience, asked);
    this.#audience = audience;
    this.#handout = handout;
    this.#folder = folder;
    this.#renderer = renderer;
    this.#names = namesIn(asked.directory);
  }

  async open(form: Form): Promise<ReturnFiles> {
    const isBeside = extrasOf(form).isSideBySide === true;
    const pages = isShownSingly(form, this.#handout) ? await this.#pages(form) : undefined;
    const waiting: NamedReturn[] = [];
    const flush = (): void => {
      if (waiting.length > 0) pages?.add([sideBySide(form, waiting.splice(0), this.#names, this.#audience)]);
    };
    return {
      add: ({ unit, answers, version: { previous } }: ExportedReturn) => {
        this.facts.add(form, unit, answers);
        if (isBeside) waiting.push({ unit, answers, previous });
        else pages?.add(unitPages(form, unit, answers, this.#names));
        if (waiting.length === unitsPerTable) flush();
      },
      drain: async () => pages?.drain(),
      close: async () => {
        flush();
        await pages?.close();
        return [];
      },
    };
  }

  async #pages(
    form: Form,
  ): Promise<{ add(blocks: readonly DetailBlock[]): void; drain(): Promise<void>; close(): Promise<void> }> {
    const html = await this.#folder.createPart(partFile(form.id, 'html'));
    const word = await this.#folder.createPart(partFile(form.id, 'word'));
    this.#written.push(form.id);
    const add = (blocks: readonly DetailBlock[]): void => {
      const rendered = this.#renderer.render(blocks);
      html.append(rendered.html);
      word.append(rendered.word);
    };
    const all = [html, word];
    let isEmpty = true;
    return {
      add: (blocks) => {
        if (isEmpty) add([heading('section', form.title)]);
        isEmpty = false;
        add(blocks);
      },
      drain: async () => {
        for (const output of all) await output.drain();
      },
      close: async () => {
        for (const output of all) await output.close();
      },
    };
  }

  /** As they were written, since most of a large report is these pages. */
  async *read(kind: PartKind): AsyncGenerator<Uint8Array> {
    for (const form of this.#written) {
      const path = join(this.#folder.path, partFile(form, kind));
      const chunks: AsyncIterable<Uint8Array> = createReadStream(path, { highWaterMark: readAtOnce });
      yield* chunks;
    }
  }

  async remove(): Promise<void> {
    await rm(join(this.#folder.path, partsFolder), { recursive: true, force: true });
  }
}

/** A format among those that see every return; its files are the parts above. */
export function reportParts({ form, report }: ReturnContext): Promise<ReturnFiles> {
  return report.open(form);
}
