/** Returns sent back with many reasons and with long ones: every page stays within 60 KB, and none is lost. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestBrowser } from '../support/browser.ts';
import type { Loaded } from '../support/browser.ts';
import { answer, directoryFixture, ok, openRound, openSystem } from '../support/fixtures.ts';
import { body, fileOf, heavy, long, profile, small, typed } from '../support/heavy-returns.ts';
import { Officer, formOn } from '../support/officer.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

let system: TestSystem;
let prefecture: Officer;

async function officerCalled(account: string): Promise<Officer> {
  const browser = new TestBrowser(system.url);
  await browser.signIn(account);
  return new Officer(browser);
}

beforeAll(async () => {
  system = await startTestSystem({
    accounts: [
      { id: 'hannou', name: '飯能市', groups: ['unit-112089'] },
      { id: 'shared', name: '入間地区担当', groups: ['unit-112097', 'unit-112143', 'unit-112151', 'unit-112259'] },
      { id: 'prefecture', name: '埼玉県担当', groups: ['prefecture'] },
    ],
  });
  await openSystem(
    system,
    await directoryFixture('saitama-r6'),
    'R6',
    openRound({ 'municipal-survey': 2024, 'council-report': 2024 }),
  );
  prefecture = await officerCalled('prefecture');
});
afterAll(() => system.stop());

/** The form that sends back. */
function formWithDanger(page: Loaded): ReturnType<typeof formOn> {
  return {
    ...formOn(
      {
        html: page.html.replace(
          'class="button button--danger"',
          'class="button button--danger" name="danger" value="danger"',
        ),
      },
      'danger',
    ),
  };
}

describe('several returns sent back with long comments', () => {
  it('are named on a small page, each with its whole comment on its own', async () => {
    for (const town of ['112097', '112143', '112151', '112259']) {
      const place = `/rounds/R6/returns/council-report/c${town}`;
      const client = system.municipality(town);
      const etag = (await client.get(`/api${place}`)).headers.get('etag');
      ok(
        await client.put(
          `/api${place}`,
          { answers: { profile, bodies: [body(1)] } },
          etag === null ? { 'if-none-match': '*' } : { 'if-match': etag },
        ),
      );
      ok(await client.post(`/api${place}/submission`));
      ok(
        await system.prefecture.post(`/api${place}/decision`, {
          version: 1,
          decision: 'return',
          comment: heavy('"', 2000),
        }),
      );
    }
    const town = await officerCalled('shared');
    expect(small(await town.open('/')).html).toContain('続きは、回答の画面に表示しています');
    expect(small(await town.open('/rounds/R6/returns/council-report/c112097')).html).toContain(heavy('&quot;', 2000));
  });
});

describe('a decision on several hundred questions', () => {
  const place = '/rounds/R6/returns/council-report/c112089';
  const keys = [
    'name',
    'kind',
    'meetings',
    'members',
    'composition.medical',
    'composition.education',
    'themes',
    'role',
    'futureIssues',
    'sessions',
  ];
  const paths = Array.from({ length: 30 }, (_, number) => keys.map((key) => `bodies.b${number}.${key}`)).flat();

  it('asks for the reasons in parts, and loses none', async () => {
    const answers = {
      profile: { ...profile, purpose: long(2000) },
      bodies: Array.from({ length: 30 }, (_, number) => body(number)),
    };
    await answer(system.municipality('112089'), `/api${place}`, answers);
    // Chosen on the parts of the review, more than one address could carry.
    const query = (chosen: readonly string[]): string => chosen.map((path) => `question=${path}`).join('&');
    const review = small(await prefecture.open(`${place}/review?part=0&${query(paths.slice(0, 150))}`));
    const [, kept = ''] = /name="kept" value="([^"]+)"/.exec(review.html) ?? [];
    let page = small(await prefecture.open(`${place}/decision?version=1&kept=${kept}&${query(paths.slice(100))}`));
    expect(page.html).toContain('項目ごとの理由（300件）');
    const reasonsOn = ({ html }: Loaded): string[] =>
      [...html.matchAll(/name="question" value="([^"]+)"/g)].map(([, path]) => `理由：${path}`);
    let typedReasons: Record<string, string | string[]> = { comment: '確認してください。', reason: reasonsOn(page) };
    const press = async (from: string): Promise<void> => {
      const form = formOn(page, from);
      page = small(await prefecture.post(page, form, typed(typedReasons), ['from', from]));
      typedReasons = { reason: reasonsOn(page) };
    };
    for (;;) {
      const [, from] = /name="from" value="(\d+)"[^>]*>次の項目へ/.exec(page.html) ?? [];
      if (from === undefined) break;
      await press(from);
    }
    expect(page.html).toContain('差し戻す</button>');
    // One is forgotten: the error leads to it.
    const form = formWithDanger(page);
    const refused = small(await prefecture.post(page, form, typed({ reason: reasonsOn(page).with(0, '') })));
    expect(refused.status).toBe(422);
    const fixed = formWithDanger(refused);
    const done = await prefecture.post(refused, fixed, typed({ reason: reasonsOn(refused) }));
    expect(done.url.searchParams.get('done')).toBe('returned');
    const { sentBack } = ok(await system.prefecture.get(`/api${place}`)).json();
    expect(
      new Set(sentBack.questions.map(({ path, reason }: { path: string; reason: string }) => `${path} ${reason}`)),
    ).toEqual(new Set(paths.map((path) => `${path} 理由：${path}`)));
  });

  it('is read on small pages by the municipality', async () => {
    const theirs = system.municipality('112089');
    ok(await theirs.post(`/api${place}/submission`));
    const questions = paths.slice(0, 45).map((path) => ({ path, reason: long(1000) }));
    ok(
      await system.prefecture.post(`/api${place}/decision`, {
        version: 2,
        decision: 'return',
        comment: long(2000),
        questions,
      }),
    );
    const town = await officerCalled('hannou');
    for (const page of [
      '',
      '/sections/profile',
      '/sections/bodies',
      '/sections/bodies/entries/b1',
      '/check',
      '/history',
      '/print',
    ])
      small(await town.open(`${place}${page}`));
    const entry = await town.open(`${place}/sections/bodies/entries/b1`);
    const reason = entry.html.includes('of=reason')
      ? fileOf(entry, 'bodies.b1.name')
      : `${place}/text?question=bodies.b1.name&of=reason`;
    expect((await town.open(reason)).html).toBe(long(1000));
    expect((await town.open(place)).html).toMatch(/ほか\d+件の理由は、各項目の画面に表示しています。/);
  });
});
