/** Bad input: each is a problem with a status, a stable code and Japanese messages, and leaves nothing behind. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answers } from '../../../schemas/return.ts';
import { directoryFixture, ok, openRound, openSystem, returnsFixture } from '../support/fixtures.ts';
import { expectProblem } from '../support/problems.ts';
import type { Problem } from '../support/problems.ts';
import { startTestSystem } from '../support/system.ts';
import type { Reply, TestSystem } from '../support/system.ts';

const round = '/api/rounds/R6';
const definition = openRound({ 'municipal-survey': 2024, 'council-report': 2024 });
/** さいたま市; its draft is saved, and nothing below may change it. */
const saved = '111007';

let system: TestSystem;
let directory: Awaited<ReturnType<typeof directoryFixture>>;
let survey: Answers;

const pathOf = (code: string): string => `${round}/returns/municipal-survey/${code}`;

beforeAll(async () => {
  system = await startTestSystem();
  directory = await directoryFixture('saitama-r6');
  await openSystem(system, directory, 'R6', definition);
  const surveys = await returnsFixture('saitama-r6/municipal-survey.json');
  survey = surveys[saved] ?? {};
  ok(await system.municipality(saved).put(pathOf(saved), { answers: survey }, { 'if-none-match': '*' }));
});

afterAll(() => system.stop());

/** Everything that the API tells of what is stored. */
async function stored(): Promise<string> {
  const paths = [
    pathOf(saved),
    `${pathOf(saved)}/versions`,
    '/api/directory',
    '/api/rounds',
    `${round}/returns`,
    `${round}/log?limit=500`,
  ];
  const replies = await Promise.all(paths.map((path) => system.prefecture.get(path)));
  return replies.map(({ status, text }) => `${status} ${withoutAccess(text)}`).join('\n');
}

/** Looking and being refused are logged too; what is compared is what was changed. */
function withoutAccess(text: string): string {
  const { log, ...rest } = JSON.parse(text);
  return JSON.stringify({ ...rest, log: log?.filter(({ seq }: { seq?: number }) => seq !== undefined) });
}

/** Saves over the draft of さいたま市 with the ETag last seen. */
async function save(body: unknown, headers: Record<string, string> = {}, part = ''): Promise<Reply> {
  const client = system.municipality(saved);
  const etag = (await client.get(`${pathOf(saved)}${part}`)).headers.get('etag') ?? '';
  return client.put(`${pathOf(saved)}${part}`, body, { 'if-match': etag, ...headers });
}

const badShape = (path: string, code: string): Problem => ({
  status: 422,
  code: 'wrong-shape',
  errors: [{ path, code }],
});
const badReason = (path: string): Problem => ({
  status: 400,
  code: 'malformed-request',
  errors: [{ path, code: expect.any(String) }],
});
/** As many reasons of 1,000 characters. */
const reasonsOf = (character: string, count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`contact.r${index}`, character.repeat(1000)]));
const establishment = (status: unknown): unknown => ({ answers: { establishment: { status } } });

function nested(open: string, close: string, depth: number): string {
  return `${open.repeat(depth)}1${close.repeat(depth)}`;
}

/** As JSON texts, since objects in a program lose such keys. */
const withKey = (key: string): string => `{"answers":{"establishment":{"status":"established","${key}":{"a":1}}}}`;

