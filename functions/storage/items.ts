/** Items as they lie in the table. Bulk is JSON text in one attribute; every item read goes through these schemas. */

import type { Answers } from '../../schemas/values/json.ts';
import { isObject } from '../../schemas/values/json.ts';
import * as z from 'zod';
import { disposal } from '../../schemas/disposal.ts';
import { storedDirectory as directory } from '../../schemas/directory.ts';
import { onBehalf } from '../../schemas/return.ts';
import { besideDefinition, pinnedDocuments, storedRoundDefinition as roundDefinition } from '../../schemas/round.ts';
import { logEntry, returnEvent, standing } from '../domain/log.ts';
import type { LogEntry, ReturnEvent } from '../domain/log.ts';

/** DynamoDB keeps at most 400 KB in an item. */
export const maxItemBytes = 380_000;

function jsonText<Schema extends z.ZodType>(schema: Schema) {
  return z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema);
}

/** Of a kind: those of the rounds that are worked in. */
const mostKept = 32;

/** The same for a text that every request reads and few change: what it says is kept, and belongs to all who read it. */
function keptJsonText<Schema extends z.ZodType>(schema: Schema) {
  const kept = new Map<string, z.output<Schema>>();
  return z.string().transform((text): z.output<Schema> => {
    const known = kept.get(text) ?? schema.parse(JSON.parse(text));
    if (kept.size >= mostKept) kept.clear();
    kept.set(text, known);
    return known;
  });
}

/** Answers whose shape was checked before they were written. */
const answers = z.custom<Answers>(isObject);
const reasons = z.record(z.string(), z.string());
const number = z.int().positive();

/** The log number up to which the round has come, and what defines it. */
export const metaItem = z.lazy(() =>
  besideDefinition.extend({
    seq: number,
    /** When that number was given; rounds of releases up to 0.3 do not keep it. */
    numberedAt: z.iso.datetime().optional(),
    definition: keptJsonText(roundDefinition),
    directoryVersion: number,
    documents: keptJsonText(pinnedDocuments).optional(),
    /** How often what returns begin under has changed; none before the first time. */
    gate: number.optional(),
  }),
);
export type MetaItem = z.infer<typeof metaItem>;

/** What stands in place of META from the moment in which a disposal begins. It has no `seq`: nothing can follow it. */
export const disposedItem = z.lazy(() => z.object({ disposal: jsonText(disposal), operation: z.string() }));

/** One attribute of the list of rounds. */
export const listedRound = z.lazy(() =>
  jsonText(
    besideDefinition.extend({
      definition: roundDefinition,
      directoryVersion: number,
      documents: pinnedDocuments.optional(),
    }),
  ),
);

export const headItem = z.lazy(() =>
  z.object({
    standing: jsonText(standing),
    /** Counts the changes of the return; heads of releases up to 0.3 have `seq`, the log number of the last, instead. */
    events: number.optional(),
    seq: number.optional(),
    /** The tokens of the changes made last: the proof that they were written. */
    operations: z.array(z.string()).optional(),
  }),
);
export type HeadItem = z.infer<typeof headItem>;

export const draftItem = z.lazy(() =>
  z.object({
    /** JSON text by section. */
    sections: z.record(z.string(), z.string()),
    reasons: jsonText(reasons),
    /** By part: the draft's revision when that part was last saved. */
    revisions: jsonText(z.record(z.string(), number)),
    revision: number,
    /** How many versions were made of it; a save that did not see the last submission fails on it. */
    versions: z.int().nonnegative(),
    savedAt: z.string(),
    savedBy: z.string(),
    savedById: z.string().optional(),
  }),
);
export type DraftItem = z.infer<typeof draftItem>;

export const versionSummaryItem = z.object({
  round: z.string(),
  form: z.string(),
  formVersion: number,
  unit: z.string(),
  version: number,
  submittedAt: z.string(),
  submittedBy: z.string(),
  late: z.boolean(),
  onBehalf: onBehalf.optional(),
  receipt: z.string(),
  sha256: z.string(),
});

export const versionItem = z.lazy(() =>
  versionSummaryItem.extend({
    answers: jsonText(answers),
    reasons: jsonText(reasons),
    previous: jsonText(answers).optional(),
  }),
);

/** Releases up to 0.3 refuse a change with a `what` that they do not know: it is kept as one of theirs, and beside it. */
const changesKnownAs = new Map<LogEntry['what'], LogEntry['what']>([
  ['extended', 'started'],
  ['extensionEnded', 'started'],
  ['absent', 'started'],
  ['absenceEnded', 'started'],
  ['proxyBegun', 'started'],
  ['proxyEnded', 'started'],
  ['roundClosed', 'roundDefined'],
  ['roundReopened', 'roundDefined'],
  ['editionWithdrawn', 'published'],
]);

export function changeText(change: LogEntry | ReturnEvent): string {
  const what = changesKnownAs.get(change.what);
  return JSON.stringify(what === undefined ? change : { ...change, what, really: change.what });
}

function changeOf<Schema extends z.ZodType>(schema: Schema) {
  return jsonText(
    z.preprocess(
      (kept) => (isObject(kept) && kept['really'] !== undefined ? { ...kept, what: kept['really'] } : kept),
      schema,
    ),
  );
}

export const eventItem = z.object({ pk: z.string(), sk: z.string(), event: changeOf(returnEvent) });
export type EventItem = z.infer<typeof eventItem>;

