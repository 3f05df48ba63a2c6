/** A section of 300 inputs as the server renders it, against the same markup put together as a plain string. */

import { build } from 'esbuild';
import * as z from 'zod';
import { byTurns, median, ratio } from './measure.ts';
import { ratioRow } from './table.ts';
import type { Row } from './table.ts';

const turns = 41;
const inputs = 300;
const mostMilliseconds = 2;

const rendered = z.object({ render: z.custom<() => string>((value) => typeof value === 'function') });

/** Bundled, as it is deployed. */
async function bundledRender(): Promise<() => string> {
  const { outputFiles } = await build({
    entryPoints: [new URL('rendered-section.tsx', import.meta.url).pathname],
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    write: false,
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  return rendered.parse(await import(`data:text/javascript;base64,${code}`)).render;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (character) => entities[character] ?? '') : text;
}

function unescape(html: string): string {
  return Object.entries(entities).reduceRight((text, [character, entity]) => text.replaceAll(entity, character), html);
}

/** The same markup from a plain string: fixed parts, and between them values that are escaped. */
function plainRender(html: string): () => string {
  const parts = html
    .split(/((?<=")[^"<>]*(?=")|(?<=>)[^<]+(?=<))/)
    .map((part, index) => (index % 2 === 0 ? part : unescape(part)));
  return () => {
    let text = '';
    for (let index = 0; index < parts.length; index += 1) {
      const part = parts[index] ?? '';
      text += index % 2 === 0 ? part : escape(part);
    }
    return text;
  };
}

export async function benchPages(): Promise<Row[]> {
  const render = await bundledRender();
  const html = render();
  const plain = plainRender(html);
  const count = html.match(/<(?:input|select|textarea)[ >]/g)?.length ?? 0;
  if (count !== inputs) throw new Error(`${count} inputs`);
  if (plain() !== html) throw new Error('the plain string is not the same markup');
  const times = byTurns(turns, { render, plain });
  const milliseconds = median(times.get('render') ?? []);
  const name = `a section of ${inputs} inputs (${(Buffer.byteLength(html) / 1024).toFixed(0)} KB)`;
  return [
    ratioRow(`${name}: rendering ÷ plain string`, ratio(times, 'render', 'plain')),
    {
      what: `${name}: time on this machine`,
      figure: `${milliseconds.toFixed(2)} ms`,
      aim: `≤ ${mostMilliseconds} ms`,
      met: milliseconds <= mostMilliseconds,
    },
  ];
}
