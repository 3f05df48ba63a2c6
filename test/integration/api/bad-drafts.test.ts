/** Drafts that are wrong: each is a problem with a status, a stable code and Japanese messages, and changes nothing. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answers } from '../../../schemas/values/json.ts';
import { expectProblem } from '../support/problems.ts';
import type { Problem } from '../support/problems.ts';
import { draft, saved, startRefusingSystem } from '../support/refusing-system.ts';
import type { RefusingSystem } from '../support/refusing-system.ts';
import type { Reply, TestSystem } from '../support/system.ts';

let system: TestSystem;
let survey: Answers;
let stored: RefusingSystem['stored'];
let before: string;

beforeAll(async () => {
  ({ system, survey, stored } = await startRefusingSystem());
  before = await stored();
});
afterAll(() => system.stop());

/** Saves over the draft of さいたま市 with the ETag last seen. */
async function save(body: unknown, headers: Record<string, string> = {}, part = ''): Promise<Reply> {
  const client = system.municipality(saved);
  const etag = (await client.get(`${draft}${part}`)).headers.get('etag') ?? '';
  return client.put(`${draft}${part}`, body, { 'if-match': etag, ...headers });
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
    () => system.municipality(saved).put(draft, { answers: {} }),
    { status: 428, code: 'precondition-required' },
  ],
  [
    'another If-None-Match than *',
    () => system.municipality(saved).put(draft, { answers: {} }, { 'if-none-match': '"1"' }),
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
    () => system.municipality(saved).put(draft, { answers: {} }, { 'if-none-match': '*' }),
    { status: 412, code: 'precondition-failed' },
  ],
  [
    'an unknown section in the path',
    () => system.municipality(saved).put(`${draft}/sections/nowhere`, { answers: {} }, { 'if-none-match': '*' }),
    { status: 404, code: 'not-found' },
  ],
  [
    'an entry of a section that is no list',
    () =>
      system.municipality(saved).put(`${draft}/sections/contact/entries/c1`, { answers: {} }, { 'if-none-match': '*' }),
    { status: 404, code: 'not-found' },
  ],
];

describe('a draft that is refused', () => {
  it.each(drafts)('has %s, and nothing is stored', async (_name, send, problem) => {
    expectProblem(await send(), problem);
    expect(await stored()).toBe(before);
  });
});
