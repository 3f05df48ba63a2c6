/** What reads things from outside, given anything: each must take it or refuse it in its own words, and never throw. */

import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import * as z from 'zod';
import { parseBody } from '../../functions/api/routes/request-body.ts';
import { examine } from '../../functions/domain/examination.ts';
import { readerOf } from '../../functions/platform/workbook/read-spreadsheet.ts';
import { tableWith } from '../../functions/platform/workbook/sheet-table.ts';
import { posted } from '../../functions/domain/posted/posted.ts';
import { readPosted } from '../../functions/domain/posted/read.ts';
import { readAsTyped } from '../../functions/web/fields/readers.ts';
import { directoryColumns, readDirectoryTable } from '../../functions/web/manage/directory/directory-csv.ts';
import { ministryColumns, readMinistryTable } from '../../functions/web/manage/directory/ministry-list.ts';
import { readLogPeriod } from '../../functions/web/manage/log-period.ts';
import { ownPath } from '../../functions/web/shared/own-address.ts';
import { parametersOf } from '../../functions/web/shared/address.ts';
import { formDataOf } from '../../functions/web/shared/posted-form.ts';
import { contentIssues, isDraft } from '../../schemas/compile.ts';
import { directory as directorySchema } from '../../schemas/directory.ts';
import { councilReport2024 } from '../../schemas/forms/council-report/v2024.ts';
import { coordinationMeeting2024 } from '../../schemas/forms/coordination-meeting/v2024.ts';
import { municipalSurvey2024 } from '../../schemas/forms/municipal-survey/v2024.ts';
import { roundDefinition } from '../../schemas/round.ts';
import type { Answers } from '../../schemas/values/json.ts';
import { isObject } from '../../schemas/values/json.ts';
import { readDecimal } from '../../schemas/kinds/decimal.ts';
import { evaluator } from '../../schemas/rules/evaluate.ts';
import { readRule, toKeys, toLabels } from '../../schemas/rules/print.ts';
import { readMunicipalityCode } from '../../schemas/values/municipality-code.ts';
import { HTTPException } from 'hono/http-exception';
import { damaged, expressionOf, json, postOf, spoilt, text } from './arbitraries.ts';

/** A kind of input, and how many of every hundred inputs are of it. */
export interface Target {
  readonly name: string;
  readonly share: number;
  readonly property: fc.IAsyncProperty<unknown> | fc.IProperty<unknown>;
}

const fixtures = new URL('../fixtures/', import.meta.url);
const bytesOf = (name: string): Buffer => readFileSync(new URL(name, fixtures));
const isAnswers = z.custom<Answers>((value) => typeof value === 'object' && value !== null);
const answersIn = (name: string): Answers[] =>
  Object.values(z.record(z.string(), isAnswers).parse(JSON.parse(bytesOf(name).toString('utf8'))));

const saitama = directorySchema.parse(JSON.parse(bytesOf('saitama-r6/directory.json').toString('utf8')));
const municipalities = new Set(saitama.municipalities.map(({ code }) => code));
const forms = [municipalSurvey2024, councilReport2024, coordinationMeeting2024];
const [answered = {}] = answersIn('saitama-r6/municipal-survey.json');
const round = {
  ...roundDefinition.parse({
    name: '令和6年度',
    fiscalYear: 2024,
    compareYear: 2022,
    referenceDate: '2024-09-30',
    period: { from: '2023-04', to: '2024-03' },
    forms: { 'municipal-survey': 2024 },
    opensAt: '2024-10-01',
    dueAt: '2024-11-29',
  }),
  id: 'R6',
  directoryVersion: 1,
};

const kinds = fc.constantFrom('count', 'date', 'range', 'frequency', 'fiscalYears');

const values = fc.property(kinds, text, fc.boolean(), (kind, typed, nullable) => {
  readAsTyped({ kind, unit: '回', nullable }, typed);
  readDecimal(typed, { unit: '人', places: 1, nullable });
  readMunicipalityCode(typed, '11');
});

const addresses = fc.property(text, text, (one, other) => {
  readLogPeriod({ from: one, to: other });
  ownPath('/main', one);
  parametersOf(`${one}?${other}`);
});

const section = fc.constantFrom(...forms.flatMap(({ sections }) => sections));
const posts = fc.property(
  section.chain((item) => fc.tuple(fc.constant(item), postOf([item], 'x'))),
  ([item, fields]) => {
    readPosted([item], posted(new URLSearchParams(fields)), 'x');
    readPosted(item.children, posted(new URLSearchParams(fields)), `x.${item.key}`);
  },
);

