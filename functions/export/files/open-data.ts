/**
 * The open-data sheet of an edition: what a catalogue of open data asks of whoever registers a dataset, as a text to copy
 * (`open-data.txt`) and as DCAT 3 in JSON-LD (`open-data.jsonld`). Public files only.
 */

import { licences } from '../../../schemas/export.ts';
import { periodOf } from '../../../schemas/round.ts';
import { firstDay, lastDay, printPartialDate } from '../../../schemas/values/partial-date.ts';
import { contentTypeOf } from '../../domain/content-types.ts';
import { exportFileName } from '../../domain/export-file-names.ts';
import { printDayInJapan } from '../../domain/report/words.ts';
import { printStatus } from './conditions.ts';
import type { DocumentContext, WrittenFile } from './formats.ts';

function titleOf({ directory, round }: DocumentContext): string {
  return `${directory.prefecture.name} ${round.name}`;
}

function descriptionOf(context: DocumentContext): string {
  const { forms, round } = context;
  const asked = forms.map(({ form }) => `「${form.title}」`).join('、');
  return `${asked}の回答及び集計（${printPartialDate(round.referenceDate)}現在）。${printStatus(context)}`;
}

function nameOf({ forms }: DocumentContext, path: string): string {
  return exportFileName(
    `public/${path}`,
    forms.map(({ form }) => form),
  ).label;
}

export async function openDataText(context: DocumentContext): Promise<WrittenFile | undefined> {
  const { folder, round, directory, audience, asOf, licence, files } = context;
  if (audience === 'internal') return undefined;
  const { title, path } = licences[licence];
  const lines = [
    ['タイトル', titleOf(context)],
    ['説明', descriptionOf(context)],
    ['公表する者', directory.prefecture.name],
    ['地域', `${directory.prefecture.name}（${directory.prefecture.code}）`],
    ['基準日', printPartialDate(round.referenceDate)],
    ['対象期間', periodOf(round)],
    ['最終更新', printDayInJapan(asOf.at)],
    ['ライセンス', `${title}（${path}）`],
    ['キーワード', context.forms.map(({ form }) => form.title).join('、')],
  ].map(([name = '', text = '']) => `${name}：${text}`);
  const tables = files.flatMap(({ path: file, rows, schema }) =>
    schema === undefined
      ? []
      : [
          '',
          `ファイル：${file}（${nameOf(context, file)}、${rows}件）`,
          ...schema.fields.map(({ name, title: label }) => `　${name}：${label}`),
        ],
  );
  const text = [...lines, '', '各ファイルの項目は次のとおりです。', ...tables, ''].join('\r\n');
  return folder.write('open-data.txt', 1, text);
}

const context = {
  dcat: 'http://www.w3.org/ns/dcat#',
  dct: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  spdx: 'http://spdx.org/rdf/terms#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
} as const;

const inJapanese = (text: string) => ({ '@value': text, '@language': 'ja' });
const day = (date: string) => ({ '@value': date, '@type': 'xsd:date' });

/** Addresses are those of the files beside it: where an edition will stand is not known when it is made. */
export async function openDataJson(document: DocumentContext): Promise<WrittenFile | undefined> {
  const { folder, round, directory, audience, asOf, licence, files } = document;
  if (audience === 'internal') return undefined;
  const dataset = {
    '@context': context,
    '@type': 'dcat:Dataset',
    'dct:title': inJapanese(titleOf(document)),
    'dct:description': inJapanese(descriptionOf(document)),
    'dct:publisher': { '@type': 'foaf:Organization', 'foaf:name': inJapanese(directory.prefecture.name) },
    'dct:spatial': inJapanese(directory.prefecture.name),
    'dct:language': 'ja',
    'dct:modified': { '@value': asOf.at, '@type': 'xsd:dateTime' },
    'dct:temporal': {
      '@type': 'dct:PeriodOfTime',
      'dcat:startDate': day(firstDay(round.period.from)),
      'dcat:endDate': day(lastDay(round.period.to)),
    },
    'dct:license': { '@id': licences[licence].path },
    'dcat:keyword': document.forms.map(({ form }) => inJapanese(form.title)),
    'dcat:distribution': files.map(({ path, bytes, sha256 }) => ({
      '@type': 'dcat:Distribution',
      'dct:title': inJapanese(nameOf(document, path)),
      'dcat:downloadURL': { '@id': path },
      'dcat:mediaType': contentTypeOf(path).replace(/;.*$/u, ''),
      'dcat:byteSize': bytes,
      'spdx:checksum': {
        'spdx:algorithm': { '@id': 'spdx:checksumAlgorithm_sha256' },
        'spdx:checksumValue': sha256,
      },
    })),
  };
  return folder.write('open-data.jsonld', 1, `${JSON.stringify(dataset, null, 1)}\n`);
}