export const gateItem = z.lazy(() =>
  z.object({ sk: z.string(), starts: z.int().optional(), gate: z.int().optional() }),
);

export const logItem = z.object({ entry: changeOf(logEntry) });

/** In place of the code of a refusal: no more of this person are recorded in this hour. */
export const noMoreRefusals = 'too-many-requests';

/** Who did what to a round's data without changing it. */
const access = z.object({
  what: z.enum([
    'viewed',
    'downloaded',
    'refused',
    'signedIn',
    'reportSettingsChanged',
    'roundTextsChanged',
    'shared',
    'shareOpened',
    'shareEnded',
    'asked',
    'answered',
    'approved',
    'approvalSet',
    'prefilledChanged',
    'mailSettingsChanged',
    'mailsRequested',
    'publicAddressOpened',
    'publicAddressClosed',
  ]),
  actor: z.string(),
  return: z.object({ form: z.string(), unit: z.string() }).optional(),
  version: number.optional(),
  exportId: z.string().optional(),
  /** The path of a file, or `draft`, or `workbook` for a return to be filled in; of an approval, `demanded` or `released`. */
  path: z.string().optional(),
  /** The row of the authorisation table that was refused. */
  action: z.string().optional(),
  /** Why it was refused: the problem's code. */
  code: z.string().optional(),
});
export type Access = z.infer<typeof access>;

const accessRecord = access.extend({ at: z.string() });
export type AccessRecord = z.infer<typeof accessRecord>;

type What = AccessRecord['what'];

/** Releases up to 0.3 refuse a log with a `what` that they do not know: it is kept as one of theirs, and beside it. */
const knownAs: Readonly<Record<What, What>> = {
  viewed: 'viewed',
  downloaded: 'downloaded',
  refused: 'refused',
  signedIn: 'signedIn',
  reportSettingsChanged: 'reportSettingsChanged',
  roundTextsChanged: 'reportSettingsChanged',
  shared: 'viewed',
  shareOpened: 'viewed',
  shareEnded: 'viewed',
  asked: 'viewed',
  answered: 'viewed',
  approved: 'viewed',
  approvalSet: 'viewed',
  prefilledChanged: 'reportSettingsChanged',
  mailSettingsChanged: 'reportSettingsChanged',
  mailsRequested: 'reportSettingsChanged',
  publicAddressOpened: 'reportSettingsChanged',
  publicAddressClosed: 'reportSettingsChanged',
};

export function accessText(record: AccessRecord): string {
  const what = knownAs[record.what];
  return JSON.stringify(what === record.what ? record : { ...record, what, really: record.what });
}

const keptAccess = accessRecord
  .extend({ really: access.shape.what.optional() })
  .transform(({ really, ...record }): AccessRecord => (really === undefined ? record : { ...record, what: really }));

export const accessItem = z.lazy(() => z.object({ sk: z.string(), record: jsonText(keptAccess) }));

const submittedAnswer = z.lazy(() =>
  z.object({
    version: number,
    receipt: z.string(),
    sha256: z.string(),
    submittedAt: z.string(),
    late: z.boolean(),
  }),
);

export type KeptAnswer = z.infer<typeof submittedAnswer>;

export const idempotencyItem = z.lazy(() =>
  z.object({
    bodyHash: z.string(),
    answer: jsonText(submittedAnswer),
    /** Seconds since the epoch. An expired item may still be there. */
    expiresAt: z.int(),
  }),
);

export const latestDirectoryItem = z.lazy(() =>
  z.object({
    version: number,
    /** The version that holds from each first day; items written before it was kept have none. */
    starts: z.record(z.iso.date(), number).optional(),
    undated: number.optional(),
  }),
);

export const directoryItem = z.lazy(() =>
  z.object({
    gzip: z.instanceof(Uint8Array),
    /** Where it says more than releases before 0.4 take. */
    whole: z.instanceof(Uint8Array).optional(),
    savedAt: z.string(),
  }),
);
export const directorySaved = z.object({ sk: z.string(), savedAt: z.string(), savedBy: z.string() });

export const directoryText = jsonText(directory);

/** A version of a form that the prefecture keeps. The document lies in an item of its own, under its hash. */
export const formItem = z.lazy(() =>
  z.object({
    form: z.string(),
    version: number,
    /** `shipped`: kept because a round pins it. */
    state: z.enum(['draft', 'adopted', 'shipped']),
    sha256: z.string(),
    title: z.string(),
    units: z.string(),
    savedAt: z.string(),
    savedBy: z.string(),
    adoptedAt: z.string().optional(),
    adoptedBy: z.string().optional(),
    /** A round has pinned it: from then on it stays adopted. */
    pinned: z.literal(true).optional(),
    /** How often it was written. */
    revision: number,
    operation: z.string(),
  }),
);
export type FormItem = z.infer<typeof formItem>;

export const formDocumentItem = z.object({ sk: z.string(), gzip: z.instanceof(Uint8Array) });

/** Who did what to a version of a form. */
const formChange = z.lazy(() =>
  z.object({
    what: z.enum(['saved', 'adopted', 'revoked']),
    actor: z.string(),
    at: z.string(),
    sha256: z.string(),
  }),
);
export type FormChange = z.infer<typeof formChange>;

export const formLogItem = z.object({ change: jsonText(formChange) });
