/** Submission, withdrawal, versions and the prefecture's decision. */

import * as z from 'zod';
import { decision, onBehalf, reasons, returnStates } from '../../../schemas/return.ts';
import type { Version } from '../../../schemas/return.ts';
import { diff } from '../../domain/diff.ts';
import type { Standing } from '../../domain/life.ts';
import { problemResponse } from '../../platform/problem-response.ts';
import { recordView } from '../../service/access.ts';
import type { FoundReturn } from '../../service/access.ts';
import { answersSchema } from './request-body.ts';
import { jsonResponse, respond } from './json-response.ts';
import { returnPath, returnRoute } from './route.ts';
import type { Route } from './route.ts';
import type { Service } from '../../service/service.ts';

const submitted = z.object({
  version: z.int(),
  receipt: z.string(),
  sha256: z.string(),
  submittedAt: z.string(),
  late: z.boolean(),
});

const standing = z.object({ state: z.enum(Object.keys(returnStates)), version: z.int() });

function standingResponse({ state, version }: Standing): Response {
  return jsonResponse({ state, version });
}

/** What the prefecture sends; a correction of what is submitted has the whole answers with it. */
const submittedOnBehalf = z
  .strictObject({ onBehalf, answers: answersSchema('submission').optional(), reasons: reasons.optional() })
  .refine((body) => body.onBehalf.source === 'correction' || (body.answers ?? body.reasons) === undefined, {
    path: ['answers'],
    error: '回答を指定できるのは職権訂正のときだけです。先に回答を保存してください。',
  })
  .refine((body) => body.onBehalf.source !== 'correction' || body.answers !== undefined, {
    path: ['answers'],
    error: '職権訂正では、訂正後の回答を answers に指定してください。',
  })
  .optional();

const submit = returnRoute({
  method: 'post',
  path: `${returnPath}/submission`,
  action: 'return.submit',
  summary:
    'Submits the draft as it is saved: the whole return validated, one version with its receipt. The prefecture says in a body on whose behalf; with `correction` it sends the answers, and what is submitted or accepted is sent back and submitted again in one.',
  onBehalf: { schema: submittedOnBehalf, problem: 'malformed-request' },
  headers: [
    { name: 'If-Match', description: 'Of a correction: the ETag of the return last seen.', required: false },
    { name: 'Idempotency-Key', description: 'The same key and body get the first answer again.', required: false },
  ],
  answers: [{ status: 201, description: 'The version.', schema: submitted }],
  problems: [
    'invalid-return',
    'already-submitted',
    'already-withdrawn',
    'nothing-to-submit',
    'not-submitted',
    'precondition-failed',
    'wrong-shape',
    'unknown-file',
    'return-too-large',
    'approval-required',
    'not-open',
    'closed',
    'idempotency-key-reused',
  ],
  handle: async ({ service, person, header, text, body }, found) => {
    const isCorrection = body?.onBehalf.source === 'correction';
    const outcome = await service.returns.submit(found.key, {
      actor: person.name,
      idempotencyKey: header('idempotency-key'),
      body: await text(),
      onBehalf: body?.onBehalf,
      ...(isCorrection && {
        corrected: { answers: body.answers, reasons: body.reasons, ifMatch: header('if-match'), actorId: person.id },
      }),
    });
    return respond(outcome, ({ replayed: _replayed, ...version }) => jsonResponse(version, 201));
  },
});

const withdraw = returnRoute({
  method: 'delete',
  path: `${returnPath}/submission`,
  action: 'return.submit',
  summary: 'Takes the submission back before the prefecture has decided.',
  answers: [{ status: 200, description: 'How the return stands.', schema: standing }],
  problems: ['not-submitted', 'closed'],
  handle: async ({ service, person }, found) => {
    return respond(await service.returns.withdraw(found.key, person.name), standingResponse);
  },
});

const decide = returnRoute({
  method: 'post',
  path: `${returnPath}/decision`,
  action: 'return.decide',
  summary:
    'Accepts the current version, or sends it back with reasons; an accepted one for correction. `undo` undoes an acceptance, as long as nothing was published since.',
  body: { schema: decision, problem: 'invalid-decision' },
  answers: [{ status: 200, description: 'How the return stands.', schema: standing }],
  problems: ['not-submitted', 'not-current-version', 'already-accepted', 'acceptance-stands'],
  handle: async ({ service, person, body }, found) => {
    return respond(await service.returns.decide(found.key, body, person.name), standingResponse);
  },
});

const versionSummary = submitted.extend({
  round: z.string(),
  form: z.string(),
  formVersion: z.int(),
  unit: z.string(),
  submittedBy: z.string(),
  onBehalf: onBehalf.optional(),
});

const listVersions = returnRoute({
  method: 'get',
  path: `${returnPath}/versions`,
  action: 'return.read',
  summary: 'The versions of a return, oldest first.',
  answers: [{ status: 200, description: 'The versions.', schema: z.object({ versions: z.array(versionSummary) }) }],
  problems: [],
  handle: async ({ service }, { key }) => jsonResponse({ versions: await service.store.versions(key) }),
});

const difference = z.object({
  path: z.string(),
  label: z.string(),
  change: z.enum(['added', 'removed', 'changed', 'moved']),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
});

async function versionOf({ store }: Service, { key }: FoundReturn, number: string): Promise<Version | undefined> {
  if (!/^[1-9]\d{0,3}$/.test(number)) return undefined;
  return store.version(key, Number(number));
}

const readVersion = returnRoute({
  method: 'get',
  path: `${returnPath}/versions/{version}`,
  action: 'return.read',
  summary: 'A version; with `against`, its differences by question from another one.',
  query: z.strictObject({ against: z.string().optional() }),
  answers: [
    {
      status: 200,
      description: 'The snapshot.',
      schema: versionSummary.extend({
        answers: answersSchema('submission'),
        reasons,
        previous: z.record(z.string(), z.unknown()).optional(),
        against: z.int().optional(),
        differences: z.array(difference).optional(),
      }),
    },
  ],
  problems: [],
  handle: async ({ service, person, params, query }, found) => {
    const version = await versionOf(service, found, params.version);
    if (version === undefined) return problemResponse({ code: 'not-found' });
    const { key, form, relation } = found;
    if (relation !== 'editor') await recordView(service, person, key, version.version);
    if (query.against === undefined) return jsonResponse(version);
    const other = await versionOf(service, found, query.against);
    if (other === undefined) return problemResponse({ code: 'not-found' });
    return jsonResponse({
      ...version,
      against: other.version,
      differences: diff(form, other.answers, version.answers),
    });
  },
});

export const submissionRoutes: readonly Route[] = [submit, withdraw, decide, listVersions, readVersion];