const drafts = z.strictObject({ answers: z.unknown(), reasons: z.record(z.string(), z.string()).optional() });
const bodies = fc.asyncProperty(
  fc.oneof(spoilt(answered), json),
  fc.oneof(text, fc.constant('')),
  fc.constantFrom('application/json', 'application/merge-patch+json', 'text/plain'),
  async (answers, tail, type) => {
    const body = JSON.stringify({ answers }) + tail;
    const request = new Request('http://localhost/', { method: 'PUT', body, headers: { 'content-type': type } });
    await parseBody(request, { schema: drafts, problem: 'wrong-shape' });
    contentIssues(municipalSurvey2024, answers);
    if (isDraft(municipalSurvey2024, answers))
      examine(municipalSurvey2024, answers, {}, { unit: '111007', round, municipalities });
  },
);

const uses = fc.constantFrom('rule', 'condition', 'withheld', 'computed', 'total');
const places = fc.constantFrom(undefined, ...municipalSurvey2024.items.keys());

/** Whatever an officer writes is refused in words, or ends with a value over whatever was answered. */
const expressions = fc.property(
  expressionOf([...municipalSurvey2024.items.keys()]),
  uses,
  places,
  spoilt(answered),
  (written, use, at, answers) => {
    const place = { use, at };
    toKeys(written, municipalSurvey2024, place);
    toLabels(written, municipalSurvey2024, place);
    const read = readRule(written, municipalSurvey2024, place);
    if (!read.ok || !isObject(answers)) return;
    evaluator(read.rule.tree)({ scopes: [answers, answers], previous: [answers], about: { round } });
  },
);

const csv = Buffer.from(
  `${directoryColumns.join(',')}\r\n都道府県,110001,埼玉県,,,,,\r\n市町村,111007,さいたま市,政令指定都市,設置,,,\r\n協議会,A,"自立,支援",,,111007 112011,,\r\n`,
);
const ministry = Buffer.from(`${ministryColumns.join(',')}\r\n111007,埼玉県,さいたま市\r\n11201,埼玉県,川越市\r\n`);
const sheets = fc.asyncProperty(
  fc.oneof(
    damaged(csv),
    damaged(ministry),
    fc
      .array(fc.array(text, { maxLength: 9 }), { maxLength: 6 })
      .map((rows) => Buffer.from(`${csv.toString()}${rows.map((row) => row.join(',')).join('\n')}`)),
    fc.uint8Array({ maxLength: 200 }),
  ),
  async (bytes) => readTable(bytes),
);

const workbook = bytesOf('spreadsheets/hidden-row.xlsx');
const workbooks = fc.asyncProperty(damaged(workbook), async (bytes) => readTable(bytes));

/** As a page reads an upload, without the thread that the reader has there. */
async function readTable(bytes: Uint8Array): Promise<void> {
  const read = await (await readerOf(bytes))();
  if (!read.ok) return;
  const own = tableWith(read.value, directoryColumns);
  if (own !== undefined) directorySchema.safeParse(readDirectoryTable(own, saitama).candidate);
  const list = tableWith(read.value, ministryColumns);
  if (list !== undefined)
    directorySchema.safeParse(
      readMinistryTable(list, { current: saitama, day: '2024-09-30', prefecture: '埼玉県' }).candidate,
    );
}

const multipart = Buffer.from(
  '--b\r\ncontent-disposition: form-data; name="csrf"\r\n\r\ntoken\r\n--b\r\ncontent-disposition: form-data; name="file"; filename="名簿.csv"\r\ncontent-type: text/csv\r\n\r\na,b\r\n--b--\r\n',
);
const uploads = fc.asyncProperty(damaged(multipart), fc.constantFrom('b', '', 'bb', '"b'), async (body, boundary) => {
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
  try {
    await formDataOf(new Request('http://localhost/', { method: 'POST', body, headers }));
  } catch (error) {
    if (!(error instanceof HTTPException && error.status === 400)) throw error;
  }
});

export const targets: readonly Target[] = [
  { name: 'values', share: 56, property: values },
  { name: 'expressions', share: 2, property: expressions },
  { name: 'addresses', share: 14, property: addresses },
  { name: 'form posts', share: 18, property: posts },
  { name: 'API bodies', share: 4, property: bodies },
  { name: 'CSV uploads', share: 4, property: sheets },
  { name: 'Excel uploads', share: 0.5, property: workbooks },
  { name: 'multipart bodies', share: 1.5, property: uploads },
];

/**
 * Tries a target with so many inputs.
 *
 * @throws Error with the smallest input that was not handled, and how to have it again
 */
export async function tryTarget({ name, property }: Target, inputs: number, seed: number): Promise<void> {
  const result = await fc.check(property, { numRuns: inputs, seed });
  if (result.failed)
    throw new Error(`${name}: ${fc.defaultReportMessage(result) ?? 'failed'}`, { cause: result.errorInstance });
}
