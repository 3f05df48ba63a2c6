/** Lists as tables, without a script: rows are added, copied, moved and removed by the server, and nothing is lost. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { directory as directorySchema } from '../../../schemas/directory.ts';
import { TestBrowser } from '../support/browser.ts';
import type { Loaded } from '../support/browser.ts';
import { ok, openRound, openSystem } from '../support/fixtures.ts';
import { Officer, formOn } from '../support/officer.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';
import { adoptTabled } from '../support/tabled-form.ts';

const codes = ['112011', '112020', '112038', '112062', '112071', '112089', '112097'] as const;
const directory = directorySchema.parse({
  prefecture: { code: '110001', name: '埼玉県' },
  municipalities: codes.map((code) => ({ code, name: `第${code}市`, kind: 'city' })),
  councils: [],
});

let system: TestSystem;
let left = codes.length;

beforeAll(async () => {
  system = await startTestSystem({
    accounts: codes.map((code) => ({ id: code, name: `${code}担当`, groups: [`unit-${code}`] })),
  });
  await adoptTabled(system);
  await openSystem(system, directory, 'R7', openRound({ tabled: 2025 }, { asOf: {} }));
});
afterAll(() => system.stop());

interface Desk {
  readonly officer: Officer;
  readonly staff: string;
  readonly papers: string;
  readonly api: string;
  readonly code: string;
}

/** The desk of a municipality that has not answered yet. */
async function desk(): Promise<Desk> {
  left -= 1;
  const code = codes[left];
  if (code === undefined) throw new Error('all municipalities have answered');
  const browser = new TestBrowser(system.url);
  await browser.signIn(code);
  const place = `/rounds/R7/returns/tabled/${code}`;
  return {
    officer: new Officer(browser),
    staff: `${place}/sections/staff`,
    papers: `${place}/sections/papers`,
    api: `/api${place}`,
    code,
  };
}

const stored = async ({ code, api }: Desk) => ok(await system.municipality(code).get(api)).json();

function rows({ html }: Pick<Loaded, 'html'>, list = 'staff'): string[] {
  const named = new RegExp(`<tbody class="row" id="${list.replaceAll('.', '\\.')}\\.([^".@]+)" tabindex`, 'g');
  return [...html.matchAll(named)].map(([, name = '']) => name);
}

const typed = (fields: Record<string, string>) =>
  new Map(Object.entries(fields).map(([name, value]): [string, string[]] => [name, [value]]));

