/** Mergers and divisions on the pages of the prefecture, between rounds and in the middle of one. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Directory } from '../../../schemas/directory.ts';
import { dayInJapan } from '../../../schemas/round.ts';
import { checkDigit } from '../../../schemas/values/municipality-code.ts';
import { printPartialDate } from '../../../schemas/values/partial-date.ts';
import { words } from '../support/browser.ts';
import type { Loaded, TestBrowser } from '../support/browser.ts';
import { answer, exportRound, exportedFile, ok, openRound } from '../support/fixtures.ts';
import { formTo } from '../support/officer.ts';
import { forms, startReviewSystem, submitSurvey } from '../support/review-system.ts';
import type { ReviewSystem } from '../support/review-system.ts';

let started: ReviewSystem;
let officer: TestBrowser;

beforeAll(async () => {
  started = await startReviewSystem();
  ({ officer } = started);
});
afterAll(() => started.system.stop());

const address = '/directory/reorganisation';
const today = dayInJapan(new Date());

function codeOf(number: number): string {
  const five = `11${String(number)}`;
  return `${five}${checkDigit(five)}`;
}

/** Posts the form of a page with what is typed over what stands in its fields. */
function send(page: Loaded, typed: Record<string, string>, action = address): Promise<Loaded> {
  const form = formTo(page, action);
  const standing = form.fields.filter(([name]) => !Object.hasOwn(typed, name));
  return officer.postFrom(page, action.split('?')[0] ?? action, [...standing, ...Object.entries(typed)]);
}

async function first(what: string, typed: Record<string, string>): Promise<Loaded> {
  const page = await officer.open(`${address}?what=${what}`);
  return send(page, typed, `${address}?what=${what}`);
}

async function directoryOn(day: string): Promise<Directory> {
  return ok(await started.system.prefecture.get(`/api/directory?on=${day}`)).json();
}

/** What each form asks now: how many returns are expected, and of which units there are any. */
async function returnsOf(round: string): Promise<{ form: string; unit: string; state: string }[]> {
  return ok(await started.system.prefecture.get(`/api/rounds/${round}/returns`)).json().returns;
}

async function sumOf(round: string, question: string): Promise<readonly [number, number]> {
  const { rows } = ok(await started.system.prefecture.get(`/api/rounds/${round}/summary`)).json();
  const row = rows.find(
    (each: { question: string; measure: string }) => each.question === question && each.measure === 'sum',
  );
  return [row.value, row.base];
}

