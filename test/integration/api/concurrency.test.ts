/** Many at once: saves, submissions, decisions and withdrawals over HTTP. Nothing is lost, nothing happens twice. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealOf } from '../../../functions/storage/seal.ts';
import type { Answers } from '../../../schemas/values/json.ts';
import { directoryFixture, ok, openRound, openSystem, returnsFixture } from '../support/fixtures.ts';
import { startTestSystem } from '../support/system.ts';
import type { Client, Reply, TestSystem } from '../support/system.ts';

const round = '/api/rounds/R6';

let system: TestSystem;
let surveys: Record<string, Answers>;
/** Municipalities and councils that no test has used. */
let municipalities: string[];
let councils: { id: string; lead: string }[];

beforeAll(async () => {
  system = await startTestSystem();
  const directory = await directoryFixture('saitama-r6');
  await openSystem(system, directory, 'R6', openRound({ 'municipal-survey': 2024, 'council-report': 2024 }));
  surveys = await returnsFixture('saitama-r6/municipal-survey.json');
  municipalities = directory.municipalities.map(({ code }) => code);
  councils = [...directory.councils];
});

afterAll(() => system.stop());

interface Draft {
  readonly client: Client;
  readonly path: string;
  readonly code: string;
  readonly answers: Answers;
  readonly etag: string;
}

const reasonFor = {
  'consultation.generalTransition.one-of-pair-zero': '確認済',
  'consultation.generalSettlement.one-of-pair-zero': '確認済',
};

/** A survey that may be submitted, saved for a municipality that no test has used. */
async function savedSurvey(): Promise<Draft> {
  const code = municipalities.pop();
  if (code === undefined) throw new Error('no municipality is left');
  const client = system.municipality(code);
  const path = `${round}/returns/municipal-survey/${code}`;
  const answers = surveys[code] ?? {};
  const saved = ok(await client.put(path, { answers, reasons: reasonFor }, { 'if-none-match': '*' }));
  return { client, path, code, answers: ok(saved).json().answers, etag: saved.headers.get('etag') ?? '' };
}

async function submittedSurvey(): Promise<Draft> {
  const draft = await savedSurvey();
  ok(await draft.client.post(`${draft.path}/submission`));
  return draft;
}

function many<T>(count: number, act: (index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => act(index)));
}

/** How often each status came. */
function statuses(replies: readonly Reply[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status } of replies) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

function etagOf(reply: Reply): string {
  return ok(reply).headers.get('etag') ?? '';
}

/** The changes of one return, oldest first, from the log. */
async function changesOf(code: string): Promise<{ seq: number; what: string }[]> {
  const changes: { seq: number; what: string }[] = [];
  let next: string | undefined;
  do {
    const page = ok(
      await system.prefecture.get(`${round}/log?limit=500${next === undefined ? '' : `&cursor=${next}`}`),
    ).json();
    for (const { seq, what, return: of } of page.log)
      if (seq !== undefined && of?.unit === code) changes.push({ seq, what });
    ({ next } = page);
  } while (next !== undefined);
  return changes;
}

describe('20 saves from one ETag', () => {
  it('of a return: one is saved, nineteen are told that someone else was first', async () => {
    const { client, path, etag, answers } = await savedSurvey();
    const replies = await many(20, (index) =>
      client.put(path, { answers: { ...answers, contact: { person: `職員${index}` } } }, { 'if-match': etag }),
    );
    expect(statuses(replies)).toEqual({ 200: 1, 412: 19 });
    for (const reply of replies)
      if (reply.status === 412) expect(reply.json()).toMatchObject({ code: 'precondition-failed' });
    const winner = replies.findIndex(({ status }) => status === 200);
    const draft = await client.get(path);
    expect(draft.json().answers.contact).toEqual({ person: `職員${winner}` });
    expect(etagOf(draft)).toBe(replies[winner]?.headers.get('etag'));
  });

  it('of a section: one is saved, nineteen are not', async () => {
    const { client, path } = await savedSurvey();
    const section = `${path}/sections/contact`;
    const etag = etagOf(await client.get(section));
    const replies = await many(20, (index) =>
      client.put(section, { answers: { person: `職員${index}` } }, { 'if-match': etag }),
    );
    expect(statuses(replies)).toEqual({ 200: 1, 412: 19 });
  });

  it('that are all the first: one is saved, and the return is started once', async () => {
    const code = municipalities.pop() ?? '';
    const client = system.municipality(code);
    const path = `${round}/returns/municipal-survey/${code}`;
    const replies = await many(20, () => client.put(path, { answers: {} }, { 'if-none-match': '*' }));
    expect(statuses(replies)).toEqual({ 200: 1, 412: 19 });
    expect((await changesOf(code)).map(({ what }) => what)).toEqual(['started']);
  });
});