const drafts: readonly (readonly [string, () => Promise<Reply>, Problem])[] = [
  ['an unknown section', () => save({ answers: { establishmant: {} } }), badShape('establishmant', 'unknown-question')],
  [
    'an unknown question',
    () => save({ answers: { establishment: { colour: 'red' } } }),
    badShape('establishment.colour', 'unknown-question'),
  ],
  [
    'an unknown question in an entry',
    () => save({ answers: { coreCentre: { centres: [{ id: 'c1', colour: 'red' }] } } }),
    badShape('coreCentre.centres.c1.colour', 'unknown-question'),
  ],
  ['an unknown option', () => save(establishment('perhaps')), badShape('establishment.status', 'unknown-option')],
  [
    'an unknown option among several',
    () => save({ answers: { activity: { roles: ['informationSharing', 'singing'] } } }),
    { ...badShape('activity.roles', 'unknown-option') },
  ],
  [
    'a property of objects as an option',
    () => save(establishment('constructor')),
    badShape('establishment.status', 'unknown-option'),
  ],
  [
    'null where nothing can be not applicable',
    () => save({ answers: { consultation: { specific: null } } }),
    badShape('consultation.specific', 'wrong-type'),
  ],
  [
    'a number as text',
    () => save({ answers: { consultation: { specific: '8' } } }),
    badShape('consultation.specific', 'wrong-type'),
  ],
  [
    'a count that would be stored as another number',
    () => save('{"answers":{"consultation":{"specific":12345678901234567890}}}'),
    badShape('consultation.specific', 'wrong-type'),
  ],
  [
    'a text of more than four times its limit',
    () => save({ answers: { contact: { person: 'x'.repeat(401) } } }),
    badShape('contact.person', 'too-long'),
  ],
  [
    'more than four times the entries of a list',
    () => save({ answers: { coreCentre: { centres: Array.from({ length: 2000 }, () => ({})) } } }),
    badShape('coreCentre.centres', 'too-many'),
  ],
  ['an array for a section', () => save({ answers: { establishment: [] } }), badShape('establishment', 'wrong-type')],
  ['an array for a return', () => save({ answers: [] }), { status: 422, code: 'wrong-shape' }],
  ['an empty text', () => save({ answers: { contact: { person: '' } } }), badShape('contact.person', 'empty')],
  [
    'NUL in a text',
    () => save({ answers: { contact: { person: '山田\0太郎' } } }),
    badShape('contact.person', 'unstorable-text'),
  ],
  [
    'a control character in a text',
    () => save({ answers: { contact: { person: '山田\u000B太郎' } } }),
    badShape('contact.person', 'unstorable-text'),
  ],
  [
    'what is no character in a text',
    () => save({ answers: { contact: { person: '山田\uFFFE太郎' } } }),
    badShape('contact.person', 'unstorable-text'),
  ],
  [
    'a lone high surrogate',
    () => save(String.raw`{"answers":{"contact":{"person":"\ud842"}}}`),
    badShape('contact.person', 'unstorable-text'),
  ],
  [
    'a lone low surrogate',
    () => save(String.raw`{"answers":{"contact":{"person":"\udfb7野"}}}`),
    badShape('contact.person', 'unstorable-text'),
  ],
  [
    'a lone surrogate as a key',
    () => save(String.raw`{"answers":{"contact":{"\ud842":"x"}}}`),
    { status: 422, code: 'wrong-shape' },
  ],
  ['a key named __proto__', () => save(withKey('__proto__')), badShape('establishment.__proto__', 'unknown-question')],
  [
    'a section named __proto__',
    () => save('{"answers":{"__proto__":{"status":"established"}}}'),
    badShape('__proto__', 'unknown-question'),
  ],
  [
    'a key named constructor',
    () => save(withKey('constructor')),
    badShape('establishment.constructor', 'unknown-question'),
  ],
  [
    'an entry id that is none',
    () => save({ answers: { coreCentre: { centres: [{ id: '../x' }] } } }),
    { status: 422, code: 'wrong-shape' },
  ],
  [
    '100,000 arrays inside each other',
    () => save(`{"answers":{"establishment":${nested('[', ']', 100_000)}}}`),
    badShape('establishment', 'wrong-type'),
  ],
  [
    '100,000 objects inside each other',
    () => save(`{"answers":{"establishment":{"status":${nested('{"a":', '}', 100_000)}}}}`),
    { status: 422, code: 'wrong-shape' },
  ],
  ['100,000 brackets that are never closed', () => save('['.repeat(100_000)), { status: 400, code: 'malformed-json' }],
  [
    'a member that drafts do not have',
    () => save({ answers: {}, state: 'accepted' }),
    { status: 400, code: 'malformed-request' },
  ],
  ['a body that is no object', () => save('[]'), { status: 400, code: 'malformed-request' }],
  [
    'a reason under a key that no check has',
    () => save({ answers: survey, reasons: { nonsense: '理由' } }),
    badReason('reasons.nonsense'),
  ],
  [
    'a reason of another section',
    () =>
      save(
        { answers: survey['bases'], reasons: { 'consultation.specific.specific-changed': '理由' } },
        {},
        '/sections/bases',
      ),
    badShape('consultation.specific.specific-changed', 'unknown-check'),
  ],
  [
    'a reason of more than 1,000 characters',
    () => save({ answers: survey, reasons: { 'consultation.specific.specific-changed': 'あ'.repeat(1001) } }),
    badReason('reasons.consultation.specific.specific-changed'),
  ],
  [
    'NUL in a reason',
    () => save({ answers: survey, reasons: { 'consultation.specific.specific-changed': '\0' } }),
    badReason('reasons.consultation.specific.specific-changed'),
  ],
  [
    'a control character in a reason',
    () => save({ answers: survey, reasons: { 'consultation.specific.specific-changed': 'a\u001Bb' } }),
    badReason('reasons.consultation.specific.specific-changed'),
  ],
  [
    'a lone surrogate in a reason',
    () => save(String.raw`{"answers":{},"reasons":{"consultation.specific.specific-changed":"\ud842"}}`),
    badReason('reasons.consultation.specific.specific-changed'),
  ],
  [
    'no answers',
    () => save({}),
    { status: 400, code: 'malformed-request', errors: [{ path: 'answers', code: expect.any(String) }] },
  ],
  ['malformed JSON', () => save('{"answers":'), { status: 400, code: 'malformed-json' }],
  ['an empty body', () => save(''), { status: 400, code: 'malformed-json' }],
  [
    'another content type',
    () => save({ answers: {} }, { 'content-type': 'text/plain' }),
    { status: 415, code: 'unsupported-media-type' },
  ],
  [
    'a form post',
    () => save('answers=1', { 'content-type': 'application/x-www-form-urlencoded' }),
    { status: 415, code: 'unsupported-media-type' },
  ],
  [
    'a body of 10 MB',
    () => save({ answers: { contact: { remarks: 'x'.repeat(10_000_000) } } }),
    { status: 413, code: 'too-large' },
  ],
  [
    'a return of more than 300 KB',
    () => save({ answers: {}, reasons: reasonsOf('x', 307) }),
    { status: 413, code: 'return-too-large' },
  ],
  [
    'a return of more than 300 KB in UTF-8',
    () => save({ answers: {}, reasons: reasonsOf('あ', 103) }),
    { status: 413, code: 'return-too-large' },
  ],
  [
    'no precondition',
    () => system.municipality(saved).put(pathOf(saved), { answers: {} }),
    { status: 428, code: 'precondition-required' },
  ],
  [
    'another If-None-Match than *',
    () => system.municipality(saved).put(pathOf(saved), { answers: {} }, { 'if-none-match': '"1"' }),
    { status: 428, code: 'precondition-required' },
  ],
  [
    'an ETag that was never given',
    () => save({ answers: {} }, { 'if-match': '"999"' }),
    { status: 412, code: 'precondition-failed' },
  ],
  ['a weak ETag', () => save({ answers: {} }, { 'if-match': 'W/"1"' }), { status: 412, code: 'precondition-failed' }],
  [
    'an ETag without quotes',
    () => save({ answers: {} }, { 'if-match': '1' }),
    { status: 412, code: 'precondition-failed' },
  ],
  [
    'a first save of what is saved',
    () => system.municipality(saved).put(pathOf(saved), { answers: {} }, { 'if-none-match': '*' }),
    { status: 412, code: 'precondition-failed' },
  ],
  [
    'an unknown section in the path',
    () =>
      system.municipality(saved).put(`${pathOf(saved)}/sections/nowhere`, { answers: {} }, { 'if-none-match': '*' }),
    { status: 404, code: 'not-found' },
  ],
  [
    'an entry of a section that is no list',
    () =>
      system
        .municipality(saved)
        .put(`${pathOf(saved)}/sections/contact/entries/c1`, { answers: {} }, { 'if-none-match': '*' }),
    { status: 404, code: 'not-found' },
  ],
];

