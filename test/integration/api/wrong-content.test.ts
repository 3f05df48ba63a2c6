/** Drafts that are wrong in content: saved as typed, refused when submitted, with every error; and what is right at its limits. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answers } from '../../../schemas/values/json.ts';
import {
  answer,
  answersFixture,
  directoryFixture,
  ok,
  openRound,
  openSystem,
  returnsFixture,
} from '../support/fixtures.ts';
import { expectProblem } from '../support/problems.ts';
import { startTestSystem } from '../support/system.ts';
import type { Client, Reply, TestSystem } from '../support/system.ts';

const round = '/api/rounds/R6';

let system: TestSystem;
let directory: Awaited<ReturnType<typeof directoryFixture>>;
let survey: Answers;
let council: Answers;
/** Municipalities that have not been used by a test. */
let unused: string[];

const pathOf = (code: string): string => `${round}/returns/municipal-survey/${code}`;

beforeAll(async () => {
  system = await startTestSystem();
  directory = await directoryFixture('saitama-r6');
  await openSystem(system, directory, 'R6', openRound({ 'municipal-survey': 2024, 'council-report': 2024 }));
  survey = (await returnsFixture('saitama-r6/municipal-survey.json'))['111007'] ?? {};
  council = await answersFixture('councils/kisarazu.json');
  unused = directory.municipalities.map(({ code }) => code);
});

afterAll(() => system.stop());

/** A copy of さいたま市's survey in which some questions of some sections are answered otherwise. */
function surveyWith(changes: Readonly<Record<string, Readonly<Record<string, unknown>>>>): Record<string, unknown> {
  const copy: Record<string, unknown> = structuredClone(survey);
  for (const [section, answers] of Object.entries(changes)) copy[section] = { ...Object(copy[section]), ...answers };
  return JSON.parse(JSON.stringify(copy));
}

interface Submission {
  readonly client: Client;
  readonly path: string;
  readonly reply: Reply;
}

/** Saves a draft, which may be wrong in content, for a unit that nobody has used, and submits it. */
async function submitNew(answers: unknown): Promise<Submission> {
  const code = unused.pop();
  if (code === undefined) throw new Error('no municipality is left');
  const client = system.municipality(code);
  ok(await client.put(pathOf(code), { answers }, { 'if-none-match': '*' }));
  return { client, path: pathOf(code), reply: await client.post(`${pathOf(code)}/submission`) };
}

async function submitCouncil(id: string, answers: unknown): Promise<Submission> {
  const lead = directory.councils.find((each) => each.id === id)?.lead ?? '';
  const client = system.municipality(lead);
  const path = `${round}/returns/council-report/${id}`;
  ok(await client.put(path, { answers }, { 'if-none-match': '*' }));
  return { client, path, reply: await client.post(`${path}/submission`) };
}

const dated = (plannedFor: unknown): Record<string, unknown> =>
  surveyWith({
    bases: {
      status: 'considering',
      plannedFor,
      arrangement: undefined,
      type: undefined,
      functions: undefined,
      coordinators: undefined,
      partners: undefined,
    },
  });

const established = { status: 'established', arrangement: 'joint', type: 'areaBased', functions: [] };

