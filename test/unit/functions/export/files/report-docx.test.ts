/** The package of the document: every part is well-formed, typed and reached, and the same content is the same bytes. */

import { describe, expect, it } from 'vitest';
import type { Block } from '../../../../../functions/domain/report/document.ts';
import { docxPieces } from '../../../../../functions/export/files/report-docx.ts';
import { blockWord } from '../../../../../functions/export/files/report-word.ts';
import { packageProblems } from '../../../../support/package.ts';
import { unzip } from '../../../../../functions/platform/unzip.ts';

const blocks = ['一', '二', '"<&]]>\u0001𠮷'].map((title, index): Block => ({
  kind: 'bars',
  title,
  unit: '市町村',
  series: ['数'],
  bars: [{ label: title, values: [index] }],
}));

async function documentOf(content: readonly Block[]): Promise<Buffer> {
  async function* body(): AsyncGenerator<string> {
    for (const block of content) yield* blockWord(block);
  }
  const properties = { title: '題', author: '県', at: '2024-12-01T00:00:00Z', endsWide: false };
  const pieces: Uint8Array[] = [];
  for await (const piece of docxPieces(properties, body())) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe('the package of the document', () => {
  it('is one that programs open, whatever is in it', async () => {
    for (const content of [[], blocks]) expect(packageProblems(unzip(await documentOf(content)))).toEqual([]);
  });

  it('has its charts in the text, and no part besides those of any document', async () => {
    const parts = unzip(await documentOf(blocks));
    expect([...parts.keys()]).toEqual([...unzip(await documentOf([])).keys()]);
    const document = parts.get('word/document.xml')?.toString('utf8') ?? '';
    expect(document.match(/<w:tbl>/gu)).toHaveLength(3);
    expect(document).not.toMatch(/<w:drawing|<w:pict|<w:object/u);
  });

  it('is the same bytes for the same content', async () => {
    expect((await documentOf(blocks)).equals(await documentOf(blocks))).toBe(true);
  });
});

describe('the check of a package', () => {
  it('sees what is missing', async () => {
    const parts = unzip(await documentOf(blocks));
    parts.delete('word/footer1.xml');
    expect(packageProblems(parts)).toEqual([
      'a content type for word/footer1.xml, which is not there',
      'word/_rels/document.xml.rels: no word/footer1.xml',
    ]);
    parts.set('word/more.bin', Buffer.from('<a>'));
    parts.set('word/_rels/document.xml.rels', Buffer.from('<Relationships></Relationships>'));
    expect(packageProblems(parts)).toEqual(
      expect.arrayContaining([
        'word/more.bin has no content type',
        'word/more.bin: <a> is never closed',
        expect.stringMatching(/^word\/document.xml: no relation rId\d+$/u),
      ]),
    );
  });
});
