/** Text that could not be stored, shown to be copied: when the session is lost, is somebody else's, or may no longer edit. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../../schemas/values/json.ts';
import { TestBrowser } from '../support/browser.ts';
import type { Loaded } from '../support/browser.ts';
import { ok } from '../support/fixtures.ts';
import { Officer, formOn } from '../support/officer.ts';
import type { Reply, TestSystem } from '../support/system.ts';
import {
  formWith,
  report,
  signedInTo,
  startTwoOfficers,
  survey,
  typed,
  unsavedNotice,
} from '../support/two-officers.ts';

let system: TestSystem;
let officer: Officer;

const signedIn = (account: string): Promise<TestBrowser> => signedInTo(system, account);

beforeAll(async () => {
  system = await startTwoOfficers();
});
afterAll(() => system.stop());
beforeEach(async () => {
  officer = new Officer(await signedIn('first'));
});

async function stored(path: string, section: string): Promise<Json | undefined> {
  return ok(await system.prefecture.get(`/api${path}`)).json().answers[section];
}

/** What a page shows to be copied: label and text. */
function textsOn({ html }: Loaded): (readonly [string | undefined, string | undefined])[] {
  const fields =
    /<label class="label" for="(?<id>typed-\d+)">(?<label>[^<]*)<\/label><textarea[^>]* id="\k<id>">\n?(?<text>[^<]*)</g;
  return [...html.matchAll(fields)].map(({ groups }) => [groups?.['label'], groups?.['text']]);
}

/** The page's token is of a session that was removed long ago, as its cookie is. */
const unknown = { csrf: 'token-of-before.0123456789abcdef' };

describe('what was typed on a page whose session nobody knows any more', () => {
  it('is shown on a page that says that it could not be kept', async () => {
    const contact = `${survey}/sections/contact`;
    const other = await signedIn('first');
    const page = await new Officer(other).open(contact);
    const hidden = Object.fromEntries(formOn(page, 'save').fields);
    other.setCookie('yoriai', 'altered');
    const shown = await other.post(contact, { ...hidden, ...unknown, 'contact.remarks': '書きかけの文章' }, contact);
    expect(shown.status).toBe(401);
    expect(shown.html).toContain('書きかけの文章');
    expect(shown.html).toContain('入力された内容は保存されていません');
  });

  it('is shown as it was chosen and typed, under the labels, without what was there before', async () => {
    const bases = `${survey}/sections/bases`;
    await officer.press(await officer.open(bases), 'save', typed({ 'bases.status': 'considering' }));
    const other = await signedIn('first');
    const page = await new Officer(other).open(bases);
    other.setCookie('yoriai', 'altered');
    const late = { ...unknown, 'bases.status': 'undecided', 'bases.plannedFor': 'そのうち' };
    const shown = await new Officer(other).post(page, formOn(page, 'save'), typed(late), ['action', 'save']);
    expect([shown.status, textsOn(shown)]).toEqual([
      401,
      [
        ['問12　地域生活支援拠点等の整備状況', '未定'],
        ['問12の4　整備予定時期', 'そのうち'],
      ],
    ]);
    const same = await signedIn('first');
    const untouched = await new Officer(same).open(bases);
    same.setCookie('yoriai', 'altered');
    const asked = await new Officer(same).post(untouched, formOn(untouched, 'save'), typed(unknown), [
      'action',
      'save',
    ]);
    expect([asked.url.pathname, asked.url.searchParams.get('reason')]).toEqual(['/sign-in', 'expired']);
  });

  it('is shown with why an answer is not known, also where 不明 was not chosen yet, and not with what was kept', async () => {
    const address = `${survey}/sections/consultation`;
    const transition = {
      'consultation.generalTransition:blank': '1',
      'consultation.generalTransition:why': '台帳がないため',
    };
    const settlement = { 'consultation.generalSettlement:why': '照会中のため' };
    const lateTexts = async (late: Record<string, string>) => {
      const other = await signedIn('first');
      const page = await new Officer(other).open(address);
      other.setCookie('yoriai', 'altered');
      const shown = await new Officer(other).post(page, formOn(page, 'save'), typed({ ...unknown, ...late }), [
        'action',
        'save',
      ]);
      return textsOn(shown);
    };
    const ofTransition = ['問8　指定一般相談支援事業所（地域移行支援）：不明の理由', '台帳がないため'];
    const ofSettlement = ['問9　指定一般相談支援事業所（地域定着支援）：不明の理由', '照会中のため'];
    expect(await lateTexts({ ...transition, ...settlement })).toEqual([ofTransition, ofSettlement]);
    await officer.press(await officer.open(address), 'save', typed(transition));
    expect(await lateTexts(settlement)).toEqual([ofSettlement]);
    // 不明 is taken back alone.
    const page = await officer.open(address);
    const form = formOn(page, 'save');
    const fields = form.fields.filter(([name, value]) => !name.endsWith(':blank') || value === '');
    const taken = await officer.post(page, { ...form, fields }, new Map(), ['action', 'save']);
    expect([taken.status, taken.html.includes('台帳がないため')]).toEqual([200, false]);
  });

  it.each([
    ['/rounds/R6/settings', 'name', '調査の名称'],
    ['/rounds/R6/settings', 'dueAt', '提出期限'],
    ['/notes', 'text', '本文'],
    ['/rounds/R6/exports', 'meeting', '会議名'],
    ['/rounds/R6/handout', 'issues.1', '2つ目の課題'],
    ['/directory?edit=municipality/112011', 'from', 'いつから変更しますか'],
  ])('on %s is shown under the label of its field', async (address, field, label) => {
    const theirs = await signedIn('prefecture');
    const page = await theirs.open(address);
    const { action, fields } = formWith(page, field);
    theirs.setCookie('yoriai', 'altered');
    const post = { ...Object.fromEntries([...fields, [field, '書きかけ']]), ...unknown };
    const shown = await theirs.post(new URL(action, page.url), post, page.url);
    expect(shown.status).toBe(401);
    const texts = textsOn(shown);
    expect(texts.map(([, text]) => text)).toContain('書きかけ');
    // Two forms of the directory call it the name; a round has one of its own.
    expect(texts.find(([, text]) => text === '書きかけ')?.[0]).toBe(field === 'name' ? '名称' : label);
  });

  it('is refused where it has more fields than any page, before it is taken apart', async () => {
    const stranger = new TestBrowser(system.url);
    const body: [string, string][] = Array.from({ length: 3000 }, (_, n) => ['goals', `目標${n}`]);
    const address = `${report}/sections/bodies/entries/b1`;
    const refused = await stranger.open(address, {
      method: 'POST',
      body: new URLSearchParams(body),
      headers: { origin: system.url, 'sec-fetch-site': 'same-origin' },
    });
    expect([refused.status, refused.html.includes('目標')]).toEqual([413, false]);
  });
});

