/** One return: its items are read in one request and changed in one transaction. What may change is decided in `service`. */

import type { Answers } from '../../schemas/values/json.ts';
import type { Reasons, ReturnKey, Version } from '../../schemas/return.ts';
import type { Round } from '../../schemas/round.ts';
import type { Content } from '../domain/draft-parts.ts';
import type { Transition } from '../domain/life.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Revisions } from '../domain/revisions.ts';
import type { StorageContext } from './context.ts';
import type { Directories } from './directories.ts';
import { keepCall, keptCall } from './idempotency.ts';
import type { KeptCall } from './idempotency.ts';
import type { DraftItem } from './items.ts';
import { draftKey, idempotencyKey, roundListRevisionKey, versionKey } from './keys.ts';
import { changeWrites, lastEvent } from './events.ts';
import { passGate } from './gates.ts';
import { numberInPassing } from './numbering.ts';
import { readAhead, readReturn } from './return-reads.ts';
import type { ReturnAsRead } from './return-reads.ts';
import { createKeptRounds } from './round-list.ts';
import { putNew, transact } from './transact.ts';
import type { TransactionStep, Write } from './transact.ts';

/** A draft as last saved. */
export interface StoredDraft extends Content, Revisions {
  /** How many versions were made of it; a save that did not see the last submission fails on it. */
  readonly versions: number;
  readonly savedAt: string;
  readonly savedBy: string;
  /** Whose name that is: two people may have one. Drafts saved by earlier releases, and imported ones, have none. */
  readonly savedById?: string;
}

export interface StoredReturn extends Pick<ReturnAsRead, 'round' | 'form' | 'directory' | 'standing' | 'unitSettings'> {
  readonly draft: StoredDraft | undefined;
  readonly rounds: readonly Round[];
  readonly kept: KeptCall | undefined;
}

interface ReadBesides {
  readonly rounds?: true;
  readonly idempotencyKey?: string | undefined;
}

export interface ReturnChange {
  readonly actor: string;
  readonly at: string;
  readonly transition?: Transition;
  /** What comes before it, at once: a correction by the prefecture sends back first. */
  readonly sentBack?: Transition;
  readonly draft?: StoredDraft;
  /** Is added; the draft that was read is what it was made of, unless another is written with it. */
  readonly version?: Version;
  readonly kept?: KeptCall;
}

/** What is to be done about a return as it was read: nothing, or a change. */
export type Decided<T> =
  | { readonly kind: 'settled'; readonly value: T }
  | { readonly kind: 'change'; readonly change: ReturnChange; readonly value: T };

interface ReturnStore {
  /** Reads it together with what else is asked for now, for whoever is the first to want it by this very key. */
  readAhead(key: ReturnKey, idempotencyKey?: string): void;
  /** Refuses an unknown round, form or unit (`not-found`) and a round that was disposed of (`round-disposed`). */
  storedReturn(key: ReturnKey, besides?: ReadBesides): Promise<Outcome<StoredReturn>>;
  /**
   * Writes what `decide` wants of the return as it was read; where something changed in between, it is read and decided
   * again. Refuses as `storedReturn`, as `decide`, and `busy`.
   */
  changeReturn<T>(
    key: ReturnKey,
    decide: (read: StoredReturn) => Outcome<Decided<T>> | Promise<Outcome<Decided<T>>>,
    besides?: ReadBesides,
  ): Promise<Outcome<T>>;
}

/** Answers and reasons, sections in the form's order. */
function contentOf({ form }: ReturnAsRead, draft: DraftItem): { answers: Answers; reasons: Reasons } {
  const answers: Answers = {};
  for (const { key } of form.sections) {
    const text = draft.sections[key];
    if (text !== undefined) answers[key] = JSON.parse(text);
  }
  return { answers, reasons: draft.reasons };
}

function storedDraft(read: ReturnAsRead): StoredDraft | undefined {
  const { draft } = read;
  if (draft === undefined) return undefined;
  const { revision, revisions, versions, savedAt, savedBy, savedById } = draft;
  const saved = { savedAt, savedBy, ...(savedById === undefined ? {} : { savedById }) };
  return { ...contentOf(read, draft), revision, revisions, versions, ...saved };
}

function draftItemOf(key: ReturnKey, { answers, reasons, revisions, ...rest }: StoredDraft, operation: string) {
  const sections = Object.fromEntries(
    Object.entries(answers).map(([section, value]): [string, string] => [section, JSON.stringify(value)]),
  );
  const bulk = { sections, reasons: JSON.stringify(reasons), revisions: JSON.stringify(revisions) };
  return { ...draftKey(key), ...bulk, ...rest, operation };
}

/**
 * Overwrites a draft that nobody has saved and nobody has submitted since. The second condition keeps a save that
 * crossed a submission from changing the draft of what is submitted.
 */