const contents: readonly (readonly [string, () => Record<string, unknown>, { path: string; code: string }])[] = [
  [
    'an answer to a question not asked',
    () => surveyWith({ bases: { status: 'undecided', plannedFor: '2026-03' } }),
    { path: 'bases.plannedFor', code: 'not-asked' },
  ],
  [
    'a required question not answered',
    () => surveyWith({ establishment: { status: undefined, form: undefined } }),
    { path: 'establishment.status', code: 'required' },
  ],
  [
    'a text one character too long',
    () => surveyWith({ contact: { person: 'あ'.repeat(101) } }),
    { path: 'contact.person', code: 'too-long' },
  ],
  [
    'a text of 101 characters outside the basic plane',
    () => surveyWith({ contact: { person: '𠮷'.repeat(101) } }),
    { path: 'contact.person', code: 'too-long' },
  ],
  [
    'a text of four times its limit',
    () => surveyWith({ contact: { person: 'x'.repeat(400) } }),
    { path: 'contact.person', code: 'too-long' },
  ],
  [
    'a text of nothing that can be seen',
    () => surveyWith({ contact: { person: '\u200B\u3164\u2800' } }),
    { path: 'contact.person', code: 'blank' },
  ],
  ['a text of blanks', () => surveyWith({ contact: { person: ' 　' } }), { path: 'contact.person', code: 'blank' }],
  [
    'an address that is none',
    () => surveyWith({ contact: { email: 'shogai' } }),
    { path: 'contact.email', code: 'invalid-email' },
  ],
  [
    'a negative count',
    () => surveyWith({ consultation: { specific: -1 } }),
    { path: 'consultation.specific', code: 'negative' },
  ],
  [
    'a fractional count',
    () => surveyWith({ consultation: { specific: 1.5 } }),
    { path: 'consultation.specific', code: 'fractional' },
  ],
  [
    'a count beyond what can be counted',
    () => surveyWith({ consultation: { specific: 1e300 } }),
    { path: 'consultation.specific', code: 'too-large' },
  ],
  ['30 February', () => dated('2024-02-30'), { path: 'bases.plannedFor', code: 'invalid-date' }],
  [
    'the 29th of February of no leap year',
    () => dated('2023-02-29'),
    { path: 'bases.plannedFor', code: 'invalid-date' },
  ],
  ['the year 0 of an era', () => dated('令和0年'), { path: 'bases.plannedFor', code: 'invalid-date' }],
  ['month 13', () => dated('2024-13'), { path: 'bases.plannedFor', code: 'invalid-date' }],
  [
    'a partner of another prefecture',
    () => surveyWith({ bases: { ...established, partners: ['122068'] } }),
    { path: 'bases.partners', code: 'unknown-municipality' },
  ],
  [
    'a partner with a wrong check digit',
    () => surveyWith({ bases: { ...established, partners: ['111008'] } }),
    { path: 'bases.partners', code: 'invalid-municipality-code' },
  ],
  [
    'the same partner twice',
    () => surveyWith({ bases: { ...established, partners: ['112011', '112011'] } }),
    { path: 'bases.partners', code: 'duplicate' },
  ],
];

describe('a draft that is wrong in content', () => {
  it.each(contents)('with %s is saved as typed and cannot be submitted', async (_name, answers, error) => {
    const { client, path, reply } = await submitNew(answers());
    expectProblem(reply, { status: 422, code: 'invalid-return', errors: [error] });
    const draft = ok(await client.get(path)).json();
    expect(draft).toMatchObject({ state: 'draft', version: 0 });
    expect(ok(await client.get(`${path}/versions`)).json()).toEqual({ versions: [] });
    const refused = error.path.split('.').slice(0, 2);
    const at = (root: any): unknown => refused.reduce((value, key) => value?.[key], root); // oxlint-disable-line typescript/no-explicit-any -- looks into answers of every shape
    expect(at(draft.answers)).toEqual(at(answers()));
  });

  it('lists every error at once', async () => {
    const { reply } = await submitNew(
      surveyWith({
        establishment: { status: undefined },
        consultation: { specific: -1, children: 1.5 },
        contact: { person: ' ' },
      }),
    );
    const codes = ['required', 'negative', 'fractional', 'blank'];
    expect(reply.json().errors.map(({ code }: { code: string }) => code)).toEqual(expect.arrayContaining(codes));
  });

  it('cannot be submitted with bodies that are their own parents', async () => {
    const bodies = JSON.parse(JSON.stringify(council['bodies']));
    bodies[0].parent = 'coordination';
    const { client, path, reply } = await submitCouncil(directory.councils[0]?.id ?? '', { ...council, bodies });
    expectProblem(reply, {
      status: 422,
      code: 'invalid-return',
      errors: [
        { path: 'bodies.plenary.parent', code: 'parent-cycle' },
        { path: 'bodies.coordination.parent', code: 'parent-cycle' },
      ],
    });
    expect(ok(await client.get(path)).json()).toMatchObject({ state: 'draft', version: 0 });
  });

  it('cannot be submitted with two entries of one id', async () => {
    const bodies = JSON.parse(JSON.stringify(council['bodies']));
    bodies[4].id = 's1';
    const { reply } = await submitCouncil(directory.councils[1]?.id ?? '', { ...council, bodies });
    expectProblem(reply, {
      status: 422,
      code: 'invalid-return',
      errors: [
        { path: 'bodies.3.id', code: 'doubled-id' },
        { path: 'bodies.4.id', code: 'doubled-id' },
      ],
    });
  });

  it('cannot be submitted with an entry of nothing but its id', async () => {
    const bodies = JSON.parse(JSON.stringify(council['bodies']));
    bodies[0].sessions = [{ id: 's1' }];
    const { reply } = await submitCouncil(directory.councils[3]?.id ?? '', { ...council, bodies });
    expectProblem(reply, {
      status: 422,
      code: 'invalid-return',
      errors: [{ path: 'bodies.plenary.sessions.s1', code: 'empty-entry' }],
    });
  });

  it('is not saved by entry while two entries share the id', async () => {
    const { id = '', lead = '' } = directory.councils[2] ?? {};
    const path = `${round}/returns/council-report/${id}`;
    const client = system.municipality(lead);
    const bodies = [
      { id: 'b1', name: '一' },
      { id: 'b1', name: '二' },
    ];
    ok(await client.put(path, { answers: { bodies } }, { 'if-none-match': '*' }));
    const reply = await client.put(
      `${path}/sections/bodies/entries/b1`,
      { answers: { name: '三' } },
      { 'if-match': '*' },
    );
    expectProblem(reply, { status: 422, code: 'wrong-shape' });
    expect(ok(await client.get(path)).json().answers).toEqual({ bodies });
  });
});