describe('what was typed when somebody else signed in meanwhile, in another tab', () => {
  it('is shown where it was typed, and not saved', async () => {
    const contact = `${survey}/sections/contact`;
    const before = await stored(survey, 'contact');
    const shared = await signedIn('first');
    const page = await new Officer(shared).open(contact);
    await shared.signIn('prefecture');
    const shown = await new Officer(shared).post(
      page,
      formOn(page, 'save'),
      typed({ 'contact.remarks': '書きかけの文章' }),
      ['action', 'save'],
    );
    expect([shown.status, textsOn(shown).map(([, text]) => text)]).toEqual([403, ['書きかけの文章']]);
    expect(shown.html).toContain('別の方がサインインした');
    expect(await stored(survey, 'contact')).toEqual(before);
  });
});

describe('a page of more fields than any that the form has', () => {
  it('is refused before it is taken apart, and what no draft takes with its own status', async () => {
    const address = `${report}/sections/profile`;
    const page = await officer.open(address);
    const goals = (count: number) => new Map([['profile.goals', Array.from({ length: count }, (_, n) => `目標${n}`)]]);
    const save = (count: number) => officer.post(page, formOn(page, 'save'), goals(count), ['action', 'save']);
    const refused = await save(20_000);
    expect([refused.status, refused.html.includes('目標')]).toEqual([413, false]);
    expect((await save(200)).status).toBe(422);
  });
});

describe('what was typed when the right to edit went', () => {
  it('is shown under the labels: what was typed alone, and nothing that is stored', async () => {
    const address = `${report}/sections/profile`;
    await officer.press(await officer.open(address), 'save', typed({ 'profile.purpose': '前からの目的' }));
    const page = await officer.open(address);
    const directory = ok(await system.prefecture.get('/api/directory')).json();
    const councils = directory.councils.map((council: { id: string }) =>
      council.id === 'saikatsu-kita' ? { ...council, lead: '112381' } : council,
    );
    ok(await system.prefecture.put('/api/directory', { ...directory, councils }));
    const late = { 'profile.secretariat': '福祉課', 'profile.operation': 'direct' };
    const shown = await officer.post(page, formOn(page, 'save'), typed(late), ['action', 'save']);
    expect([shown.status, textsOn(shown)]).toEqual([
      403,
      [
        ['問1　事務局', '福祉課'],
        ['問3　運営方法', '直営'],
      ],
    ]);
  });

  it('and the session has ended as well, is shown after the next sign-in: whole, or beside what may still be read', async () => {
    const address = '/rounds/R6/returns/council-report/saikatsu-kita/sections/profile';
    const given = ok(await system.prefecture.get('/api/directory')).json();
    const withCouncil = (change: object): Promise<Reply> =>
      system.prefecture.put('/api/directory', {
        ...given,
        councils: given.councils.map((council: { id: string }) =>
          council.id === 'saikatsu-kita' ? { ...council, ...change } : council,
        ),
      });
    const shownAfter = async (change: object): Promise<Loaded> => {
      ok(await withCouncil({ lead: '112321' }));
      const browser = await signedIn('first');
      const page = await new Officer(browser).open(address);
      browser.setCookie('yoriai', 'lost');
      const asked = await new Officer(browser).post(
        page,
        formOn(page, 'save'),
        typed({ 'profile.operation': 'direct' }),
        ['action', 'save'],
      );
      ok(await withCouncil(change));
      return browser.signIn('first', asked.url.searchParams.get('returnTo') ?? '');
    };
    const read = await shownAfter({ lead: '112381' });
    expect([read.status, textsOn(read)]).toEqual([200, [['問3　運営方法', '直営']]]);
    expect(read.html).not.toContain(unsavedNotice);
    const refused = await shownAfter({ lead: '112381', members: ['112381', '112402'] });
    expect([refused.status, textsOn(refused)]).toEqual([403, [['問3　運営方法', '直営']]]);
  });
});