describe('two people at once', () => {
  it('in two sections: both are kept', async () => {
    const { client, path } = await savedSurvey();
    const contact = { person: '川口花子' };
    const consultation = { commissioned: 1, generalTransition: 2, generalSettlement: 2, specific: 3, children: 4 };
    const part = (section: string): string => `${path}/sections/${section}`;
    const [one, two] = [etagOf(await client.get(part('contact'))), etagOf(await client.get(part('consultation')))];
    const replies = await Promise.all([
      client.put(part('contact'), { answers: contact }, { 'if-match': one }),
      client.put(part('consultation'), { answers: consultation }, { 'if-match': two }),
    ]);
    expect(statuses(replies)).toEqual({ 200: 2 });
    expect(ok(await client.get(path)).json().answers).toMatchObject({ contact, consultation });
  });

  it('in all eight sections: all are kept', async () => {
    const { client, path, answers } = await savedSurvey();
    const sections = Object.keys(answers);
    expect(sections.length).toBeGreaterThan(5);
    const etags = await Promise.all(
      sections.map(async (section) => etagOf(await client.get(`${path}/sections/${section}`))),
    );
    const replies = await many(sections.length, (at) =>
      client.put(
        `${path}/sections/${sections[at] ?? ''}`,
        { answers: answers[sections[at] ?? ''] },
        { 'if-match': etags[at] ?? '' },
      ),
    );
    expect(statuses(replies)).toEqual({ 200: sections.length });
    expect(ok(await client.get(path)).json().answers).toEqual(answers);
  });

  it('in two bodies of a council: both are kept', async () => {
    const { id = '', lead = '' } = councils.pop() ?? {};
    const client = system.municipality(lead);
    const path = `${round}/returns/council-report/${id}`;
    const bodies = [
      { id: 'plenary', name: '全体会' },
      { id: 'children', name: 'こども部会' },
    ];
    ok(await client.put(path, { answers: { bodies } }, { 'if-none-match': '*' }));
    const entries = `${path}/sections/bodies/entries`;
    const [plenary = '', children = ''] = await Promise.all(
      ['plenary', 'children'].map(async (entry) => etagOf(await client.get(`${entries}/${entry}`))),
    );
    const replies = await Promise.all([
      client.put(`${entries}/plenary`, { answers: { name: '全体会議', meetings: 2 } }, { 'if-match': plenary }),
      client.put(`${entries}/children`, { answers: { name: 'こども支援部会', meetings: 3 } }, { 'if-match': children }),
    ]);
    expect(statuses(replies)).toEqual({ 200: 2 });
    expect(ok(await client.get(path)).json().answers.bodies).toEqual([
      { id: 'plenary', name: '全体会議', meetings: 2 },
      { id: 'children', name: 'こども支援部会', meetings: 3 },
    ]);
  });

  it('who add a body each: both are kept', async () => {
    const { id = '', lead = '' } = councils.pop() ?? {};
    const client = system.municipality(lead);
    const path = `${round}/returns/council-report/${id}`;
    ok(await client.put(path, { answers: { bodies: [] } }, { 'if-none-match': '*' }));
    const replies = await Promise.all(
      ['a', 'b'].map((entry) =>
        client.put(`${path}/sections/bodies/entries/${entry}`, { answers: { name: entry } }, { 'if-none-match': '*' }),
      ),
    );
    expect(statuses(replies)).toEqual({ 200: 2 });
    const { bodies } = ok(await client.get(path)).json().answers;
    expect(bodies.map(({ id: entry }: { id: string }) => entry).toSorted()).toEqual(['a', 'b']);
  });
});