describe('a merger in the middle of a round', () => {
  const merged = codeOf(401);

  it('asks for what is missing, at its fields', async () => {
    const page = await first('merger', { day: '', ending: '川越市' });
    expect(page.status).toBe(422);
    for (const field of ['day', 'ending', 'existing']) expect(page.html).toContain(`href="#field-${field}"`);
    const unknown = await first('merger', { day: today, ending: '川越市、無名市', existing: '112038' });
    expect(words(unknown)).toContain('「無名市」は、その日の名簿にありません。');
  });

  it('is shown with what becomes of the councils, then applied; twice is once, and two tabs are told', async () => {
    const councils = await first('merger', {
      day: printPartialDate(today),
      ending: '川越市、熊谷市',
      'begun.0.code': merged,
      'begun.0.name': '川熊市',
      'begun.0.kind': '市',
    });
    expect(words(councils)).toContain('川越市 → 川熊市');
    const shown = await send(councils, { do: 'preview' });
    expect(words(shown)).toContain('終了 市町村 112011 川越市 川越市');
    expect(words(shown)).toContain(`追加 市町村 ${merged} 川熊市`);
    const tab = await send(councils, { do: 'preview' });
    const asked = await first('merger', { day: today, ending: '毛呂山町', existing: '113271' });
    const other = await send(asked, { do: 'preview', 'council.iruma-nishi': 'keep' });
    const applied = await send(shown, { do: 'apply' });
    expect(words(applied)).toContain('合併等を名簿に反映しました。');
    const version = async (): Promise<string | null> =>
      (await started.system.prefecture.get('/api/directory')).headers.get('x-directory-version');
    const newest = await version();
    expect(words(await send(shown, { do: 'apply' }))).toContain('合併等を名簿に反映しました。');
    expect(await version()).toBe(newest);
    // The same page, opened before: what it would save is what stands.
    expect((await send(tab, { do: 'apply' })).status).toBe(200);
    const late = await send(other, { do: 'apply' });
    expect(late.status).toBe(412);
    expect(words(late)).toContain('他の人が名簿を変更しました。名簿は更新されていません。');
    const { municipalities } = await directoryOn(today);
    expect(municipalities.find(({ code }) => code === '112011')).toMatchObject({ successors: [merged] });
    expect(municipalities.find(({ code }) => code === merged)).toMatchObject({ validFrom: today });
    const page = await officer.open('/directory');
    expect(words(page)).toContain('この日には有効でない市町村（2件）');
  });

  it('leaves the round as it is: what is asked, and who merged answers in place of who ended', async () => {
    const returns = await returnsOf('R6');
    expect(returns.some(({ unit }) => unit === '112011')).toBe(true);
    expect(returns.some(({ unit }) => unit === merged)).toBe(false);
    const path = '/api/rounds/R6/returns/municipal-survey/112011';
    expect((await started.system.municipality('112011').get(path)).status).toBe(403);
    expect((await started.system.municipality(merged).get(path)).status).toBe(200);
    expect((await started.system.municipality('112038').get(path)).status).toBe(403);
  });

  it('takes the new directory only after a page that says what becomes of the returns; nothing is lost or counted', async () => {
    const [before] = await sumOf('R6', 'consultation.specific');
    const { surveys } = started;
    const figure = (unit: string): number => Number(Object(surveys[unit]?.['consultation'])['specific']);
    const version = (await started.system.prefecture.get('/api/directory')).headers.get('x-directory-version') ?? '';
    const shown = await officer.open(`/rounds/R6/settings?directory=${version}`);
    expect(words(shown)).toContain('市町村調査票：63件 → 62件');
    expect(words(shown)).toContain('読むことだけができます');
    expect(words(shown)).toMatch(/川越市 川熊市 市町村調査票/);
    const pinned = formTo(shown, '/rounds/R6/settings').fields.find(([name]) => name === 'pinned')?.[1] ?? '';
    const taken = await officer.postFrom(shown, '/rounds/R6/settings', [
      ['directory', version],
      ['pinned', pinned],
    ]);
    expect(words(taken)).toContain('設定を保存しました。');

    const returns = (await returnsOf('R6')).filter(({ form }) => form === 'municipal-survey');
    expect(returns).toHaveLength(62);
    expect(returns.some(({ unit }) => ['112011', '112020'].includes(unit))).toBe(false);
    expect(await sumOf('R6', 'consultation.specific')).toEqual([before - figure('112011') - figure('112020'), 2]);

    const path = '/api/rounds/R6/returns/municipal-survey/112011';
    const { system } = started;
    expect(ok(await system.prefecture.get(`${path}/versions/1`)).json()).toMatchObject({ unit: '112011' });
    expect(ok(await system.municipality(merged).get(path)).json()).toHaveProperty('answers');
    expect((await system.municipality('112011').get(path)).status).toBe(403);
    const decided = await system.prefecture.post(`${path}/decision`, { version: 1, decision: 'accept' });
    expect(decided.json()).toMatchObject({ status: 409, code: 'unit-ended' });
    expect((await system.municipality(merged).delete(`${path}/submission`)).json()).toMatchObject({
      code: 'unit-ended',
    });
    expect(words(await officer.open('/rounds/R6'))).toContain('対象でなくなった団体の回答（2件）');
    expect((await officer.open('/rounds/R6/returns/municipal-survey/112011/review')).status).toBe(200);
  });

  it('is exported with what is counted alone', async () => {
    const { exportId, record } = await exportRound(started.system, 'R6');
    expect(record).toMatchObject({ status: 'done' });
    const file = (path: string): Promise<string> => exportedFile(started.system, 'R6', exportId, path);
    const units = JSON.parse(await file('internal/municipal-survey.json')).map(({ unit }: { unit: string }) => unit);
    expect(units.toSorted()).toEqual(['112089', '112097']);
    const listed = await file('internal/directory.csv');
    expect(listed).toContain('川熊市');
    expect(listed).not.toContain('川越市,');
  });

  it('counts the merged municipality once it has answered', async () => {
    const [before] = await sumOf('R6', 'consultation.specific');
    await submitSurvey(started, merged, started.surveys['112011']);
    const figure = Number(Object(started.surveys['112011']?.['consultation'])['specific']);
    expect(await sumOf('R6', 'consultation.specific')).toEqual([before + figure, 3]);
  });
});

