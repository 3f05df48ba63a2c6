/** What was typed when a session ended: given back after the next sign-in, over what is stored meanwhile. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { formsOf } from '../../support/html-form.ts';
import { fieldIn } from '../support/browser.ts';
import type { Loaded, TestBrowser } from '../support/browser.ts';
import { ok } from '../support/fixtures.ts';
import { Officer, formOn } from '../support/officer.ts';
import type { TestSystem } from '../support/system.ts';
import {
  formWith,
  postLate,
  report,
  signedInTo,
  startTwoOfficers,
  storedSection,
  survey,
  typed,
  unit,
  unsavedNotice,
} from '../support/two-officers.ts';

const clock = { ahead: 0 };
let system: TestSystem;
let officer: Officer;
let browser: TestBrowser;

const signedIn = (account: string): Promise<TestBrowser> => signedInTo(system, account);
const stored = (path: string, section: string) => storedSection(system, path, section);

beforeAll(async () => {
  system = await startTwoOfficers(clock);
});
afterAll(() => system.stop());
beforeEach(async () => {
  browser = await signedIn('first');
  officer = new Officer(browser);
});

describe('what was typed when a session ended', () => {
  const consultation = `${survey}/sections/consultation`;

  it('is announced, laid over what is stored, there until it is saved, and then gone', async () => {
    await officer.press(await officer.open(consultation), 'save', typed({ 'consultation.commissioned': '12' }));
    const page = await officer.open(consultation);
    expect(page.html).not.toContain('data-unsaved');
    const hidden = formOn(page, 'save').fields.filter(([name]) => ['csrf', 'etag', 'opened'].includes(name));
    const late = { ...Object.fromEntries(hidden), 'consultation.children': '3' };
    const back = await postLate(clock, browser, 'first', () => browser.post(consultation, late, consultation));
    for (const shown of [back, await officer.open(consultation)]) {
      expect(shown.html).toContain(unsavedNotice);
      expect(shown.html).toMatch(/<form[^>]* data-autosave[^>]* data-unsaved/);
      expect(fieldIn(shown, 'consultation.children')).toBe('3');
      expect(fieldIn(shown, 'consultation.commissioned')).toContain('12');
    }
    await officer.press(back, 'save');
    expect(await stored(survey, 'consultation')).toEqual({ commissioned: 12, children: 3 });
    expect((await officer.open(consultation)).html).not.toContain(unsavedNotice);
  });

  it('comes back to the entry it was typed in, whichever was posted last', async () => {
    const partners = Array.from({ length: 14 }, (_, index) => ({ id: `p${index}`, name: `機関${index}` }));
    ok(
      await system
        .municipality(unit)
        .put(`/api${report}`, { answers: { profile: { partners } } }, { 'if-none-match': '*' }),
    );
    const address = (id: string): string => `${report}/sections/profile?at=partners.${id}`;
    const [one, two] = [await officer.open(address('p1')), await officer.open(address('p2'))];
    const post = (page: Loaded, id: string): Promise<Loaded> =>
      officer.post(page, formOn(page, 'save'), typed({ [`profile.partners.${id}.name`]: `新${id}` }), [
        'action',
        'save',
      ]);
    await postLate(clock, browser, 'first', async () => {
      await post(one, 'p1');
      return post(two, 'p2');
    });
    const [first, second] = [await officer.open(address('p1')), await officer.open(address('p2'))];
    expect([fieldIn(first, 'profile.partners.p1.name'), fieldIn(second, 'profile.partners.p2.name')]).toEqual([
      '新p1',
      '新p2',
    ]);
    await officer.press(first, 'save');
    await officer.press(await officer.open(address('p2')), 'save');
    const now = ok(await system.prefecture.get(`/api${report}`)).json().answers.profile.partners;
    expect(now.slice(0, 4)).toEqual([partners[0], { id: 'p1', name: '新p1' }, { id: 'p2', name: '新p2' }, partners[3]]);
  });

  it('is no text when only a button was pressed', async () => {
    const address = `${report}/sections/profile?at=partners.p5`;
    const page = await officer.open(address);
    const move = formOn(page, 'up:profile.partners.p5');
    await postLate(clock, browser, 'first', () =>
      officer.post(page, move, new Map(), ['action', 'up:profile.partners.p5']),
    );
    const again = await officer.open(address);
    expect(again.html).not.toContain(unsavedNotice);
    expect(fieldIn(again, 'profile.partners.p5.name')).toBe('機関5');
  });
});

describe('what the report says itself, typed when a session ended', () => {
  it('comes back with its boxes and its lines, and is laid beside what somebody else saved meanwhile', async () => {
    const address = '/rounds/R6/handout';
    const theirs = await signedIn('prefecture');
    const opened = await theirs.open(address);
    const { fields } = formWith(opened, 'title.0');
    const text = '＝HYPERLINK(1)\n=HYPERLINK(2)\n𠮷野町';
    const kept = fields.filter(([name]) => ['csrf', 'seen'].includes(name));
    const post = { ...Object.fromEntries(kept), parts: 'list', 'title.0': '整備', 'issues.0': text, 'title.4': '５' };
    const back = await postLate(clock, theirs, 'prefecture', () => theirs.post(address, post, address));
    ok(
      await system.prefecture.put(
        '/api/rounds/R6/handout',
        { proposals: [{ title: '先の項目' }] },
        { 'if-none-match': '*' },
      ),
    );
    for (const shown of [back, await theirs.open(address)]) {
      expect(shown.html).toContain(unsavedNotice);
      expect(shown.html).toMatch(/<form[^>]* data-warn[^>]* data-unsaved/);
      expect([fieldIn(shown, 'title.0'), fieldIn(shown, 'title.4')]).toEqual(['整備', '５']);
      expect(shown.html).toContain(`\n${text}</textarea>`);
      expect([...shown.html.matchAll(/value="(\w+)" checked/g)].map(([, part]) => part)).toEqual(['list']);
    }
    const again = formWith(back, 'title.0').fields;
    const posted = await theirs.post(address, Object.fromEntries(again), address);
    expect(posted.status).toBe(412);
    expect(posted.html).toContain('先の項目');
    expect(posted.html).toContain(`\n${text}</textarea>`);
    await theirs.post(address, Object.fromEntries(formWith(posted, 'title.0').fields), address);
    expect(ok(await system.prefecture.get(`/api${address}`)).json()).toEqual({
      parts: ['list'],
      proposals: [{ title: '整備', issues: text }, { title: '５' }],
    });
    expect((await theirs.open(address)).html).not.toContain(unsavedNotice);
  });
});

describe('the forms of the prefecture', () => {
  it.each([
    ['/rounds/new', 'name'],
    ['/rounds/R6/settings', 'name'],
    ['/directory?edit=municipality/112011', 'name'],
  ])('%s shows what was typed when its session ended', async (address, field) => {
    const theirs = await signedIn('prefecture');
    const prefecture = new Officer(theirs);
    const page = await prefecture.open(address);
    expect(page.html).toContain('data-warn');
    const { action, fields } = formWith(page, field);
    const post = Object.fromEntries([...fields, [field, '書きかけの名称']]);
    const back = await postLate(clock, theirs, 'prefecture', () =>
      theirs.post(new URL(action, page.url), post, page.url),
    );
    expect(back.url.href).toBe(page.url.href);
    expect(back.html).toContain(unsavedNotice);
    expect(fieldIn(back, field)).toBe('書きかけの名称');
    const kept = formWith(back, field).fields.filter(([name]) => name !== 'csrf' && name !== field);
    expect(kept).toEqual(fields.filter(([name]) => name !== 'csrf' && name !== field));
  });

  it('lead back to the list when several are accepted too late', async () => {
    const theirs = await signedIn('prefecture');
    const page = await theirs.open('/rounds/R6');
    const csrf = fieldIn(page, 'csrf');
    const back = await postLate(clock, theirs, 'prefecture', () =>
      theirs.post(
        '/rounds/R6/decisions?state=submitted',
        { csrf, confirm: 'yes' },
        '/rounds/R6/decisions?state=submitted',
      ),
    );
    expect([back.status, back.url.pathname, back.url.search]).toEqual([200, '/rounds/R6', '?state=submitted']);
  });
});

it('keeps the plan of a merger and what was chosen for its councils, through a lost session at each step', async () => {
  const address = '/directory/reorganisation';
  const changes = '<h1>合併等による名簿の変更点</h1>';
  for (const lost of ['preview', 'apply']) {
    const prefecture = await signedIn('prefecture');
    const send = (page: Loaded, typed: Record<string, string>): Promise<Loaded> => {
      const form = formsOf(page.html).find(({ fields }) =>
        fields.some(([name]) => name === 'plan' || name === 'ending'),
      );
      return prefecture.post(address, { ...Object.fromEntries(form?.fields ?? []), ...typed }, address);
    };
    const first = await prefecture.open(`${address}?what=merger`);
    const councils = await send(first, { day: '令和9年4月1日', ending: '川越市', existing: '112038', what: 'merger' });
    const asked = formsOf(councils.html).flatMap(({ fields }) =>
      fields.flatMap(([name]) => (name.startsWith('council.') ? [name] : [])),
    );
    const chosen = { do: 'preview', ...Object.fromEntries(asked.map((name) => [name, 'end'])) };
    const shown = lost === 'apply' ? await send(councils, chosen) : undefined;
    const back = await postLate(clock, prefecture, 'prefecture', () =>
      shown === undefined ? send(councils, chosen) : send(shown, { do: 'apply' }),
    );
    expect([lost, back.html.includes(changes), back.html.includes(unsavedNotice)]).toEqual([lost, true, true]);
    expect(back.html).toContain(`name="${asked[0] ?? ''}" value="end"`);
  }
});

it('keeps an edit of the directory whose page of what changes was confirmed after the session was lost', async () => {
  const address = '/directory?edit=municipality/112011';
  const prefecture = await signedIn('prefecture');
  const fields = (page: Loaded, button: string) => Object.fromEntries(formOn(page, button).fields);
  const form = await prefecture.open(address);
  const shown = await prefecture.post(address, { ...fields(form, 'save'), kind: '町', do: 'save' }, address);
  expect(shown.html).toContain('<h1>川越市の変更点</h1>');
  const back = await postLate(clock, prefecture, 'prefecture', () =>
    prefecture.post(address, { ...fields(shown, 'back'), do: 'save' }, address),
  );
  expect(back.html).toContain(unsavedNotice);
  expect(back.html).toMatch(/<option value="町" selected/);
});