describe('10 submissions at once', () => {
  it('make one version; nine are told its receipt', async () => {
    const { client, path, code } = await savedSurvey();
    const replies = await many(10, () => client.post(`${path}/submission`));
    expect(statuses(replies)).toEqual({ 201: 1, 409: 9 });
    const { receipt, sha256 } = replies.find(({ status }) => status === 201)?.json() ?? {};
    for (const reply of replies.filter(({ status }) => status === 409))
      expect(reply.json()).toMatchObject({ code: 'already-submitted', receipt, version: 1 });
    const { versions } = ok(await client.get(`${path}/versions`)).json();
    expect(versions).toEqual([expect.objectContaining({ version: 1, receipt, sha256 })]);
    expect((await changesOf(code)).map(({ what }) => what)).toEqual(['started', 'submitted']);
  });

  it('of different returns make ten versions and ten numbers of the log without a gap', async () => {
    const drafts: Draft[] = [];
    while (drafts.length < 10) drafts.push(await savedSurvey());
    const replies = await Promise.all(drafts.map(({ client, path }) => client.post(`${path}/submission`)));
    expect(statuses(replies)).toEqual({ 201: 10 });
    expect(new Set(replies.map((reply) => reply.json().receipt)).size).toBe(10);
    const numbers: number[] = [];
    for (const { code } of drafts)
      numbers.push(...(await changesOf(code)).flatMap(({ seq, what }) => (what === 'submitted' ? [seq] : [])));
    const sorted = numbers.toSorted((a, b) => a - b);
    expect(sorted).toEqual(Array.from({ length: 10 }, (_, index) => (sorted[0] ?? 0) + index));
  });
});

describe('an Idempotency-Key', () => {
  const key = { 'idempotency-key': '5b8f-1' };

  it('gets the first answer again, for as long as the body is the same', async () => {
    const { client, path } = await savedSurvey();
    const first = await client.post(`${path}/submission`, {}, key);
    expect(first.status).toBe(201);
    const again = await client.post(`${path}/submission`, {}, key);
    expect([again.status, again.json()]).toEqual([201, first.json()]);
    const other = await client.post(`${path}/submission`, { a: 1 }, key);
    expect([other.status, other.json().code]).toEqual([422, 'idempotency-key-reused']);
    const without = await client.post(`${path}/submission`, {});
    expect([without.status, without.json()]).toMatchObject([
      409,
      { code: 'already-submitted', receipt: first.json().receipt },
    ]);
    const another = await client.post(`${path}/submission`, {}, { 'idempotency-key': '5b8f-2' });
    expect([another.status, another.json().code]).toEqual([409, 'already-submitted']);
  });

  it('is refused once that submission is withdrawn, with the receipt', async () => {
    const { client, path } = await savedSurvey();
    const { receipt } = ok(await client.post(`${path}/submission`, {}, key)).json();
    ok(await client.delete(`${path}/submission`));
    const again = await client.post(`${path}/submission`, {}, key);
    expect([again.status, again.json()]).toMatchObject([409, { code: 'already-withdrawn', receipt, version: 1 }]);
  });

  it('sent ten times at once makes one version, told ten times', async () => {
    const { client, path } = await savedSurvey();
    const replies = await many(10, () => client.post(`${path}/submission`, {}, key));
    expect(statuses(replies)).toEqual({ 201: 10 });
    expect(new Set(replies.map(({ text }) => text)).size).toBe(1);
    expect(ok(await client.get(`${path}/versions`)).json().versions).toHaveLength(1);
  });

  it('belongs to one return', async () => {
    const [one, two] = [await savedSurvey(), await savedSurvey()];
    const first = ok(await one.client.post(`${one.path}/submission`, {}, key)).json();
    const second = ok(await two.client.post(`${two.path}/submission`, {}, key)).json();
    expect(second.receipt).not.toBe(first.receipt);
  });

  it('of a refused submission may be used again once the draft is right', async () => {
    const { client, path, etag, answers } = await savedSurvey();
    const wrong = { ...answers, contact: { person: ' ' } };
    const saved = ok(await client.put(path, { answers: wrong, reasons: reasonFor }, { 'if-match': etag }));
    expect((await client.post(`${path}/submission`, {}, key)).status).toBe(422);
    ok(await client.put(path, { answers, reasons: reasonFor }, { 'if-match': etagOf(saved) }));
    expect((await client.post(`${path}/submission`, {}, key)).status).toBe(201);
  });

  it.each(['', 'x'.repeat(256)])('of no or too many characters is refused', async (name) => {
    const { client, path } = await savedSurvey();
    const reply = await client.post(`${path}/submission`, {}, { 'idempotency-key': name });
    expect([reply.status, reply.json().code]).toEqual([400, 'malformed-request']);
    expect(ok(await client.get(path)).json()).toMatchObject({ state: 'draft', version: 0 });
  });
});

