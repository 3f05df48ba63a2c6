/** Directories by the day in force, and rounds that keep the version they pin, over HTTP. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Directory } from '../../../schemas/directory.ts';
import { directoryFixture, ok, openRound, openSystem } from '../support/fixtures.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const forms = { 'municipal-survey': 2024, 'council-report': 2024 };
const councilPath = '/api/rounds/R6/returns/council-report/hiki';

let system: TestSystem;
let saitama: Directory;
let lead: string;
let member: string;

/** Saitama with another lead of the council of Hiki. */
function moved(rest: Partial<Directory> = {}): Directory {
  const councils = saitama.councils.map((council) => (council.id === 'hiki' ? { ...council, lead: member } : council));
  return { ...saitama, councils, ...rest };
}

/** Saitama without one municipality, which no council names then. */
function smaller(code: string): Directory {
  return {
    ...saitama,
    municipalities: saitama.municipalities.filter((each) => each.code !== code),
    councils: saitama.councils.filter(({ members }) => !members.includes(code)),
  };
}

async function leadOn(day: string): Promise<string | undefined> {
  const { councils }: Directory = ok(await system.prefecture.get(`/api/directory?on=${day}`)).json();
  return councils.find(({ id }) => id === 'hiki')?.lead;
}

const mayEdit = async (unit: string): Promise<boolean> =>
  (await system.municipality(unit).put(councilPath, { answers: {} }, { 'if-match': '"999"' })).status !== 403;

beforeAll(async () => {
  system = await startTestSystem();
  saitama = await directoryFixture('saitama-r6');
  const council = saitama.councils.find(({ id }) => id === 'hiki');
  lead = council?.lead ?? '';
  member = council?.members.find((code) => code !== lead) ?? '';
  await openSystem(system, saitama, 'R6', openRound(forms));
});
afterAll(() => system.stop());

describe('a directory of an earlier day', () => {
  it('moves no right of today, and is the one of its day', async () => {
    ok(await system.prefecture.put('/api/directory', moved({ validFrom: '2022-04-01' })));
    expect([await mayEdit(lead), await mayEdit(member)]).toEqual([true, false]);
    expect(await leadOn('2022-03-31'), 'before any first day').toBe(lead);
    expect(await leadOn('2022-04-01')).toBe(member);
    expect(ok(await system.prefecture.get('/api/directory')).json()).toEqual(saitama);
  });

  it('is asked for by a day that is one', async () => {
    for (const on of ['2022', '2022-02-30', 'zzz'])
      expect((await system.prefecture.get(`/api/directory?on=${on}`)).json()).toMatchObject({
        code: 'malformed-request',
      });
  });
});

describe('a planned directory', () => {
  it('and one saved today without a day both hold', async () => {
    ok(await system.prefecture.put('/api/directory', moved({ validFrom: '2999-04-01' })));
    ok(await system.prefecture.put('/api/directory', saitama));
    expect([await mayEdit(lead), await mayEdit(member)]).toEqual([true, false]);
    expect(await leadOn('2999-03-31')).toBe(lead);
    expect(await leadOn('2999-04-01')).toBe(member);
  });
});

