/** Rounds, their tracker, their summary and their log. */

import * as z from 'zod';
import { askedUnits } from '../../../schemas/asked-units.ts';
import { disposal } from '../../../schemas/disposal.ts';
import { summary } from '../../../schemas/export.ts';
import { absence, extension, returnStates } from '../../../schemas/return.ts';
import { dayOrInstant, pinnedDocuments, roundDefinition, roundId } from '../../../schemas/round.ts';
import type { UnitClass } from '../../../schemas/unit-classes.ts';
import { isAllowed } from '../../domain/authorisation.ts';
import { changeKinds, changedLists } from '../../domain/directory-changes.ts';
import { dueDateOf, isLate } from '../../domain/due-date.ts';
import { roundAsOf } from '../../domain/log.ts';
import { trackedReturn } from '../../domain/log.ts';
import type { RoundState } from '../../domain/log.ts';
import { refused } from '../../domain/outcome.ts';
import { problemResponse } from '../../platform/problem-response.ts';
import { relationIn } from '../../service/access.ts';
import { jsonResponse, respond } from './json-response.ts';
import { roundRoute, route } from './route.ts';
import type { Route } from './route.ts';
import { formsOf } from '../../../schemas/round-forms.ts';
import { listRounds as roundsListed } from '../../service/forms.ts';
import { roundDirectoryChange } from '../../service/round-directory.ts';
import { directoriesOf } from '../../service/service.ts';
import { absentByForm, figuresOfClass, summaryFrom, talliesOf } from '../../service/summary.ts';

const asOf = z.object({ seq: z.int(), at: z.string() });

/** Said where more had happened before the request than could be numbered in time: asked again, it is in. */
const behind = z.literal(true).optional();

function behindOf({ isBehind }: Pick<RoundState, 'isBehind'>): { readonly behind?: true } {
  return isBehind === undefined ? {} : { behind: isBehind };
}

const directoryVersion = z.int().positive();

/** A round as it is kept. */
const keptRound = roundDefinition.safeExtend({
  id: roundId,
  directoryVersion,
  documents: pinnedDocuments.optional(),
});

const listRounds = route({
  method: 'get',
  path: '/api/rounds',
  action: 'rounds.read',
  summary:
    'Rounds by reference date: for a municipality those that ask something of it; for the prefecture every one, drafts among them, and what is still known of those disposed of or removed.',
  answers: [
    {
      status: 200,
      description: 'The rounds.',
      schema: z.object({ rounds: z.array(keptRound), disposed: z.array(disposal).optional() }),
    },
  ],
  problems: [],
  handle: async ({ service, person }) => {
    const rounds = await roundsListed(service, person);
    if (person.role !== 'prefecture') return jsonResponse({ rounds });
    return jsonResponse({ rounds, disposed: await service.store.disposals() });
  },
});

const writeRound = route({
  method: 'put',
  path: '/api/rounds/{round}',
  action: 'rounds.write',
  summary:
    'Creates or changes a round. A new one pins the directory in force on its reference date, unless `directoryVersion` names another; one that exists keeps the version it pins until `directoryVersion` asks for another. `GET …/directory` shows what that changes. With `draft` no municipality sees it; without, it is open to them, and becomes a draft again only while nobody has answered.',
  body: {
    schema: roundDefinition.safeExtend({ directoryVersion: directoryVersion.optional() }),
    problem: 'invalid-round',
    maxBytes: 64 * 1024,
  },
  answers: [
    { status: 200, description: 'Changed.', schema: keptRound },
    { status: 201, description: 'Created.', schema: keptRound },
  ],
  problems: ['no-directory', 'round-in-use'],
  handle: async ({ service, params, body, person }) => {
    const id = roundId.safeParse(params.round);
    if (!id.success) {
      const errors = id.error.issues.map(({ message }) => ({ path: 'round', code: 'invalid-id', message }));
      return problemResponse(refused('invalid-round', { errors }).problem);
    }
    const { directoryVersion: wanted, ...definition } = body;
    const options = { directoryVersion: wanted };
    return respond(await service.defineRound(id.data, definition, person.name, options), ({ round, created }) =>
      jsonResponse(round, created ? 201 : 200),
    );
  },
});

