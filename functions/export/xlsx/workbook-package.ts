/** A workbook (.xlsx) in pieces of bytes, sheet after sheet as their rows come. The same content gives the same bytes. */

import { ZipArchive } from '@cj-tech-master/excelts/archive';
import type { WorkbookProperties } from '../../platform/workbook/new-workbook.ts';
import { escapeText } from '../../platform/escape-text.ts';
import { chartXml, drawingXml } from './chart.ts';
import { SheetXml } from './sheet.ts';
import type { Sheet } from './sheet.ts';
import { stylesXml } from './styles.ts';

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const schemas = 'http://schemas.openxmlformats.org';
const office = `${schemas}/officeDocument/2006/relationships`;
const types = 'application/vnd.openxmlformats-officedocument';

interface Part {
  readonly path: string;
  /** Of XML alone where there is none. */
  readonly type?: string;
  readonly content: string | AsyncIterable<string>;
}

/** Relations rId1, rId2 … */
function relations(of: string, targets: readonly (readonly [type: string, target: string])[]): Part {
  const path = of.replace(/[^/]*$/u, '_rels/$&.rels');
  const all = targets.map(
    ([type, target], index) => `<Relationship Id="rId${index + 1}" Type="${type}" Target="${target}"/>`,
  );
  const content = `${declaration}<Relationships xmlns="${schemas}/package/2006/relationships">${all.join('')}</Relationships>`;
  return { path, content };
}

function coreXml({ author, at }: WorkbookProperties): string {
  const time = `${at.toISOString().slice(0, 19)}Z`;
  const dated = (name: string): string => `<dcterms:${name} xsi:type="dcterms:W3CDTF">${time}</dcterms:${name}>`;
  const name = escapeText(author);
  return `${declaration}<cp:coreProperties xmlns:cp="${schemas}/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>${name}</dc:creator><cp:lastModifiedBy>${name}</cp:lastModifiedBy>${dated('created')}${dated('modified')}</cp:coreProperties>`;
}

/** Read when the sheets are written, since it says how far their filters go. */
async function* bookXml(sheets: readonly Sheet[], written: readonly SheetXml[]): AsyncGenerator<string> {
  const listed = sheets.map(
    ({ name }, index) => `<sheet name="${escapeText(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  );
  const names = written.map((sheet, index) => sheet.names(index)).join('');
  yield `${declaration}<workbook xmlns="${schemas}/spreadsheetml/2006/main" xmlns:r="${office}"><bookViews><workbookView/></bookViews><sheets>${listed.join('')}</sheets>${names === '' ? '' : `<definedNames>${names}</definedNames>`}</workbook>`;
}

function partsOf(properties: WorkbookProperties, sheets: readonly Sheet[]): Part[] {
  const written = sheets.map((sheet) => new SheetXml(sheet));
  let charts = 0;
  const ofSheets = sheets.flatMap((sheet, index): Part[] => {
    const number = index + 1;
    const path = `xl/worksheets/sheet${number}.xml`;
    const drawn = sheet.charts ?? [];
    const content = written[index]?.pieces(index === 0, drawn.length === 0 ? undefined : 'rId1') ?? '';
    const part = { path, type: `${types}.spreadsheetml.worksheet+xml`, content };
    if (drawn.length === 0) return [part];
    const drawing = `xl/drawings/drawing${number}.xml`;
    const ofCharts = drawn.map((chart) => {
      charts += 1;
      return {
        path: `xl/charts/chart${charts}.xml`,
        type: `${types}.drawingml.chart+xml`,
        content: chartXml(chart, sheet.name),
      };
    });
    return [
      part,
      relations(path, [[`${office}/drawing`, `../drawings/drawing${number}.xml`]]),
      { path: drawing, type: `${types}.drawing+xml`, content: drawingXml(drawn) },
      relations(
        drawing,
        ofCharts.map((chart) => [`${office}/chart`, chart.path.replace('xl/', '../')] as const),
      ),
      ...ofCharts,
    ];
  });
  const book = 'xl/workbook.xml';
  const core = 'docProps/core.xml';
  return [
    ...ofSheets,
    { path: 'xl/styles.xml', type: `${types}.spreadsheetml.styles+xml`, content: stylesXml },
    { path: book, type: `${types}.spreadsheetml.sheet.main+xml`, content: bookXml(sheets, written) },
    relations(book, [
      ...sheets.map((_, index) => [`${office}/worksheet`, `worksheets/sheet${index + 1}.xml`] as const),
      [`${office}/styles`, 'styles.xml'],
    ]),
    { path: core, type: 'application/vnd.openxmlformats-package.core-properties+xml', content: coreXml(properties) },
    relations('', [
      [`${office}/officeDocument`, book],
      [`${schemas}/package/2006/relationships/metadata/core-properties`, core],
    ]),
  ];
}

export function workbookBytes(properties: WorkbookProperties, sheets: readonly Sheet[]): AsyncIterable<Uint8Array> {
  const parts = partsOf(properties, sheets);
  const overrides = parts.flatMap(({ path, type }) =>
    type === undefined ? [] : [`<Override PartName="/${path}" ContentType="${type}"/>`],
  );
  const zip = new ZipArchive({ reproducible: true, smartStore: false });
  zip.add(
    '[Content_Types].xml',
    `${declaration}<Types xmlns="${schemas}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${overrides.join('')}</Types>`,
  );
  for (const { path, content } of parts) zip.add(path, content);
  return zip.stream();
}