describe('a round', () => {
  const expected = async (): Promise<number> =>
    ok(await system.prefecture.get('/api/rounds/R6/returns')).json().returns.length;
  const gone = '111007';

  it('keeps its directory when it is saved unchanged after the directory has changed', async () => {
    const before = await expected();
    const { version } = ok(await system.prefecture.put('/api/directory', smaller(gone))).json();
    const saved = ok(await system.prefecture.put('/api/rounds/R6', openRound(forms))).json();
    expect(saved.directoryVersion).not.toBe(version);
    expect(await expected()).toBe(before);
  });

  it('is shown what another one changes, and takes it when that is asked for', async () => {
    const { version, versionBefore } = await newestAndPinned();
    const shown = ok(await system.prefecture.get(`/api/rounds/R6/directory?version=${version}`)).json();
    expect(shown).toMatchObject({ pinned: versionBefore, version, returns: [], errors: [] });
    expect(shown.changes).toContainEqual({
      kind: 'removed',
      list: 'municipalities',
      id: gone,
      name: 'さいたま市',
      before: 'さいたま市',
      after: '',
    });
    expect(shown.expected[0]).toMatchObject({ form: 'municipal-survey', before: 63, after: 62 });
    expect((await newestAndPinned()).versionBefore, 'nothing is changed by looking').toBe(versionBefore);
    const taken = ok(
      await system.prefecture.put('/api/rounds/R6', { ...openRound(forms), directoryVersion: version }),
    ).json();
    expect(taken.directoryVersion).toBe(version);
    const municipal = ok(await system.prefecture.get('/api/rounds/R6/returns')).json().returns;
    expect(municipal.filter(({ form }: { form: string }) => form === 'municipal-survey')).toHaveLength(62);
  });

  it('names the returns that a change concerns, and why it cannot be made', async () => {
    const unit = '112038';
    ok(
      await system
        .municipality(unit)
        .put(`/api/rounds/R6/returns/municipal-survey/${unit}`, { answers: {} }, { 'if-none-match': '*' }),
    );
    const { version } = ok(await system.prefecture.put('/api/directory', smaller(unit))).json();
    const shown = ok(await system.prefecture.get(`/api/rounds/R6/directory?version=${version}`)).json();
    expect(shown.returns).toEqual([{ form: 'municipal-survey', unit, unitName: '川口市', state: 'draft' }]);
    expect(shown.errors.map(({ code }: { code: string }) => code)).toContain('unit-in-use');
    const refused = await system.prefecture.put('/api/rounds/R6', { ...openRound(forms), directoryVersion: version });
    expect(refused.json()).toMatchObject({ status: 409, code: 'round-in-use', errors: shown.errors });
  });

  it('takes one in which a unit that answered ended, and none in which it is still to come back', async () => {
    const unit = '112038';
    const withSpan = async (span: object): Promise<number> => {
      const municipalities = saitama.municipalities.map((each) => (each.code === unit ? { ...each, ...span } : each));
      const councils = saitama.councils.filter(({ members }) => !members.includes(unit));
      return ok(await system.prefecture.put('/api/directory', { ...saitama, municipalities, councils })).json().version;
    };
    const taking = (directoryVersion: number) =>
      system.prefecture.put('/api/rounds/R6', { ...openRound(forms), directoryVersion });
    const seen = async (version: number) =>
      ok(await system.prefecture.get(`/api/rounds/R6/directory?version=${version}`)).json();
    const ended = await withSpan({ validTo: '2024-03-31', successors: ['112011'] });
    expect(await seen(ended)).toMatchObject({ former: [{ unit }], errors: [] });
    ok(await taking(ended));
    const { errors } = await seen(await withSpan({ validFrom: '2999-04-01' }));
    expect(errors).toEqual([
      expect.objectContaining({ code: 'unit-in-use', message: expect.stringContaining('令和981年4月1日から有効') }),
    ]);
    expect((await taking(ended + 1)).json()).toMatchObject({ code: 'round-in-use', errors });
    expect(await seen(await withSpan({}))).toMatchObject({ errors: [] });
  });

  it('takes no version that there is not', async () => {
    expect((await system.prefecture.get('/api/rounds/R6/directory?version=999')).status).toBe(404);
    expect((await system.prefecture.get('/api/rounds/R6/directory?version=0')).status).toBe(400);
    const reply = await system.prefecture.put('/api/rounds/R6', { ...openRound(forms), directoryVersion: 999 });
    expect(reply.json()).toMatchObject({ code: 'invalid-round', errors: [{ path: 'directoryVersion' }] });
  });

  async function newestAndPinned(): Promise<{ version: number; versionBefore: number }> {
    const directory = ok(await system.prefecture.get('/api/directory'));
    const { rounds } = ok(await system.prefecture.get('/api/rounds')).json();
    return {
      version: Number(directory.headers.get('x-directory-version')),
      versionBefore: rounds.find(({ id }: { id: string }) => id === 'R6').directoryVersion,
    };
  }
});