describe("the Ministry's list with a merger and a new city", () => {
  const [city, town] = [codeOf(402), codeOf(403)];

  it('proposes exactly that: who comes after whom is asked, then the councils, then it is shown and applied', async () => {
    const before = await directoryOn(today);
    const standing = before.municipalities.filter(({ validTo }) => validTo === undefined);
    const rows = standing
      .filter(({ name }) => !['蕨市', '戸田市', '伊奈町'].includes(name))
      .map(({ code, name }) => [code, name] as const);
    const lines = [
      '団体コード,都道府県名（漢字）,市区町村名（漢字）',
      '110001,埼玉県,',
      ...[...rows, [city, '蕨戸市'] as const, [town, '伊奈市'] as const].map(
        ([code, name]) => `${code},埼玉県,${name}`,
      ),
    ];
    const page = await officer.open('/directory/import');
    const body = new FormData();
    body.set('csrf', formTo(page, '/directory/import').fields.find(([name]) => name === 'csrf')?.[1] ?? '');
    body.set('validFrom', printPartialDate(today));
    body.set('file', new Blob([lines.join('\r\n')]), 'list.csv');
    const asked = await officer.open('/directory/import', {
      method: 'POST',
      body,
      headers: { origin: started.system.url, 'sec-fetch-site': 'same-origin' },
    });
    expect(words(asked)).toContain('名簿にある次の3市町村が、取り込む一覧にありません。');
    const suggested = new Map(formTo(asked, address).fields);
    expect(suggested.get('after.113018')).toBe('伊奈市');
    expect(suggested.get('after.112232')).toBe('');
    const missing = await send(asked, {});
    expect(missing.html).toContain('href="#field-after.112232"');
    const councils = await send(asked, { 'after.112232': '蕨戸市', 'after.112241': '蕨戸市' });
    // Both councils would have one member, the same: what becomes of each has to be said.
    const unsaid = await send(councils, { do: 'preview' });
    expect(unsaid.html).toContain('href="#field-council.c112232"');
    const shown = await send(councils, {
      do: 'preview',
      'council.c112232': 'merge:new',
      'council.c112241': 'merge:new',
      newCouncil: '蕨戸市協議会',
    });
    expect(words(shown)).toContain('追加 市町村 ' + city + ' 蕨戸市');
    expect(words(shown)).toContain('協議会 ageo-okegawa-ina 上尾・桶川・伊奈地域自立支援協議会 上尾市、桶川市、伊奈町');
    expect(words(await send(shown, { do: 'apply' }))).toContain('合併等を名簿に反映しました。');
    const after = await directoryOn(today);
    const successorsOf = (code: string): unknown => after.municipalities.find((each) => each.code === code)?.successors;
    expect(['112232', '112241', '113018'].map(successorsOf)).toEqual([[city], [city], [town]]);
    const begun = after.councils.find(({ name }) => name === '蕨戸市協議会');
    expect(begun).toMatchObject({ members: [city], lead: city, validFrom: today });
    expect(after.councils.find(({ id }) => id === 'c112232')).toMatchObject({ successors: [begun?.id] });
    expect(after.councils.find(({ id }) => id === 'ageo-okegawa-ina')?.members).toContain(town);
    expect(after.municipalities).toHaveLength(before.municipalities.length + 2);
  });
});

