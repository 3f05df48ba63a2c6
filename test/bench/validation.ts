/** Validation of the largest return of each form, against parsing its JSON and against ajv on the form's JSON Schema. */

import { Ajv2020 } from 'ajv/dist/2020.js';
import { completeness } from '../../functions/domain/completeness.ts';
import { examine } from '../../functions/domain/examination.ts';
import { contentIssues } from '../../schemas/compile.ts';
import type { Form } from '../../schemas/form.ts';
import { coordinationMeeting2024 } from '../../schemas/forms/coordination-meeting/v2024.ts';
import { councilReport2024 } from '../../schemas/forms/council-report/v2024.ts';
import { municipalSurvey2024 } from '../../schemas/forms/municipal-survey/v2024.ts';
import { jsonSchema } from '../../schemas/json-schema.ts';
import type { Answers } from '../../schemas/values/json.ts';
import { readDirectory, readReturns } from './fixtures.ts';
import { byTurns, ratio } from './measure.ts';
import { round } from './round.ts';
import { ratioRow } from './table.ts';
import type { Row } from './table.ts';

const turns = 51;
const aim = 1.5;
/** Half as much again as the largest council report took while its checks were functions: 4.45. */
const examinationAim = 6.7;

async function returnsIn(...names: readonly string[]): Promise<Answers[]> {
  const files = await Promise.all(names.map(readReturns));
  return files.flat().map(([, answers]) => answers);
}

function largest(returns: readonly Answers[]): Answers {
  const [first] = returns.toSorted((a, b) => JSON.stringify(b).length - JSON.stringify(a).length);
  if (first === undefined) throw new Error('no fixture');
  return first;
}

function rowsOf(form: Form, answers: Answers, municipalities: ReadonlySet<string>, examined?: number): Row[] {
  const text = JSON.stringify(answers);
  const about = { unit: '112038', round, municipalities };
  const ajv = new Ajv2020({ strict: false }).compile(jsonSchema(form));
  const validate = (): boolean =>
    contentIssues(form, answers).length === 0 && completeness(form.sections, answers, municipalities).length === 0;
  if (!ajv(answers) || !validate()) throw new Error(`${form.id}: the fixture is not valid`);
  const times = byTurns(turns, {
    validate,
    examine: () => examine(form, answers, {}, about),
    parse: () => JSON.parse(text),
    ajv: () => ajv(answers),
  });
  const name = `${form.id} (${(Buffer.byteLength(text) / 1024).toFixed(1)} KB)`;
  return [
    ratioRow(`${name}: validation ÷ ajv`, ratio(times, 'validate', 'ajv'), aim),
    ratioRow(`${name}: validation ÷ JSON.parse`, ratio(times, 'validate', 'parse')),
    ratioRow(`${name}: whole examination ÷ ajv`, ratio(times, 'examine', 'ajv')),
    ratioRow(`${name}: whole examination ÷ JSON.parse`, ratio(times, 'examine', 'parse'), examined),
  ];
}

export async function benchValidation(): Promise<Row[]> {
  const directories = [await readDirectory('saitama-r6'), await readDirectory('gunma-h30')];
  const municipalities = new Set(directories.flatMap((each) => each.municipalities.map(({ code }) => code)));
  const surveys = await returnsIn('saitama-r6/municipal-survey.json');
  const reports = await returnsIn('saitama-r6/council-report.json', 'gunma-h30/council-report.json');
  const meetings = await returnsIn('coordination-meeting.json');
  return [
    ...rowsOf(municipalSurvey2024, largest(surveys), municipalities),
    ...rowsOf(councilReport2024, largest(reports), municipalities, examinationAim),
    ...rowsOf(coordinationMeeting2024, largest(meetings), municipalities),
  ];
}
