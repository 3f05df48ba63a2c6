/**
 * `report.docx`: the same content as `report.html`, for the prefecture to go on writing in. The package (styles, page,
 * page numbers) comes from `docx`; the body is streamed into it.
 */

import { ZipArchive } from '@cj-tech-master/excelts/archive';
import {
  AlignmentType,
  Document,
  Footer,
  LineRuleType,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  TextRun,
} from 'docx';
import { unzip } from '../../platform/unzip.ts';
import { paper } from './report-word-text.ts';
import { sectionOpening } from './report-word.ts';

const font = { ascii: 'Yu Gothic', hAnsi: 'Yu Gothic', eastAsia: '游ゴシック', cs: 'Yu Gothic' };
/** Half points. */
const size = { body: 21, cell: 18, dense: 13 };
const documentPart = 'word/document.xml';
const propertiesPart = 'docProps/core.xml';

const hanging = (left: number) => ({ indent: { left, hanging: 210 } });
const heading = (points: number, before: number) => ({
  run: { size: points * 2, bold: true, color: '000000', font },
  paragraph: { spacing: { before, after: 80 }, keepNext: true },
});

type Piece = string | Uint8Array;

export interface DocxProperties {
  readonly title: string;
  readonly author: string;
  /** The instant that the content is as of; the same content gives the same bytes. */
  readonly at: string;
  /** The last pages are wider than high. */
  readonly endsWide: boolean;
}

function skeleton({ title, author, endsWide }: DocxProperties): Document {
  const { margin } = paper;
  const based = (id: string, run: object, paragraph: object = {}) => ({
    id,
    name: id,
    basedOn: 'Normal',
    quickFormat: true,
    run,
    paragraph: { spacing: { before: 0, after: 0 }, ...paragraph },
  });
  return new Document({
    title,
    creator: author,
    lastModifiedBy: author,
    styles: {
      default: {
        document: { run: { font, size: size.body, language: { value: 'ja-JP', eastAsia: 'ja-JP' } } },
        title: {
          run: { size: 32, bold: true, font },
          paragraph: { alignment: AlignmentType.CENTER, spacing: { after: 120 } },
        },
        heading1: heading(15, 240),
        heading2: heading(13, 280),
        heading3: heading(11, 200),
      },
      paragraphStyles: [
        based('Line0', {}, { indent: { left: 210 }, spacing: { before: 100, after: 0 } }),
        based('Line1', {}, hanging(840)),
        based('Line2', {}, hanging(1050)),
        based('Cell', { size: size.cell }),
        based('CellDense', { size: size.dense }),
        based('Blank', { size: 2 }, { spacing: { before: 0, after: 0, line: 20, lineRule: LineRuleType.EXACT } }),
        based('Status', { bold: true }, { alignment: AlignmentType.CENTER, spacing: { before: 60, after: 160 } }),
        based('Caption', { bold: true, size: 19 }, { spacing: { before: 160, after: 40 } }),
      ],
    },
    sections: [
      {
        properties: {
          page: {
            size: {
              width: paper.short,
              height: paper.long,
              orientation: endsWide ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
            },
            margin: { top: margin, right: margin, bottom: margin, left: margin },
          },
        },
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                alignment: AlignmentType.CENTER,
                children: [new TextRun({ children: [PageNumber.CURRENT] })],
              }),
            ],
          }),
        },
        children: [new Paragraph('')],
      },
    ],
  });
}

/** The library writes the time of its own running. */
function dated(xml: string, { at }: DocxProperties): string {
  return xml.replaceAll(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/gu, `$1${at.replace(/\.\d+Z$/u, 'Z')}`);
}

/** The document around the body: what stands before the first paragraph, and the section's properties after the last. */
function aroundBody(xml: string): [before: string, after: string] {
  const start = xml.indexOf('<w:body>') + '<w:body>'.length;
  const end = xml.lastIndexOf('<w:sectPr');
  if (start < '<w:body>'.length || end < start) throw new Error('the document has no body');
  return [xml.slice(0, start), xml.slice(end)];
}

/** The package in pieces, nowhere kept whole; `body` is WordprocessingML in pieces, as bytes where no section ends in them. */
export async function* docxPieces(properties: DocxProperties, body: AsyncIterable<Piece>): AsyncGenerator<Uint8Array> {
  const zip = new ZipArchive({ reproducible: true, smartStore: false });
  const parts = unzip(await Packer.toBuffer(skeleton(properties)));
  for (const [name, content] of parts)
    if (name !== documentPart)
      zip.add(name, name === propertiesPart ? dated(content.toString('utf8'), properties) : content);
  const [before, after] = aroundBody(parts.get(documentPart)?.toString('utf8') ?? '');
  const footer = /<w:footerReference [^>]*\/>/u.exec(after)?.[0] ?? '';
  zip.add(documentPart, whole(before, withFooter(body, footer), after));
  yield* zip.stream();
}

/** Every section has the footer of the last one; text is escaped, so that no other place looks like the opening. */
async function* withFooter(body: AsyncIterable<Piece>, footer: string): AsyncGenerator<Piece> {
  for await (const piece of body)
    yield typeof piece === 'string' ? piece.replace(sectionOpening, `${sectionOpening}${footer}`) : piece;
}

async function* whole(before: string, body: AsyncIterable<Piece>, after: string): AsyncGenerator<Piece> {
  yield before;
  yield* body;
  yield after;
}