describe('a merger and a division between rounds', () => {
  const [east, west] = [codeOf(404), codeOf(405)];
  const merged = codeOf(401);

  it('are asked anew from the round of after them on, with every figure of the old units in their own round', async () => {
    const { system, surveys } = started;
    const councils = await first('division', {
      day: today,
      ending: '所沢市',
      'begun.0.code': east,
      'begun.0.name': '東所沢市',
      'begun.0.kind': '市',
      'begun.1.code': west,
      'begun.1.name': '西所沢市',
      'begun.1.kind': '市',
    });
    expect(words(await send(councils, { do: 'preview' }))).toContain('の事務局を選んでください。');
    const leads = Object.fromEntries(
      formTo(councils, address)
        .fields.map(([name]) => name)
        .filter((name) => name.startsWith('lead.') && name !== 'lead.new')
        .map((name) => [name, east]),
    );
    expect(words(await send(await send(councils, { do: 'preview', ...leads }), { do: 'apply' }))).toContain(
      '合併等を名簿に反映しました。',
    );

    // R5, of before: 川越市 and 熊谷市, merged since, and 所沢市, divided since, are accepted there by their successors' time.
    for (const unit of ['112011', '112020', '112089']) {
      const successor = unit === '112089' ? east : merged;
      const path = `/api/rounds/R5/returns/municipal-survey/${unit}`;
      expect((await system.municipality(unit).get(path)).status).toBe(403);
      await answer(system.municipality(successor), path, surveys[unit] ?? {});
      ok(await system.prefecture.post(`${path}/decision`, { version: 1, decision: 'accept' }));
    }
    const figure = (unit: string): number => Number(Object(surveys[unit]?.['consultation'])['specific']);
    const all = ['112038', '112011', '112020', '112089'].map(figure).reduce((sum, each) => sum + each, 0);
    expect(await sumOf('R5', 'consultation.specific')).toEqual([all, 4]);

    ok(
      await system.prefecture.put('/api/rounds/R8', openRound(forms, { name: '令和8年度調査', referenceDate: today })),
    );
    const asked = (await returnsOf('R8')).filter(({ form }) => form === 'municipal-survey').map(({ unit }) => unit);
    expect(asked).toEqual(expect.arrayContaining([merged, east, west]));
    for (const unit of ['112011', '112020', '112089']) expect(asked).not.toContain(unit);
    expect((await system.municipality('112089').get('/api/rounds/R8/returns')).json().returns).toEqual([]);

    const review = words(await officer.open(`/rounds/R8/returns/municipal-survey/${merged}/review`));
    expect(review).toContain('合併等の前の団体の前回（令和5年度調査）の回答：川越市、熊谷市');
    const sum = figure('112011') + figure('112020');
    expect(review).toMatch(
      new RegExp(`指定特定相談支援事業所 ${figure('112011')}事業所 ${figure('112020')}事業所 ${sum}事業所`),
    );
    expect(review).toMatch(/自立支援協議会の設置 設置済 設置済 比較不可/);
    const divided = words(await officer.open(`/rounds/R8/returns/municipal-survey/${east}/review`));
    expect(divided).toContain('前回は分割の前の団体が回答したため、前回との比較はできません。');
    expect(divided).toContain(`${figure('112089')}事業所`);

    // What is compared with last time is the sum, and of a part of what was divided nothing.
    const halved = structuredClone(surveys['112011'] ?? {});
    await answer(system.municipality(merged), `/api/rounds/R8/returns/municipal-survey/${merged}`, halved);
    await answer(system.municipality(east), `/api/rounds/R8/returns/municipal-survey/${east}`, surveys['112089'] ?? {});
    const version = async (unit: string): Promise<{ previous?: { consultation?: { specific?: number } } }> =>
      ok(await system.prefecture.get(`/api/rounds/R8/returns/municipal-survey/${unit}/versions/1`)).json();
    expect((await version(east)).previous).toBeUndefined();
    const reviewed = words(await officer.open(`/rounds/R8/returns/municipal-survey/${merged}/review`));
    expect(reviewed).toContain('前回の回答から大きく変わっています。');
    expect(reviewed).not.toContain('新たに回答');
    expect(await sumOf('R8', 'consultation.specific')).toEqual([figure('112011') + figure('112089'), 2]);

    // What is published says the same to them: of the merged the sum, of a part of what was divided nothing.
    ok(
      await system.prefecture.post(`/api/rounds/R8/returns/municipal-survey/${merged}/decision`, {
        version: 1,
        decision: 'accept',
      }),
    );
    for (const round of ['R5', 'R8']) {
      const { exportId } = await exportRound(system, round);
      ok(await system.prefecture.post(`/api/rounds/${round}/exports/${exportId}/publication`));
    }
    const earlierOf = async (unit: string): Promise<unknown> => {
      const { results } = ok(await system.municipality(unit).get(`/api/rounds/R8/results/${unit}`)).json();
      const lines: { question: string; earlier: { of: string; own: number | null }[] }[] = results[0].lines;
      return lines
        .find(({ question }) => question === 'consultation.specific')
        ?.earlier.map(({ of, own }) => [of, own]);
    };
    expect(await earlierOf(merged)).toEqual([['merged', sum]]);
    expect(await earlierOf(east)).toEqual([['nobody', null]]);
  });
});