describe('a section that is a table', () => {
  it('begins with a row, takes more, and keeps them where they were added', async () => {
    const at = await desk();
    const first = await at.officer.open(at.staff);
    const [a = ''] = rows(first);
    expect(rows(first)).toHaveLength(1);
    const added = await at.officer.press(first, 'add:staff', typed({ [`staff.${a}.name`]: '甲' }));
    expect(rows(added)).toEqual([a, expect.any(String)]);
    const [, b = ''] = rows(added);
    expect(added.url.hash).toBe(`#staff.${b}`);
    const copied = await at.officer.press(added, `copy:staff.${a}`, typed({ [`staff.${b}.name`]: '乙' }));
    const moved = await at.officer.press(copied, `up:staff.${b}`);
    const names = (await stored(at)).answers.staff.map(({ name }: { name: string }) => name);
    expect(rows(moved)).toHaveLength(3);
    expect(names).toEqual(['甲', '乙', '甲']);
  });

  it('leaves out blank rows when it is saved, also a table in a row, and the section with the last', async () => {
    const at = await desk();
    const first = await at.officer.open(at.staff);
    const [a = ''] = rows(first);
    const twice = await at.officer.press(await at.officer.press(first, 'add:staff'), 'add:staff');
    expect(rows(twice)).toHaveLength(3);
    // What stands below the cells of a row is told with its number, or all these tables would be called the same.
    expect(
      twice.html.match(/<legend><span class="visually-hidden"><span data-no="">[123]<\/span>件目：/g)?.length,
    ).toBeGreaterThanOrEqual(3);
    const [visit = ''] = rows(twice, `staff.${a}.visits`);
    const saved = await at.officer.press(twice, 'save', typed({ [`staff.${a}.visits.${visit}.place`]: '役場' }));
    expect((await stored(at)).answers).toEqual({ staff: [{ id: a, visits: [{ id: visit, place: '役場' }] }] });
    await at.officer.press(saved, 'save', typed({ [`staff.${a}.visits.${visit}.place`]: '' }));
    expect((await stored(at)).answers).toEqual({});
  });

  it('keeps a row of which nothing could be read, says so in the cell, and adds a row all the same', async () => {
    const at = await desk();
    const first = await at.officer.open(at.staff);
    const [a = ''] = rows(first);
    const wrong = typed({ [`staff.${a}.since`]: 'いつか' });
    const answer = await at.officer.post(first, formOn(first, 'save'), wrong, ['action', 'add:staff']);
    expect(answer.status).toBe(422);
    expect(rows(answer)).toEqual([a, expect.any(String)]);
    expect(answer.html).toContain(`href="#staff.${a}.since"`);
    expect(answer.html).toContain(`id="staff.${a}.since-error"`);
    expect(answer.html).toMatch(new RegExp(`name="staff\\.${a}\\.since" value="いつか"`));
    const again = await at.officer.post(answer, formOn(answer, 'save'), new Map(), ['action', 'save']);
    expect(rows(again)).toEqual([a]);
  });

  it('lets a row go with a way back, and a blank one without', async () => {
    const at = await desk();
    const first = await at.officer.open(at.staff);
    const [a = ''] = rows(first);
    const added = await at.officer.press(first, 'add:staff', typed({ [`staff.${a}.name`]: '甲' }));
    const [, b = ''] = rows(added);
    const blank = await at.officer.press(added, `remove:staff.${b}`);
    expect(rows(blank)).toEqual([a]);
    expect(blank.html).not.toContain('を削除しました');
    const removed = await at.officer.press(blank, `remove:staff.${a}`);
    expect(removed.html).toContain('「甲」を削除しました。');
    expect((await stored(at)).answers).toEqual({});
    expect(rows(await at.officer.press(removed, 'restore'))).toEqual([a]);
    expect((await stored(at)).answers).toMatchObject({ staff: [{ id: a, name: '甲' }] });
  });

  it('takes 不明 with a reason in a cell and for a list that has pages of its own', async () => {
    const at = await desk();
    const first = await at.officer.open(at.staff);
    const [a = ''] = rows(first);
    const path = `staff.${a}.days`;
    await at.officer.press(
      first,
      'save',
      new Map([
        [`staff.${a}.name`, ['甲']],
        [`staff.${a}.trade`, ['nurse']],
        [`${path}:blank`, ['', '1']],
        [`${path}:why`, ['記録がありません。']],
      ]),
    );
    const list = await at.officer.open(at.papers);
    expect(list.html).toContain('name="papers:blank"');
    const saved = await at.officer.press(
      list,
      'next',
      new Map([
        ['papers:blank', ['', '1']],
        ['papers:why', ['引き継がれていません。']],
      ]),
    );
    expect(saved.status).toBe(200);
    expect((await stored(at)).reasons).toEqual({
      [`${path}.blank`]: '記録がありません。',
      'papers.blank': '引き継がれていません。',
    });
    expect((await at.officer.open(at.papers)).html).toContain('value="引き継がれていません。"');
    ok(await system.municipality(at.code).post(`${at.api}/submission`));
  });

  it('shows both sides when somebody else saved the table meanwhile', async () => {
    const at = await desk();
    const first = await at.officer.open(at.staff);
    const [a = ''] = rows(first);
    const other = await at.officer.open(at.staff);
    const [b = ''] = rows(other);
    await at.officer.press(other, 'save', typed({ [`staff.${b}.name`]: '乙' }));
    const answer = await at.officer.post(first, formOn(first, 'save'), typed({ [`staff.${a}.name`]: '甲' }), [
      'action',
      'save',
    ]);
    expect(answer.status).toBe(412);
    const settled = await at.officer.post(answer, formOn(answer, 'save'), new Map([['staff:choice', ['mine']]]), [
      'action',
      'save',
    ]);
    expect(settled.status).toBe(200);
    expect((await stored(at)).answers.staff.map(({ name }: { name: string }) => name)).toEqual(['甲']);
  });
});
