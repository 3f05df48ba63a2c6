/** Returns of every fixture, typed by a program into the workbook that a unit has not begun, and sent back. */

import { Workbook } from '@cj-tech-master/excelts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentTypeOf } from '../../../functions/domain/content-types.ts';
import { fillInSheets } from '../../../functions/domain/fill-in/write.ts';
import { coordinationMeeting2024 } from '../../../schemas/forms/coordination-meeting/v2024.ts';
import { councilReport2024 } from '../../../schemas/forms/council-report/v2024.ts';
import { municipalSurvey2024 } from '../../../schemas/forms/municipal-survey/v2024.ts';
import type { Form } from '../../../schemas/form.ts';
import type { Answers } from '../../../schemas/values/json.ts';
import { fillInOf } from '../../unit/support/fill-in.ts';
import { byPosition } from '../support/by-position.ts';
import { answersFixture, directoryFixture, ok, openRound, openSystem, returnsFixture } from '../support/fixtures.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const lead = '111007';
const forms = { 'municipal-survey': 2024, 'council-report': 2024, 'coordination-meeting': 2024 };

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem();
  const directory = await directoryFixture('saitama-r6');
  const councils = ['tamamura', 'isesaki', 'kisarazu', 'ward'].map((id) => ({
    id,
    name: id,
    members: [lead],
    lead,
  }));
  await openSystem(system, { ...directory, councils: [...directory.councils, ...councils] }, 'R6', openRound(forms));
});
afterAll(() => system.stop());

/** What somebody who has the answers types: the cells that are open for typing, where they stand in a workbook filled in. */
async function typedInto(blank: Uint8Array, form: Form, answers: Answers): Promise<Uint8Array> {
  const workbook = new Workbook();
  await workbook.xlsx.load(new Uint8Array(blank));
  const sheets = fillInSheets(fillInOf(form, answers), () => 'none');
  for (const { name, cells } of sheets)
    for (const { look, row, column, text } of cells)
      if (look === 'answer' && text !== '') {
        const sheet = workbook.getWorksheet(name);
        if (sheet === undefined) throw new Error(`no sheet ${name}`);
        sheet.getCell(row, column).value = text;
      }
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

async function expectBack(form: Form, unit: string, editor: string, answers: Answers): Promise<void> {
  const path = `/api/rounds/R6/returns/${form.id}/${unit}`;
  const client = system.municipality(editor);
  const blank = ok(await client.get(`${path}/workbook`)).bytes;
  const filled = await typedInto(blank, form, answers);
  ok(await client.put(`${path}/workbook`, filled, { 'content-type': contentTypeOf('.xlsx'), 'if-none-match': '*' }));
  const read = ok(await client.get(path));
  const sent = read.json().answers;
  const { headers } = read;
  ok(await client.put(path, { answers }, { 'if-match': headers.get('etag') ?? '' }));
  const saved = ok(await client.get(path)).json().answers;
  expect(byPosition(sent)).toEqual(byPosition(saved));
}

/** Every fourth: all of them come back in memory (`round-trip.test.ts`), and a file takes a third of a second. */
function someOf(returns: Record<string, Answers>): [string, Answers][] {
  return Object.entries(returns).filter((_, index) => index % 4 === 0);
}

describe('a workbook that a program has filled in gives the answers of the API', () => {
  it('surveys of Saitama', async () => {
    for (const [unit, answers] of someOf(await returnsFixture('saitama-r6/municipal-survey.json')))
      await expectBack(municipalSurvey2024, unit, unit, answers);
  });

  it('councils of Saitama', async () => {
    const { councils } = await directoryFixture('saitama-r6');
    for (const [unit, answers] of someOf(await returnsFixture('saitama-r6/council-report.json')))
      await expectBack(councilReport2024, unit, councils.find(({ id }) => id === unit)?.lead ?? '', answers);
  });

  it('councils of Gunma, Kisarazu and a ward of Yokohama', async () => {
    const gunma = Object.entries(await returnsFixture('gunma-h30/council-report.json'));
    const others = [
      ['kisarazu', await answersFixture('councils/kisarazu.json')],
      ['ward', await answersFixture('councils/yokohama-ward.json')],
    ] as const;
    for (const [unit, answers] of [...gunma, ...others]) await expectBack(councilReport2024, unit, lead, answers);
  });

  it('a coordination meeting', async () => {
    const [answers = {}] = Object.values(await returnsFixture('coordination-meeting.json'));
    await expectBack(coordinationMeeting2024, lead, lead, answers);
  });
});
