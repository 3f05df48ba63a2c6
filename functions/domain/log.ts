/**
 * The log (履歴) of a round and its folds. Entries are numbered without a gap. A change of a return's state writes an
 * event, which becomes the next entry before anybody reads; a change of the round itself writes the next entry. The
 * tracker, the tally and the exports are folds of the same entries up to one number, so that they agree by construction.
 */

import * as z from 'zod';
import { onBehalf, proxyEntry, returnStates } from '../../schemas/return.ts';
import type { ReturnState } from '../../schemas/return.ts';
import { besideDefinition, pinnedDocuments, roundDefinition, wholeDefinition } from '../../schemas/round.ts';
import type { PinnedDocuments, Round, RoundDefinition } from '../../schemas/round.ts';
import { notStarted } from './life.ts';
import type { Standing } from './life.ts';

const stateNames: readonly string[] = Object.keys(returnStates);
const state = z.custom<ReturnState>((value) => typeof value === 'string' && stateNames.includes(value));

export const standing = z.lazy(() =>
  z.object({
    state,
    version: z.int().nonnegative(),
    receipt: z.string().optional(),
    late: z.boolean().optional(),
    acceptedVersion: z.int().positive().optional(),
    sentBack: z
      .object({
        version: z.int(),
        decision: z.literal('return'),
        comment: z.string(),
        questions: z.array(z.object({ path: z.string(), reason: z.string() })),
      })
      .optional(),
    extension: z.object({ dueAt: z.string(), reason: z.string() }).optional(),
    absence: z.object({ reason: z.string() }).optional(),
    proxy: proxyEntry.optional(),
    onBehalf: onBehalf.optional(),
  }),
);

const place = z.object({
  seq: z.int().positive(),
  actor: z.string(),
  at: z.iso.datetime(),
  /** When it got its number, never before the entry before it; entries that releases up to 0.3 wrote have none. */
  numberedAt: z.iso.datetime().optional(),
});

const returnChanged = place.extend({
  what: z.enum([
    'started',
    'submitted',
    'withdrawn',
    'accepted',
    'returned',
    'extended',
    'extensionEnded',
    'absent',
    'absenceEnded',
    'proxyBegun',
    'proxyEnded',
  ]),
  return: z.object({ form: z.string(), unit: z.string() }),
  before: standing,
  after: standing,
  /** An accepted return that nobody submitted: it came in from an earlier year's files. */
  imported: z.literal(true).optional(),
  /** Of a withdrawal that is an acceptance undone: why. */
  undone: z.string().optional(),
  /** Of a submission by the prefecture, and of the sending back before a correction of its own. */
  onBehalf: onBehalf.optional(),
  /** Counts the changes of the return; entries that releases up to 0.3 wrote have none. */
  event: z.int().positive().optional(),
});

/** A change of a return that has no number yet. */
export const returnEvent = returnChanged.omit({ seq: true, numberedAt: true }).required({ event: true });
export type ReturnEvent = z.infer<typeof returnEvent>;

const roundChanged = place.extend(besideDefinition.shape).extend({
  /** Closing it now and taking it up again change its definition too. */
  what: z.enum(['roundDefined', 'roundClosed', 'roundReopened']),
  definition: roundDefinition,
  directoryVersion: z.int().positive(),
  documents: pinnedDocuments.optional(),
  /** It was a draft before, and is none from here on. */
  opened: z.literal(true).optional(),
});

const exportPublished = place.extend({
  what: z.literal('published'),
  exportId: z.string(),
  edition: z.int().positive(),
});

/** The prefecture took an edition back (公表の取りやめ): from here on nobody is shown it. What it printed stays known. */
const editionWithdrawn = place.extend({
  what: z.literal('editionWithdrawn'),
  exportId: z.string(),
  edition: z.int().positive(),
  reason: z.string(),
});

/** Σ figures that may be printed although the difference from an edition tells the answers of these units. */
const figuresReleased = place.extend({
  what: z.literal('figuresReleased'),
  questions: z.array(z.object({ form: z.string(), question: z.string(), units: z.array(z.string()) })),
  reason: z.string(),
});
export type FiguresReleased = z.infer<typeof figuresReleased>;

export const logEntry = z.discriminatedUnion('what', [
  returnChanged,
  roundChanged,
  exportPublished,
  editionWithdrawn,
  figuresReleased,
]);
export type LogEntry = z.infer<typeof logEntry>;
export type ReturnEntry = z.infer<typeof returnChanged>;
export type RoundChange = z.infer<typeof roundChanged>['what'];

/** When an entry came into the log: moments in the order of the numbers. */
export function loggedAt({ at, numberedAt }: Pick<LogEntry, 'at' | 'numberedAt'>): string {
  return numberedAt ?? at;
}

export interface TrackedReturn extends Standing {
  /** Who changed it last, and when. */
  readonly actor?: string;
  readonly at?: string;
  /** When and by whom the newest version was submitted. */
  readonly submittedAt?: string;
  /** It was changed last by coming in from an earlier year's files. */
  readonly imported?: true;
}