const removeRound = roundRoute({
  method: 'delete',
  path: '/api/rounds/{round}',
  action: 'rounds.write',
  summary: 'Removes a round that nobody has answered, with all that was set for it. Its id stays taken.',
  answers: [{ status: 200, description: 'The record that stays of it.', schema: disposal }],
  problems: ['round-in-use'],
  handle: async ({ service, person }, round) =>
    respond(await service.removeRound(round.id, person.name), (record) => jsonResponse(record)),
});

const closeRound = roundRoute({
  method: 'post',
  path: '/api/rounds/{round}/closing',
  action: 'rounds.write',
  summary:
    'Closes the round now; where it is not due yet, it is due now too. Extensions of single returns stay. Closed already, nothing changes.',
  answers: [{ status: 200, description: 'The round.', schema: keptRound }],
  problems: ['not-open', 'precondition-failed'],
  handle: async ({ service, person }, round) =>
    respond(await service.changeClosing(round, { kind: 'close' }, person.name), (changed) => jsonResponse(changed)),
});

const reopenRound = roundRoute({
  method: 'post',
  path: '/api/rounds/{round}/reopening',
  action: 'rounds.write',
  summary:
    'Takes returns again until a new closing (`closesAt`), or for ever without one. What comes after the due date is late.',
  body: { schema: z.strictObject({ closesAt: dayOrInstant.optional() }), problem: 'invalid-round' },
  answers: [{ status: 200, description: 'The round.', schema: keptRound }],
  problems: ['not-open', 'precondition-failed'],
  handle: async ({ service, person, body: { closesAt } }, round) => {
    const change = { kind: 'reopen', ...(closesAt === undefined ? {} : { closesAt }) } as const;
    return respond(await service.changeClosing(round, change, person.name), (changed) => jsonResponse(changed));
  },
});

const readRoundDirectory = roundRoute({
  method: 'get',
  path: '/api/rounds/{round}/directory',
  action: 'prefecture.read',
  summary:
    'What taking another version of the directory (`version`, or the one in force on the reference date) would change in the round: units, expected returns by form, returns already started that it concerns, and why it cannot be taken. Nothing is changed.',
  query: z.strictObject({ version: z.coerce.number().pipe(directoryVersion).optional() }),
  answers: [
    {
      status: 200,
      description: 'The changes; none where it is the version that the round pins.',
      schema: z.object({
        pinned: directoryVersion,
        version: directoryVersion,
        changes: z.array(
          z.object({
            kind: z.enum(changeKinds),
            list: z.enum(changedLists),
            id: z.string(),
            name: z.string(),
            before: z.string(),
            after: z.string(),
          }),
        ),
        expected: z.array(z.object({ form: z.string(), title: z.string(), before: z.int(), after: z.int() })),
        returns: z.array(
          z.object({
            form: z.string(),
            unit: z.string(),
            unitName: z.string(),
            state: z.enum(Object.keys(returnStates)),
          }),
        ),
        /** Returns of units that ended by that version: they stay to be read, and are counted no longer. */
        former: z.array(
          z.object({
            form: z.string(),
            title: z.string(),
            unit: z.string(),
            name: z.string(),
            /** The names of the units that came after it. */
            successors: z.array(z.string()),
            state: z.enum(Object.keys(returnStates)),
          }),
        ),
        errors: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })),
      }),
    },
  ],
  problems: ['malformed-request', 'not-found'],
  handle: async ({ service, query }, round) =>
    respond(await roundDirectoryChange(service, round, query.version), (change) => jsonResponse(change)),
});

const tracked = z.object({
  form: z.string(),
  unit: z.string(),
  unitName: z.string(),
  state: z.enum(Object.keys(returnStates)),
  version: z.int(),
  receipt: z.string().optional(),
  late: z.boolean().optional(),
  /** Its own, where the prefecture has given it more time. */
  dueAt: z.string(),
  extension: extension.optional(),
  absence: absence.optional(),
  submittedAt: z.string().optional(),
  actor: z.string().optional(),
  at: z.string().optional(),
});

