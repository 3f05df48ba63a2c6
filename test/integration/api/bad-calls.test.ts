/** Calls that are wrong, other than drafts: each is a problem with a status, a stable code and Japanese messages, and changes nothing. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectProblem } from '../support/problems.ts';
import type { Problem } from '../support/problems.ts';
import { definition, draft, round, startRefusingSystem } from '../support/refusing-system.ts';
import type { RefusingSystem } from '../support/refusing-system.ts';
import type { Reply, TestSystem } from '../support/system.ts';

let system: TestSystem;
let directory: RefusingSystem['directory'];
let stored: RefusingSystem['stored'];
let before: string;

beforeAll(async () => {
  ({ system, directory, stored } = await startRefusingSystem());
  before = await stored();
});
afterAll(() => system.stop());

const decide = (body: unknown): Promise<Reply> => system.prefecture.post(`${draft}/decision`, body);
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
  ['version 0', () => get(`${draft}/versions/0`), { status: 404, code: 'not-found' }],
  ['version abc', () => get(`${draft}/versions/abc`), { status: 404, code: 'not-found' }],
  ['version 1e0', () => get(`${draft}/versions/1e0`), { status: 404, code: 'not-found' }],
  ['version -1', () => get(`${draft}/versions/-1`), { status: 404, code: 'not-found' }],
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

describe('a call that is refused', () => {
  it.each(others)('has %s, and nothing is stored', async (_name, send, problem) => {
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