export interface RoundState {
  readonly asOf: { readonly seq: number; readonly at: string };
  /** More had happened when it was read, which could not be numbered in time. */
  readonly isBehind?: true;
  /** Number of the newest entry that changed the round or a return, as a publication does not. */
  readonly changedSeq: number;
  /** As it was defined then; absent before the first definition. */
  readonly definition?: RoundDefinition;
  readonly directoryVersion: number;
  /** The documents that it pinned then. */
  readonly documents?: PinnedDocuments;
  readonly returns: ReadonlyMap<string, TrackedReturn>;
  /** Oldest first, those that were withdrawn too. */
  readonly editions: readonly {
    readonly edition: number;
    readonly exportId: string;
    readonly isWithdrawn?: true;
  }[];
  readonly releases: readonly Pick<FiguresReleased, 'seq' | 'questions'>[];
  /** By the names of the returns, what stood before acceptances that may be undone: nothing was published since. */
  readonly undoable: ReadonlyMap<string, Standing>;
  /** When the round's due date was last moved while it was no draft. */
  readonly dueMovedAt?: string;
  /** The newest edition that was not withdrawn, and since when. */
  readonly published?: { readonly edition: number; readonly at: string };
}

export function returnName(form: string, unit: string): string {
  return `${form}#${unit}`;
}

/** A fold over the log that has seen no entry yet. */
export class LogFold {
  #seq = 0;
  #changedSeq = 0;
  #at = '';
  #definition: RoundDefinition | undefined;
  #directoryVersion = 0;
  #documents: PinnedDocuments | undefined;
  #dueMovedAt: string | undefined;
  /** Since when each edition that was not withdrawn is published, oldest first. */
  readonly #published = new Map<number, string>();
  #editions: RoundState['editions'] = [];
  readonly #releases: RoundState['releases'][number][] = [];
  readonly #returns = new Map<string, TrackedReturn>();
  readonly #undoable = new Map<string, Standing>();

  /** Takes the next entry. Throws a RangeError when one is missing: a log with a gap cannot be folded. */
  add(entry: LogEntry): void {
    if (entry.seq !== this.#seq + 1) throw new RangeError(`log entry ${this.#seq + 1} is missing`);
    this.#seq = entry.seq;
    this.#at = loggedAt(entry);
    if (entry.what !== 'published') this.#changedSeq = entry.seq;
    if ('definition' in entry) {
      const before = this.#definition;
      if (before !== undefined && before.draft !== true && before.dueAt !== entry.definition.dueAt)
        this.#dueMovedAt = entry.at;
      this.#definition = wholeDefinition(entry);
      this.#directoryVersion = entry.directoryVersion;
      this.#documents = entry.documents;
    } else if (entry.what === 'published') {
      const { edition, exportId } = entry;
      this.#editions = [...this.#editions, { edition, exportId }];
      this.#undoable.clear();
      this.#published.set(edition, entry.at);
    } else if (entry.what === 'editionWithdrawn') {
      this.#editions = this.#editions.map((each) =>
        each.edition === entry.edition ? { ...each, isWithdrawn: true } : each,
      );
      this.#published.delete(entry.edition);
    } else if (entry.what === 'figuresReleased') this.#releases.push({ seq: entry.seq, questions: entry.questions });
    else this.#follow(entry);
  }

  #follow(entry: ReturnEntry): void {
    const name = returnName(entry.return.form, entry.return.unit);
    const isNewVersion = entry.what === 'submitted' || entry.imported === true;
    if (entry.after.state !== 'accepted') this.#undoable.delete(name);
    else if (entry.before.state === 'submitted') this.#undoable.set(name, entry.before);
    const submittedAt = isNewVersion ? entry.at : this.#returns.get(name)?.submittedAt;
    this.#returns.set(name, {
      ...entry.after,
      actor: entry.actor,
      at: entry.at,
      ...(submittedAt === undefined ? {} : { submittedAt }),
      ...(entry.imported === undefined ? {} : { imported: entry.imported }),
    });
  }

  state(): RoundState {
    const [edition, at] = [...this.#published].at(-1) ?? [];
    return {
      asOf: { seq: this.#seq, at: this.#at },
      changedSeq: this.#changedSeq,
      ...(this.#definition === undefined ? {} : { definition: this.#definition }),
      directoryVersion: this.#directoryVersion,
      ...(this.#documents === undefined ? {} : { documents: this.#documents }),
      returns: this.#returns,
      editions: this.#editions,
      releases: this.#releases,
      undoable: this.#undoable,
      ...(this.#dueMovedAt === undefined ? {} : { dueMovedAt: this.#dueMovedAt }),
      ...(edition === undefined || at === undefined ? {} : { published: { edition, at } }),
    };
  }
}

export function roundAsOf(round: Round, { definition, directoryVersion, documents }: RoundState): Round {
  if (definition === undefined) return { ...round, directoryVersion };
  return { ...definition, id: round.id, directoryVersion, ...(documents === undefined ? {} : { documents }) };
}

export function trackedReturn(state: RoundState, form: string, unit: string): TrackedReturn {
  return state.returns.get(returnName(form, unit)) ?? notStarted;
}

/** A version of a return that counts: what is accepted counts everywhere, what is submitted internally. */
export interface CountedVersion {
  readonly state: 'submitted' | 'accepted';
  readonly version: number;
}

/**
 * The version of a return that counts, if any. One under correction counts as it was accepted, also when it is submitted
 * again, until another version is accepted.
 */
export function countedVersion({ state, version, acceptedVersion }: Standing): CountedVersion | undefined {
  if (state === 'accepted') return { state, version };
  if (acceptedVersion !== undefined) return { state: 'accepted', version: acceptedVersion };
  return state === 'submitted' ? { state, version } : undefined;
}