const readTracker = roundRoute({
  method: 'get',
  path: '/api/rounds/{round}/returns',
  action: 'tracker.read',
  summary: 'Every expected return and how it stands; a municipality sees its own and those of its councils.',
  answers: [
    {
      status: 200,
      description: 'The returns as of a log number.',
      schema: z.object({ asOf, behind, returns: z.array(tracked) }),
    },
  ],
  problems: [],
  handle: async ({ service, person }, round) => {
    const state = await service.store.roundState(round.id);
    if (state === undefined) return problemResponse({ code: 'not-found' });
    const directories = await directoriesOf(service.store, round);
    const pinned = await service.store.directoryOfRound(roundAsOf(round, state));
    const returns = formsOf(service.forms, round).flatMap((form) =>
      [...askedUnits(pinned, round, form).values()]
        .filter(({ code }) => isAllowed(relationIn(directories, person, form, code), 'return.read'))
        .map(({ code, name }) => {
          const { sentBack: _reasons, ...standing } = trackedReturn(state, form.id, code);
          const late = standing.late === undefined ? {} : { late: isLate(standing, standing) };
          const dueAt = dueDateOf(round, standing);
          return { form: form.id, unit: code, unitName: name, ...standing, ...late, dueAt };
        }),
    );
    return jsonResponse({ asOf: state.asOf, ...behindOf(state), returns });
  },
});

function classAsListed({ id, label, values }: UnitClass): Omit<UnitClass, 'valueOf'> {
  return { id, label, values };
}

const readSummary = roundRoute({
  method: 'get',
  path: '/api/rounds/{round}/summary',
  action: 'summary.read',
  summary:
    'The tally now, over submitted and accepted returns; `absent` says how many of each form will not come, where there are any. With `by`, the id of a class of the round’s directory (`kind`, `population` or one of its `classes`), its rows are those of each value of the class (`classValue`, absent where units have none or several); their counts and sums add up to those without.',
  query: z.strictObject({ by: z.string().min(1).max(64).optional() }),
  answers: [
    {
      status: 200,
      description: 'The figures.',
      schema: summary.omit({ byClass: true }).extend({
        behind,
        absent: z.record(z.string(), z.int().positive()).optional(),
        by: z.object({ id: z.string(), label: z.string(), values: z.array(z.string()) }).optional(),
      }),
    },
  ],
  problems: ['malformed-request', 'not-found'],
  handle: async ({ service, query: { by: wanted } }, round) => {
    const state = await service.store.roundState(round.id);
    if (state === undefined) return problemResponse({ code: 'not-found' });
    const [tallied, absent] = await Promise.all([
      talliesOf(service, round, state),
      absentByForm(service, round, state),
    ]);
    const ofClass = wanted === undefined ? undefined : figuresOfClass(tallied, wanted);
    if (wanted !== undefined && ofClass === undefined)
      return problemResponse({ code: 'not-found', detail: `この調査の名簿に分類 ${wanted} はありません。` });
    return jsonResponse({
      ...summaryFrom(tallied),
      ...(ofClass === undefined ? {} : { by: classAsListed(ofClass.by), rows: ofClass.rows }),
      ...(absent.size === 0 ? {} : { absent: Object.fromEntries(absent) }),
      ...behindOf(state),
    });
  },
});

const readLog = roundRoute({
  method: 'get',
  path: '/api/rounds/{round}/log',
  action: 'log.read',
  summary: 'What happened, oldest first: numbered changes, and who viewed, downloaded or was refused.',
  query: z.strictObject({
    cursor: z.string().max(400).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  answers: [
    {
      status: 200,
      description: 'A page of the log.',
      schema: z.object({ behind, log: z.array(z.record(z.string(), z.unknown())), next: z.string().optional() }),
    },
  ],
  problems: ['malformed-request'],
  handle: async ({ service, query }, round) =>
    respond(await service.store.log(round.id, query), ({ entries, next, ...rest }) =>
      jsonResponse({ ...behindOf(rest), log: entries, ...(next === undefined ? {} : { next }) }),
    ),
});

export const roundRoutes: readonly Route[] = [
  listRounds,
  writeRound,
  removeRound,
  closeRound,
  reopenRound,
  readRoundDirectory,
  readTracker,
  readSummary,
  readLog,
];
