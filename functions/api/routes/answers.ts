/** Answers while they are being written: the draft, its sections and their entries, each under an ETag of its own. */

import * as z from 'zod';
import type { Form } from '../../../schemas/form.ts';
import { absence, extension, proxyEntry, reasons } from '../../../schemas/return.ts';
import type { Json } from '../../../schemas/values/json.ts';
import type { ProxyEntry } from '../../../schemas/return.ts';
import { problemResponse } from '../../platform/problem-response.ts';
import { isReasonOf, partAnswers, partName } from '../../domain/draft-parts.ts';
import type { Part } from '../../domain/draft-parts.ts';
import type { DraftView } from '../../service/drafts.ts';
import { recordView } from '../../service/access.ts';
import type { FoundReturn } from '../../service/access.ts';
import { answersSchema } from './request-body.ts';
import type { AnswersUse } from './request-body.ts';
import { jsonResponse } from './json-response.ts';
import { returnPath, returnRoute } from './route.ts';
import type { Call, Route } from './route.ts';

interface PartBody {
  readonly answers?: Json | undefined;
  readonly reasons?: Record<string, string> | undefined;
  readonly onBehalf?: ProxyEntry | undefined;
}

function partOf({ section, entry }: Readonly<Record<string, string>>): Part {
  if (section === undefined) return { kind: 'return' };
  return entry === undefined ? { kind: 'section', section } : { kind: 'entry', section, entry };
}

function reasonsOf({ reasons: all }: DraftView, part: Part): Record<string, string> {
  return Object.fromEntries(Object.entries(all).filter(([key]) => isReasonOf(partName(part), key)));
}

export function partResponse(view: DraftView, part: Part): Response {
  const { standing, savedAt, savedBy } = view;
  const { state, version, receipt, late, sentBack, extension: granted, absence: noted, proxy } = standing;
  return jsonResponse(
    {
      answers: partAnswers(view.answers, part),
      reasons: reasonsOf(view, part),
      state,
      version,
      receipt,
      late,
      sentBack,
      extension: granted,
      absence: noted,
      onBehalf: proxy,
      savedAt,
      savedBy,
    },
    200,
    { etag: view.etag(part) },
  );
}

function hasPart({ sections }: Form, part: Part): boolean {
  if (part.kind === 'return') return true;
  const section = sections.find(({ key }) => key === part.section);
  return section !== undefined && (part.kind === 'section' || section.kind.nesting === 'entries');
}

async function readPart(
  { service, person, params }: Call<string, unknown, unknown>,
  { key, form, relation }: FoundReturn,
): Promise<Response> {
  const part = partOf(params);
  const view = await service.returns.readDraft(key);
  if (!view.ok) return problemResponse(view.problem);
  const isMissingEntry = part.kind === 'entry' && partAnswers(view.value.answers, part) === undefined;
  if (!hasPart(form, part) || isMissingEntry) return problemResponse({ code: 'not-found' });
  if (relation !== 'editor') await recordView(service, person, key);
  return partResponse(view.value, part);
}

async function writePart(
  { service, person, params, body, header }: Call<string, unknown, PartBody>,
  { key, form }: FoundReturn,
): Promise<Response> {
  const part = partOf(params);
  if (!hasPart(form, part)) return problemResponse({ code: 'not-found' });
  const precondition = { ifMatch: header('if-match'), ifNoneMatch: header('if-none-match') };
  const { onBehalf, ...content } = body;
  const saved = await service.returns.saveDraft(key, part, content, precondition, person.name, person.id, onBehalf);
  return saved.ok ? partResponse(saved.value.view, part) : problemResponse(saved.problem);
}

export const preconditions = [
  { name: 'If-Match', description: 'The ETag last seen.', required: false },
  { name: 'If-None-Match', description: '`*` for the first save. One of the two must be sent.', required: false },
] as const;

export function partView(use: AnswersUse) {
  return z.object({
    answers: answersSchema(use).optional(),
    reasons: reasons.optional(),
    state: z.string(),
    version: z.int(),
    receipt: z.string().optional(),
    late: z.boolean().optional(),
    sentBack: z.record(z.string(), z.unknown()).optional(),
    extension: extension.optional(),
    absence: absence.optional(),
    onBehalf: proxyEntry.optional(),
    savedAt: z.string().optional(),
    savedBy: z.string().optional(),
  });
}

function partBody(use: AnswersUse, onBehalf: { readonly onBehalf?: typeof proxyEntry } = {}) {
  return z
    .strictObject({ answers: answersSchema(use).optional(), reasons: reasons.optional(), ...onBehalf })
    .refine((body) => body.answers !== undefined || body.reasons !== undefined, {
      path: ['answers'],
      error: 'answers か reasons を指定してください。',
    });
}

export const saveProblems = [
  'precondition-required',
  'precondition-failed',
  'wrong-shape',
  'not-editable',
  'unknown-file',
  'return-too-large',
] as const;

function partRoutes(path: string, what: string, use: AnswersUse): readonly Route[] {
  return [
    returnRoute({
      method: 'get',
      path,
      action: 'return.read',
      summary: `${what} as last saved, with its ETag.`,
      answers: [{ status: 200, description: `${what}.`, schema: partView(use) }],
      problems: [],
      handle: readPart,
    }),
    returnRoute({
      method: 'put',
      path,
      action: 'return.edit',
      summary: `Saves ${what.toLowerCase()}. A draft may be incomplete and wrong in content, never in shape.`,
      headers: preconditions,
      body: { schema: partBody(use), problem: 'malformed-request' },
      ...(use === 'draft' && {
        onBehalf: { schema: partBody(use, { onBehalf: proxyEntry }), problem: 'malformed-request' },
      }),
      answers: [{ status: 200, description: `${what} as saved, with its new ETag.`, schema: partView(use) }],
      problems: saveProblems,
      handle: writePart,
    }),
  ];
}

export const answersRoutes: readonly Route[] = [
  ...partRoutes(returnPath, 'The draft', 'draft'),
  ...partRoutes(`${returnPath}/sections/{section}`, 'A section', 'part'),
  ...partRoutes(`${returnPath}/sections/{section}/entries/{entry}`, 'An entry', 'part'),
];