describe('a race', () => {
  it('of a decision and a withdrawal is won by one of them', async () => {
    const drafts: Draft[] = [];
    while (drafts.length < 6) drafts.push(await submittedSurvey());
    await Promise.all(
      drafts.map(async ({ client, path, code }, index) => {
        const decide = (): Promise<Reply> =>
          system.prefecture.post(`${path}/decision`, { version: 1, decision: 'accept' });
        const withdraw = (): Promise<Reply> => client.delete(`${path}/submission`);
        const race = index % 2 === 0 ? [decide(), withdraw()] : [withdraw(), decide()];
        const replies = await Promise.all(race);
        expect(statuses(replies)).toEqual({ 200: 1, 409: 1 });
        const winner = replies.find(({ status }) => status === 200)?.json();
        expect(replies.find(({ status }) => status === 409)?.json()).toMatchObject({ code: 'not-submitted' });
        expect(['accepted', 'draft']).toContain(winner.state);
        expect(ok(await client.get(path)).json()).toMatchObject({ state: winner.state, version: 1 });
        const won = winner.state === 'accepted' ? 'accepted' : 'withdrawn';
        expect((await changesOf(code)).map(({ what }) => what)).toEqual(['started', 'submitted', won]);
      }),
    );
  });

  it('of an acceptance and a return is one decision after the other, or one', async () => {
    const { path, code } = await submittedSurvey();
    const comment = { version: 1, decision: 'return', comment: '確認してください。' };
    const replies = await Promise.all([
      system.prefecture.post(`${path}/decision`, { version: 1, decision: 'accept' }),
      system.prefecture.post(`${path}/decision`, comment),
    ]);
    const decided = replies.filter(({ status }) => status === 200).length;
    expect((await changesOf(code)).slice(2)).toHaveLength(decided);
    expect(ok(await system.prefecture.get(path)).json().state).toBe('returned');
  });

  it('of ten acceptances is won by one', async () => {
    const { path } = await submittedSurvey();
    const replies = await many(10, () =>
      system.prefecture.post(`${path}/decision`, { version: 1, decision: 'accept' }),
    );
    expect(statuses(replies)).toEqual({ 200: 1, 409: 9 });
    for (const reply of replies)
      if (reply.status === 409) expect(reply.json()).toMatchObject({ code: 'already-accepted' });
  });

  it('of a save and a submission ends in one of two ways: what is submitted is what was validated', async () => {
    const drafts: Draft[] = [];
    while (drafts.length < 6) drafts.push(await savedSurvey());
    await Promise.all(
      drafts.map(async ({ client, path, etag, answers, code }, index) => {
        const wrong = { ...answers, contact: { person: ' ' } };
        const save = (): Promise<Reply> =>
          client.put(path, { answers: wrong, reasons: reasonFor }, { 'if-match': etag });
        const submit = (): Promise<Reply> => client.post(`${path}/submission`);
        const [first, second] = index % 2 === 0 ? [save(), submit()] : [submit(), save()];
        const replies = await Promise.all([first, second]);
        const [saved, submitted] = index % 2 === 0 ? replies : [replies[1], replies[0]];
        const draft = ok(await client.get(path)).json();
        if (submitted.status === 201) {
          expect([saved.status, saved.json().code]).toEqual([409, 'not-editable']);
          const { reasons, sha256, ...version } = ok(await client.get(`${path}/versions/1`)).json();
          expect(version.answers).toEqual(answers);
          expect(draft).toMatchObject({ state: 'submitted', answers });
          const { form, formVersion, unit } = version;
          expect(sealOf({ round: 'R6', form, formVersion, unit, version: 1, answers, reasons })).toBe(sha256);
        } else {
          expect([submitted.status, submitted.json().code]).toEqual([422, 'invalid-return']);
          expect(saved.status).toBe(200);
          expect(draft).toMatchObject({ state: 'draft', version: 0, answers: wrong });
          expect((await changesOf(code)).map(({ what }) => what)).toEqual(['started']);
        }
      }),
    );
  });
});