function putDraft(
  table: string,
  item: ReturnType<typeof draftItemOf>,
  { draft: before, standing }: ReturnAsRead,
): Write {
  if (before === undefined) return putNew(table, item);
  return {
    Put: {
      TableName: table,
      Item: item,
      ConditionExpression: 'revision = :revision AND versions = :versions',
      ExpressionAttributeValues: { ':revision': before.revision, ':versions': standing.version },
    },
  };
}

/** Fails the transaction unless the draft is the one that was read, and any save that has not seen the new version. */
function markDraft(table: string, key: ReturnKey, { revision, versions }: DraftItem, version: number): Write {
  return {
    Update: {
      TableName: table,
      Key: draftKey(key),
      UpdateExpression: 'SET versions = :version',
      ConditionExpression: 'revision = :revision AND versions = :versions',
      ExpressionAttributeValues: { ':version': version, ':revision': revision, ':versions': versions },
    },
  };
}

function transitionsOf(transition: Transition, sentBack?: Transition): readonly [Transition, ...Transition[]] {
  return sentBack === undefined ? [transition] : [sentBack, transition];
}

function putVersion(table: string, key: ReturnKey, { answers, reasons, previous, ...summary }: Version): Write {
  const last = previous === undefined ? {} : { previous: JSON.stringify(previous) };
  const bulk = { answers: JSON.stringify(answers), reasons: JSON.stringify(reasons), ...last };
  return putNew(table, { ...versionKey(key, summary.version), ...summary, ...bulk });
}

export function createReturnStore(context: StorageContext, directories: Directories): ReturnStore {
  const { table, now } = context;
  const keptRounds = createKeptRounds(context);

  async function read(
    key: ReturnKey,
    { rounds, idempotencyKey: name }: ReadBesides,
  ): Promise<Outcome<{ asRead: ReturnAsRead; stored: StoredReturn }>> {
    const besides = [
      ...(name === undefined ? [] : [idempotencyKey(key, name)]),
      ...(rounds ? [roundListRevisionKey] : []),
    ];
    const found = await readReturn(context, directories, key, besides);
    if (!found.ok) return found;
    const { round, form, directory, standing, unitSettings } = found.value;
    const stored = {
      round,
      form,
      directory,
      standing,
      unitSettings,
      draft: storedDraft(found.value),
      rounds: rounds ? await keptRounds(found.value.besides.at(-1)) : [],
      kept: name === undefined ? undefined : keptCall(name, found.value.besides[0], now()),
    };
    return done({ asRead: found.value, stored });
  }

  function step<T>(
    key: ReturnKey,
    asRead: ReturnAsRead,
    { change, value }: Extract<Decided<T>, { kind: 'change' }>,
    operation: string,
  ): TransactionStep<T> {
    const { meta, head, standing, draft: before } = asRead;
    const { actor, at, transition, sentBack, draft, version, kept } = change;
    const transitions = transition === undefined ? undefined : transitionsOf(transition, sentBack);
    const moved = transitions && changeWrites(table, { key, head, transitions, actor, at, operation });
    return {
      kind: 'write',
      writes: [
        ...(moved?.writes ?? []),
        ...(moved === undefined || standing.state !== 'notStarted' ? [] : [passGate(table, key, meta)]),
        ...(draft === undefined ? [] : [putDraft(table, draftItemOf(key, draft, operation), asRead)]),
        ...(version === undefined ? [] : [putVersion(table, key, version)]),
        ...(version === undefined || draft !== undefined || before === undefined
          ? []
          : [markDraft(table, key, before, version.version)]),
        ...(kept === undefined ? [] : [keepCall(table, key, kept, now())]),
      ],
      proof: moved?.proof ?? draftKey(key),
      value,
    };
  }

  return {
    readAhead: (key, name) => readAhead(context, key, name),
    storedReturn: async (key, besides = {}) => {
      const found = await read(key, besides);
      return found.ok ? done(found.value.stored) : found;
    },
    changeReturn: async (key, decide, besides = {}) => {
      let event: number | undefined;
      const outcome = await transact(context, async (operation) => {
        const found = await read(key, besides);
        if (!found.ok) return found;
        if (found.value.asRead.isFormer) return refused('unit-ended');
        const decided = await decide(found.value.stored);
        if (!decided.ok) return decided;
        if (decided.value.kind === 'settled') return done(decided.value);
        const { asRead } = found.value;
        const { transition, sentBack } = decided.value.change;
        event = transition && lastEvent(asRead.head) + transitionsOf(transition, sentBack).length;
        return done(step(key, asRead, decided.value, operation));
      });
      if (outcome.ok && event !== undefined) await numberInPassing(context, key, event);
      return outcome;
    },
  };
}