describe('a division in the middle of a round', () => {
  it('takes the answers of who was divided out of the figures, and counts its parts as they answer', async () => {
    const { system, surveys } = started;
    const [east, west] = [codeOf(404), codeOf(405)];
    const figure = (unit: string): number => Number(Object(surveys[unit]?.['consultation'])['specific']);
    const [before, answered] = await sumOf('R6', 'consultation.specific');
    const version = (await system.prefecture.get('/api/directory')).headers.get('x-directory-version') ?? '';
    // Each part may answer for it, and each is written to.
    const mails = ok(
      await system.prefecture.post('/api/rounds/R6/mails', {
        event: 'notice',
        text: { subject: 'お知らせ', body: '分割に伴う回答について' },
        units: [east, west],
      }),
    ).json();
    expect(mails).toMatchObject({ withoutAddress: [east, west] });
    const change = ok(await system.prefecture.get(`/api/rounds/R6/directory?version=${version}`)).json();
    expect(change.former).toContainEqual({
      form: 'municipal-survey',
      title: '市町村調査票',
      unit: '112089',
      name: '所沢市',
      successors: ['東所沢市', '西所沢市'],
      state: 'submitted',
    });
    expect(change.errors).toEqual([]);
    const shown = await officer.open(`/rounds/R6/settings?directory=${version}`);
    const pinned = formTo(shown, '/rounds/R6/settings').fields.find(([name]) => name === 'pinned')?.[1] ?? '';
    await officer.postFrom(shown, '/rounds/R6/settings', [
      ['directory', version],
      ['pinned', pinned],
    ]);
    expect(await sumOf('R6', 'consultation.specific')).toEqual([before - figure('112089'), answered - 1]);
    const path = '/api/rounds/R6/returns/municipal-survey';
    for (const unit of [east, west]) {
      expect((await system.municipality(unit).get(`${path}/112089/versions/1`)).status).toBe(200);
      await answer(system.municipality(unit), `${path}/${unit}`, surveys['112089'] ?? {});
    }
    expect(await sumOf('R6', 'consultation.specific')).toEqual([before + figure('112089'), answered + 1]);
    const asked = (await returnsOf('R6')).filter(({ form }) => form === 'municipal-survey').map(({ unit }) => unit);
    expect(new Set(asked).size).toBe(asked.length);
    // 63 before: 2 merged into 1, 2 into 1 and a town into a city by the list, 1 divided into 2.
    expect(asked).toHaveLength(62);
  });
});
