/** A form is defined once: a question added to it is on every page that shows its answers, without any other edit. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { directory as directorySchema } from '../../../schemas/directory.ts';
import { catalogue, form } from '../../../schemas/form.ts';
import type { Form } from '../../../schemas/form.ts';
import { choice, count, list, section, text } from '../../../schemas/kinds/question.ts';
import type { Fields } from '../../../schemas/kinds/question.ts';
import { TestBrowser } from '../support/browser.ts';
import { ok, openRound, openSystem } from '../support/fixtures.ts';
import { Officer } from '../support/officer.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const code = '112038';
const directory = directorySchema.parse({
  prefecture: { code: '110001', name: '埼玉県' },
  municipalities: [{ code, name: '川口市', kind: 'city' }],
  councils: [],
});

/** The canary: the one edit, in the one file of the form. */
const canary: Fields = {
  canary: choice('カナリアの有無', { yes: '有', no: '無' }).help('試験のための設問です。').required(),
};
const canaryInList: Fields = { canaries: count('カナリアの数', '羽').required() };

function scratch(version: number, one: Fields, inList: Fields): Form {
  return form(
    'scratch',
    version,
    { title: '試しの調査票', units: 'municipality', help: '' },
    {
      overview: section('概要', { meetings: count('開催回数', '回').required(), ...one }),
      bodies: list('会議体', 10, { name: text('名称', 100).open().required(), ...inList }),
    },
  );
}

const without = 2023;
const withCanary = 2024;
const place = (version: number): string => `/rounds/R${version}/returns/scratch/${code}`;

let system: TestSystem;
let town: TestBrowser;
let prefecture: TestBrowser;

const answersOf = {
  [without]: [{ overview: { meetings: 4 }, bodies: [{ id: 'b1', name: '全体会' }] }],
  [withCanary]: [
    { overview: { meetings: 4, canary: 'no' }, bodies: [{ id: 'b1', name: '全体会', canaries: 2 }] },
    { overview: { meetings: 4, canary: 'yes' }, bodies: [{ id: 'b1', name: '全体会', canaries: 3 }] },
  ],
};

async function submit(version: number, answers: unknown): Promise<void> {
  const client = system.municipality(code);
  const path = `/api${place(version)}`;
  const etag = (await client.get(path)).headers.get('etag');
  ok(await client.put(path, { answers }, etag === null ? { 'if-none-match': '*' } : { 'if-match': etag }));
  ok(await client.post(`${path}/submission`));
}

/** The same form twice, as it was and with the canary; the one with it is sent back and corrected. */
beforeAll(async () => {
  system = await startTestSystem({
    forms: catalogue([scratch(without, {}, {}), scratch(withCanary, canary, canaryInList)]),
    accounts: [
      { id: 'prefecture', name: '埼玉県担当', groups: ['prefecture'] },
      { id: 'town', name: '川口市担当', groups: [`unit-${code}`] },
    ],
  });
  for (const version of [without, withCanary])
    await openSystem(system, directory, `R${version}`, openRound({ scratch: version }, { asOf: {} }));
  await openSystem(system, directory, 'empty', openRound({ scratch: withCanary }, { asOf: {} }));
  await submit(without, answersOf[without][0]);
  await submit(withCanary, answersOf[withCanary][0]);
  const decision = {
    version: 1,
    decision: 'return',
    comment: '確認してください。',
    questions: [{ path: 'overview.canary', reason: '有ではありませんか。' }],
  };
  ok(await system.prefecture.post(`/api${place(withCanary)}/decision`, decision));
  [town, prefecture] = [new TestBrowser(system.url), new TestBrowser(system.url)];
  await town.signIn('town');
  await prefecture.signIn('prefecture');
});
afterAll(() => system.stop());

/** Text of a page without its tags. */
async function words(browser: TestBrowser, address: string): Promise<string> {
  const { status, html } = await browser.open(address);
  expect(status, address).toBe(200);
  return html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
}

describe('a question added to a form, to the municipality', () => {
  it('is asked on the page of its section, with its options, its help and the reason for which it came back', async () => {
    const { html } = await town.open(`${place(withCanary)}/sections/overview`);
    expect(html).toMatch(/name="overview\.canary" value="yes"/);
    expect(html).toMatch(/name="overview\.canary" value="no" checked/);
    expect(html).toContain('試験のための設問です。');
    expect(html).toContain('有ではありませんか。');
  });

  it('is asked on the page of an entry', async () => {
    expect(await words(town, `${place(withCanary)}/sections/bodies/entries/b1`)).toContain('カナリアの数');
  });

  it('is missed where it is not answered', async () => {
    const officer = new Officer(town);
    const address = `/rounds/empty/returns/scratch/${code}`;
    await officer.press(
      await officer.open(`${address}/sections/overview`),
      'save',
      new Map([['overview.meetings', ['4']]]),
    );
    expect(await words(town, `${address}/check`)).toContain('「カナリアの有無」が未回答です。');
  });

  it.each(['/print', '/print/empty'])('is on paper: %s', async (page) => {
    expect(await words(town, `${place(withCanary)}${page}`)).toContain('カナリアの有無');
  });

  it('is unknown to the form before it', async () => {
    for (const page of ['/sections/overview', '/sections/bodies/entries/b1', '/print', '/print/empty', '/check'])
      expect(await words(town, `${place(without)}${page}`), page).not.toContain('カナリア');
  });
});

describe('corrected and submitted again, it', () => {
  beforeAll(() => submit(withCanary, answersOf[withCanary][1]));

  it('is in the review, beside the version sent back', async () => {
    const review = await words(prefecture, `${place(withCanary)}/review?only=changed`);
    expect(review).toMatch(/カナリアの有無 有 変更あり 無/);
    expect(review).toMatch(/カナリアの数 3羽 変更あり 2羽/);
    expect(review).not.toContain('開催回数');
    expect(await words(prefecture, `${place(without)}/review`)).not.toContain('カナリア');
  });

  it('is in the differences of the municipality’s own history', async () => {
    expect(await words(town, `${place(withCanary)}/history`)).toMatch(/カナリアの有無 有 変更あり 無/);
    expect(await words(town, `${place(without)}/history`)).not.toContain('カナリア');
  });

  it('is in the summary', async () => {
    const summary = (version: number, key: string): Promise<string> =>
      words(prefecture, `/rounds/R${version}/summary?form=scratch&section=${key}`);
    expect(await summary(withCanary, 'overview')).toContain('カナリアの有無');
    expect(await summary(withCanary, 'bodies')).toContain('カナリアの数');
    for (const key of ['overview', 'bodies']) expect(await summary(without, key)).not.toContain('カナリア');
  });
});