describe('what is right at its limits', () => {
  it('is stored: a text of exactly as many characters as asked, each of two UTF-16 units', async () => {
    const person = '𠮷'.repeat(100);
    const { client, path, reply } = await submitNew(surveyWith({ contact: { person } }));
    expect(reply.status, reply.text).toBe(201);
    expect(ok(await client.get(`${path}/versions/1`)).json().answers.contact.person).toBe(person);
  });

  it.each([
    ['a formula', '=HYPERLINK("http://example.test","開く")'],
    ['blanks, tabs and line breaks', ' 　先頭\t途中\r\n末尾 '],
    ['a number with a leading zero', '007'],
    ['a decomposed character', 'か\u3099'],
    ['markup', '</script><script>alert(1)</script>'],
  ])('is stored as typed: %s', async (_name, remarks) => {
    const { client, path, reply } = await submitNew(surveyWith({ contact: { remarks } }));
    expect(reply.status, reply.text).toBe(201);
    expect(ok(await client.get(path)).json().answers.contact.remarks).toBe(remarks);
    expect(ok(await client.get(`${path}/versions/1`)).json().answers.contact.remarks).toBe(remarks);
  });

  it('keeps a reason that nobody asked for out of the version', async () => {
    const code = unused.pop() ?? '';
    const client = system.municipality(code);
    const reasons = { 'establishment.status.status-went-back': '尋ねられていない理由' };
    const { version } = await answer(client, pathOf(code), survey);
    ok(await client.delete(`${pathOf(code)}/submission`));
    ok(await client.put(pathOf(code), { answers: survey, reasons }, { 'if-match': '*' }));
    ok(await client.post(`${pathOf(code)}/submission`));
    expect(ok(await client.get(`${pathOf(code)}/versions/${version + 1}`)).json().reasons).toEqual({});
  });

  it('does not take the prototype of objects for a reason', async () => {
    const code = unused.pop() ?? '';
    const client = system.municipality(code);
    const saved = await client.put(pathOf(code), '{"answers":{},"reasons":{"__proto__":"理由"}}', {
      'if-none-match': '*',
    });
    expect(ok(saved).json()).toMatchObject({ answers: {}, reasons: {} });
  });

  it('is told apart: absent, none and zero', async () => {
    const answers = surveyWith({
      consultation: { commissioned: 0 },
      activity: { roles: [] },
      contact: { person: undefined },
    });
    const { client, path, reply } = await submitNew(answers);
    expect(reply.status, reply.text).toBe(201);
    const version = ok(await client.get(`${path}/versions/1`)).json();
    expect(version.answers.consultation.commissioned).toBe(0);
    expect(version.answers.activity.roles).toEqual([]);
    expect(version.answers.contact ?? {}).not.toHaveProperty('person');
  });
});