const decide = (body: unknown): Promise<Reply> => system.prefecture.post(`${pathOf(saved)}/decision`, body);
const get = (path: string): Promise<Reply> => system.prefecture.get(path);
const putRound = (changes: Record<string, unknown>, id = 'R6'): Promise<Reply> =>
  system.prefecture.put(`/api/rounds/${id}`, { ...definition, ...changes });

// oxlint-disable-next-line typescript/no-explicit-any -- directories that are wrong in every way
function putDirectory(change: (draft: any) => void): Promise<Reply> {
  const draft: unknown = structuredClone(directory);
  change(draft);
  return system.prefecture.put('/api/directory', draft);
}

const wrongDirectory = (path: string): Problem => ({
  status: 422,
  code: 'invalid-directory',
  errors: [{ path, code: expect.any(String) }],
});
const wrongRound: Problem = { status: 422, code: 'invalid-round' };

const others: readonly (readonly [string, () => Promise<Reply>, Problem])[] = [
  [
    'a wrong check digit in the directory',
    () => putDirectory((each) => void (each.municipalities[0].code = '111008')),
    wrongDirectory('municipalities.0.code'),
  ],
  [
    'a code of another prefecture in the directory',
    () => putDirectory((each) => void (each.municipalities[1].code = '122068')),
    wrongDirectory('municipalities.1.code'),
  ],
  [
    'a code of five digits in the directory',
    () => putDirectory((each) => void (each.municipalities[0].code = '11100')),
    wrongDirectory('municipalities.0.code'),
  ],
  [
    'a code as a number in the directory',
    () => putDirectory((each) => void (each.municipalities[0].code = 111_007)),
    wrongDirectory('municipalities.0.code'),
  ],
  [
    'the same code twice in the directory',
    () => putDirectory((each) => void (each.municipalities[1].code = each.municipalities[0].code)),
    wrongDirectory('municipalities.1.code'),
  ],
  [
    'a council member that is not listed',
    () => putDirectory((each) => void each.councils[0].members.push('122068')),
    { status: 422, code: 'invalid-directory' },
  ],
  [
    'a council of 94,000 members',
    () => putDirectory((each) => void (each.councils[0].members = Array.from({ length: 94_000 }, () => '122068'))),
    wrongDirectory('councils.0.members'),
  ],
  [
    'a lead that is no member',
    () => putDirectory((each) => void (each.councils[0].lead = each.municipalities.at(-1).code)),
    wrongDirectory('councils.0.lead'),
  ],
  [
    'NUL in a name of the directory',
    () => putDirectory((each) => void (each.municipalities[0].name = '市\0')),
    wrongDirectory('municipalities.0.name'),
  ],
  [
    'a control character in the name of a municipality',
    () => putDirectory((each) => void (each.municipalities[0].name = '川\u000B口市')),
    wrongDirectory('municipalities.0.name'),
  ],
  [
    'a control character in the name of a council',
    () => putDirectory((each) => void (each.councils[0].name = '協\u001B議会')),
    wrongDirectory('councils.0.name'),
  ],
  [
    'a control character in the name of a round',
    () => putRound({ name: '令和6\u000B年度' }),
    { ...wrongRound, errors: [{ path: 'name', code: expect.any(String) }] },
  ],
  [
    'the same council twice',
    () => putDirectory((each) => void (each.councils[1].id = each.councils[0].id)),
    wrongDirectory('councils.1.id'),
  ],
  [
    'a question that directories do not have',
    () => putDirectory((each) => void (each.colour = 'red')),
    { status: 422, code: 'invalid-directory' },
  ],
  [
    'a directory that is no JSON',
    () => system.prefecture.put('/api/directory', '{'),
    { status: 400, code: 'malformed-json' },
  ],
  [
    'an impossible reference date',
    () => putRound({ referenceDate: '2024-02-30' }),
    { ...wrongRound, errors: [{ path: 'referenceDate', code: expect.any(String) }] },
  ],
  [
    'a lone surrogate in the name of a round',
    () => putRound({ name: '\ud842' }),
    { ...wrongRound, errors: [{ path: 'name', code: expect.any(String) }] },
  ],
  [
    'an impossible period',
    () => putRound({ period: { from: '2024-13', to: '2024-03' } }),
    { ...wrongRound, errors: [{ path: 'period.from', code: expect.any(String) }] },
  ],
  [
    'a period that ends before it begins',
    () => putRound({ period: { from: '2024-04', to: '2023-04' } }),
    { ...wrongRound, errors: [{ path: 'period', code: expect.any(String) }] },
  ],
  [
    'a due date before the opening',
    () => putRound({ opensAt: '2024-10-02', dueAt: '2024-09-01' }),
    { ...wrongRound, errors: [{ path: 'dueAt', code: expect.any(String) }] },
  ],
  ['no forms', () => putRound({ forms: {} }), { ...wrongRound, errors: [{ path: 'forms', code: expect.any(String) }] }],
  ['a form that does not exist', () => putRound({ forms: { 'no-such-form': 2024 } }), wrongRound],
  ['a version that does not exist', () => putRound({ forms: { 'municipal-survey': 1999 } }), wrongRound],
  ['a round id that is none', () => putRound({}, 'R%236'), wrongRound],
  ['a cursor that is garbage', () => get(`${round}/log?cursor=garbage`), { status: 400, code: 'malformed-request' }],
  [
    'a cursor of another shape',
    () => get(`${round}/log?cursor=${Buffer.from('{"seq":-1}').toString('base64url')}`),
    { status: 400, code: 'malformed-request' },
  ],
  [
    'a cursor at the end of the log',
    () => get(`${round}/log?cursor=${Buffer.from('{"seq":0,"access":"~"}').toString('base64url')}`),
    { status: 400, code: 'malformed-request' },
  ],
  [
    'a cursor of a list that has no pages',
    () => get(`${round}/returns?next=zzz`),
    { status: 400, code: 'malformed-request', errors: [{ path: '', code: 'unknown-key' }] },
  ],
  ['a page of no entries', () => get(`${round}/log?limit=0`), { status: 400, code: 'malformed-request' }],
  ['a page of some entries', () => get(`${round}/log?limit=abc`), { status: 400, code: 'malformed-request' }],
  ['a page of too many entries', () => get(`${round}/log?limit=501`), { status: 400, code: 'malformed-request' }],
  [
    'a cursor of exports that is garbage',
    () => get(`${round}/exports?cursor=garbage`),
    { status: 400, code: 'malformed-request' },
  ],
  ['a page of no exports', () => get(`${round}/exports?limit=0`), { status: 400, code: 'malformed-request' }],
  ['version 0', () => get(`${pathOf(saved)}/versions/0`), { status: 404, code: 'not-found' }],
  ['version abc', () => get(`${pathOf(saved)}/versions/abc`), { status: 404, code: 'not-found' }],
  ['version 1e0', () => get(`${pathOf(saved)}/versions/1e0`), { status: 404, code: 'not-found' }],
  ['version -1', () => get(`${pathOf(saved)}/versions/-1`), { status: 404, code: 'not-found' }],
  ['a form at version abc', () => get('/api/forms/municipal-survey/abc'), { status: 404, code: 'not-found' }],
  ['a form named __proto__', () => get('/api/forms/__proto__/2024'), { status: 404, code: 'not-found' }],
  [
    'a decision about version 0',
    () => decide({ version: 0, decision: 'accept' }),
    { status: 422, code: 'invalid-decision' },
  ],
  [
    'a decision that is none',
    () => decide({ version: 1, decision: 'perhaps' }),
    { status: 422, code: 'invalid-decision' },
  ],
  [
    'a return without a reason',
    () => decide({ version: 1, decision: 'return', comment: '' }),
    { status: 422, code: 'invalid-decision', errors: [{ path: 'comment', code: expect.any(String) }] },
  ],
  [
    'a return whose reason cannot be seen',
    () => decide({ version: 1, decision: 'return', comment: '\u200B\u3164' }),
    { status: 422, code: 'invalid-decision', errors: [{ path: 'comment', code: expect.any(String) }] },
  ],
  [
    'a comment of more than 2,000 characters',
    () => decide({ version: 1, decision: 'return', comment: 'あ'.repeat(2001) }),
    {
      status: 422,
      code: 'invalid-decision',
      errors: [{ path: 'comment', code: 'too-large', message: '2000文字以内で入力してください。' }],
    },
  ],
  [
    'NUL in the comment of a decision',
    () => decide({ version: 1, decision: 'return', comment: '\0' }),
    { status: 422, code: 'invalid-decision', errors: [{ path: 'comment', code: expect.any(String) }] },
  ],
  [
    'a decision about what is not submitted',
    () => decide({ version: 1, decision: 'accept' }),
    { status: 409, code: 'not-submitted' },
  ],
  [
    'a method that a path does not have',
    () => system.prefecture.delete('/api/directory'),
    { status: 405, code: 'method-not-allowed' },
  ],
  [
    'an export that does not exist',
    () => get(`${round}/exports/20240101T000000Z-AAAAAA`),
    { status: 404, code: 'not-found' },
  ],
  [
    'a file outside of an export',
    () => get(`${round}/exports/20240101T000000Z-AAAAAA/files/..%2F..%2Flatest.json`),
    { status: 404, code: 'not-found' },
  ],
];

describe('what is refused', () => {
  let before: string;
  beforeAll(async () => {
    before = await stored();
  });

  it.each(drafts)('is a draft with %s, and nothing is stored', async (_name, send, problem) => {
    expectProblem(await send(), problem);
    expect(await stored()).toBe(before);
  });

  it.each(others)('is a call with %s, and nothing is stored', async (_name, send, problem) => {
    expectProblem(await send(), problem);
    expect(await stored()).toBe(before);
  });

  it('with more than 200 mistakes is told the first 200 and how many more there are', async () => {
    const reply = await putDirectory((each) => {
      const members = Array.from({ length: 200 }, () => '122068');
      each.councils = Array.from({ length: 400 }, (_, at) => ({ ...each.councils[0], id: `c${at}`, members }));
    });
    const { code, errors, moreErrors } = reply.json();
    expect([reply.status, code]).toEqual([422, 'invalid-directory']);
    expect(errors).toHaveLength(200);
    // No more than 1,000 are looked for.
    expect(moreErrors).toBe(800);
    expect(reply.text.length).toBeLessThan(60_000);
  });
});
