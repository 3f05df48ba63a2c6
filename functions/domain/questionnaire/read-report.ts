/** The sheet 報告書 → the headings of the report. */

import { textOf } from '../../../schemas/document/places.ts';
import type { JsonObject } from '../../../schemas/values/json.ts';
import { hint } from '../../../schemas/rules/nearest.ts';
import type { Findings } from './findings.ts';
import type { QuestionNames } from './question-names.ts';
import { detailsIn, partWords, styles, tablesOnlyWord } from './report-parts.ts';
import { pleaseFill } from './sources.ts';
import type { Sources } from './sources.ts';
import { plain } from './table.ts';
import type { TableRow } from './table.ts';
import { byWord, linesOf, readNumber, readWord } from './values.ts';

interface Named {
  readonly questions: QuestionNames;
  readonly sections: readonly JsonObject[];
  readonly measures: readonly JsonObject[];
  readonly sources: Sources;
  readonly findings: Findings;
}

interface Heading {
  readonly path: string;
  readonly title: string;
  readonly suffix?: string | undefined;
  readonly sections: string[];
  readonly parts: JsonObject[];
  readonly tablesOnly: string[];
}

const words = new Map(partWords.flatMap((part) => [part.word, part.kind].map((word) => [word, part] as const)));
const allWords = new Map<string, (typeof partWords)[number] | 'tablesOnly'>([...words, [tablesOnlyWord, 'tablesOnly']]);
const styleWords = byWord(styles);

/** By ID or by label. */
function idIn(of: readonly JsonObject[], id: string, name: string): string | undefined {
  const found = of.find((each) => each[id] === name) ?? of.find(({ label }) => plain(textOf(label)) === plain(name));
  return found === undefined ? undefined : textOf(found[id]);
}

function sectionsIn(row: TableRow, { sections, findings }: Named): string[] {
  return linesOf(row.text('区分')).flatMap((name) => {
    const key = idIn(sections, 'key', name);
    if (key === undefined)
      findings.refuse(
        row.at('区分'),
        'unknown-section',
        `「${name}」という区分はありません。${hint(
          name,
          sections.map(({ label }) => textOf(label)),
        )}`,
      );
    return key ?? [];
  });
}

function questionsIn(row: TableRow, { questions, findings }: Named): string[] {
  return linesOf(row.text('設問')).flatMap((name) => questions.idOf(name, row.at('設問'), findings) ?? []);
}

function measureIn(row: TableRow, { measures, findings }: Named): JsonObject | undefined {
  const name = row.text('設問');
  const id = idIn(measures, 'id', name);
  if (id === undefined && name !== '')
    findings.refuse(
      row.at('設問'),
      'unknown-measure',
      `「${name}」という集計はありません。シート「集計」の名称かIDを記入してください。`,
    );
  return measures.find((measure) => measure['id'] === id && id !== undefined);
}

function subjectOf(row: TableRow, names: (typeof partWords)[number]['names'], named: Named): JsonObject {
  if (names === 'questions') return { questions: questionsIn(row, named) };
  if (names === 'question') {
    const [question] = questionsIn(row, named);
    return { question };
  }
  if (names === undefined) return {};
  const { id, label, unit } = measureIn(row, named) ?? {};
  // What a total is called and counted in is said of the measure, unless the report says otherwise.
  return row.text('種類') === '設置数' ? { measure: id } : { measure: id, label, unit };
}

function partOf(row: TableRow, part: (typeof partWords)[number], path: string, named: Named): JsonObject {
  const { findings, sources } = named;
  sources.put(path, row.at('種類'));
  for (const [member, heading] of [
    ['question', '設問'],
    ['questions', '設問'],
    ['measure', '設問'],
    ['title', '表題'],
    ['unit', '単位'],
    ['style', '様式'],
    ['limit', '件数'],
  ] as const)
    sources.put(`${path}.${member}`, row.at(heading), pleaseFill(heading));
  const details = detailsIn(linesOf(row.text('詳細')));
  if ('wrong' in details && typeof details['wrong'] === 'string')
    findings.refuse(
      row.at('詳細'),
      'unknown-line',
      `「${details['wrong']}」の行は読み取れません。ダウンロードした調査票定義のとおりに記入してください。`,
    );
  const { kind, names } = part;
  const text = (heading: string): string | undefined => row.text(heading) || undefined;
  const unit = text('単位');
  return {
    kind,
    ...subjectOf(row, names, named),
    style: readWord(row, '様式', styleWords, findings),
    title: text('表題'),
    limit: readNumber(row, '件数', findings),
    ...(unit === undefined ? {} : { unit }),
    ...details,
  };
}

/** It names something, of which it is said elsewhere why it is not there. */
function isLost(row: TableRow, part: JsonObject): boolean {
  const names = 'question' in part ? part['question'] : 'measure' in part ? part['measure'] : '';
  return names === undefined && row.text('設問') !== '';
}

function sectionsOfParts({ parts }: Heading): string[] {
  const named = parts.flatMap(({ question, questions }) => [question, ...(Array.isArray(questions) ? questions : [])]);
  return named.flatMap((id) => (typeof id === 'string' ? [id.split('.')[0] ?? ''] : []));
}

function headingOf(heading: Heading): JsonObject {
  const { title, suffix, sections, parts, tablesOnly } = heading;
  return {
    title,
    suffix,
    sections: [...new Set(sections.length > 0 ? sections : sectionsOfParts(heading))],
    parts: [...parts],
    tablesOnly: [...tablesOnly],
  };
}

export function readReport(rows: readonly TableRow[], named: Named): JsonObject[] {
  const { findings, sources } = named;
  const headings: Heading[] = [];
  for (const row of rows) {
    const title = row.text('見出し');
    const current = headings.at(-1);
    if (title !== '' && (row.text('種類') === '' || current?.title !== title)) {
      const path = `report.headings.${headings.length}`;
      sources.put(path, row.at('見出し'));
      sources.put(`${path}.suffix`, row.at('末尾'));
      sources.put(
        `${path}.sections`,
        row.at('区分'),
        '「区分」に、この見出しの下に置く区分のIDか名称を記入してください。',
      );
      const suffix = row.text('末尾') || undefined;
      headings.push({ path, title, suffix, sections: sectionsIn(row, named), parts: [], tablesOnly: [] });
    }
    const heading = headings.at(-1);
    if (heading === undefined) {
      findings.refuse(row.at('見出し'), 'required', pleaseFill('見出し'));
      continue;
    }
    const word = readWord(row, '種類', allWords, findings);
    // What stands below a heading is not said to be missing where it could not be read.
    if (findings.isRefused(row.at('種類'))) sources.put(`${heading.path}.sections`, row.at('種類'));
    if (word === 'tablesOnly') heading.tablesOnly.push(...questionsIn(row, named));
    else if (word !== undefined) {
      const part = partOf(row, word, `${heading.path}.parts.${heading.parts.length}`, named);
      if (!isLost(row, part)) heading.parts.push(part);
    }
  }
  return headings.map(headingOf);
}
