/** Drafts: the answers as last saved, under optimistic concurrency per return, section and entry. */

import { isDeepStrictEqual } from 'node:util';
import { placeOfUnit, unitsByCode } from '../../schemas/directory.ts';
import type { Form } from '../../schemas/form.ts';
import { loadedOnce } from '../../schemas/once.ts';
import type { Answers } from '../../schemas/values/json.ts';
import type { ProxyEntry, Reasons, ReturnKey, Version } from '../../schemas/return.ts';
import type { Round } from '../../schemas/round.ts';
import { examine } from '../domain/examination.ts';
import type { Examination } from '../domain/examination.ts';
import { replacePart } from '../domain/draft-parts.ts';
import type { Content, DraftBody, Part } from '../domain/draft-parts.ts';
import { beginProxy, isEditable, start } from '../domain/life.ts';
import type { NewEntryId } from '../domain/normal-form.ts';
import type { Standing, Transition } from '../domain/life.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import { checkPrecondition, etagOf, isConditional, neverSaved, nextRevisions } from '../domain/revisions.ts';
import type { Precondition, Revisions } from '../domain/revisions.ts';
import { unknownFiles } from './named-files.ts';
import type { PreviousReturn } from '../storage/previous.ts';
import type { Decided, ReturnChange, StoredDraft, StoredReturn } from '../storage/returns.ts';
import type { StorageContext } from '../storage/context.ts';
import type { Store } from '../storage/store.ts';

/** What use cases of returns are made of. */
export type ReturnsAndVersions = Pick<
  Store,
  'storedReturn' | 'changeReturn' | 'previousReturn' | 'countedReturn' | 'version'
>;
/** Answers may name files. */
export type ReturnsAndFiles = ReturnsAndVersions & Pick<Store, 'files'>;
export type ClockAndIds = Pick<StorageContext, 'now' | 'randomId'>;
/** And whom to tell that a rule took too many steps. */
export interface ReturnSources extends ClockAndIds {
  readonly ruleExceeded?: (rule: { readonly form: string; readonly version: number; readonly rule: string }) => void;
}

const entryIdLength = 12;
/** The size of a return, answers and reasons as JSON in UTF-8 (300 KB). */
const maxBytes = 307_200;
/** What else an item of at most 400 KB must hold: the revisions, which grow with the number of entries. */
const maxRevisionBytes = 90_000;

export const noContent: Content = { answers: {}, reasons: {} };

export interface DraftView {
  readonly standing: Standing;
  readonly answers: Answers;
  readonly reasons: Reasons;
  readonly savedAt?: string;
  readonly savedBy?: string;
  readonly savedById?: string;
  /** Every round, by reference date, as they stood when the draft was read. */
  readonly rounds: readonly Round[];
  /** The strong ETag of a part, quoted; `"0"` before its first save. */
  readonly etag: (part: Part) => string;
  /** What a submission of it would find, examined when first asked for. */
  readonly examination: () => Promise<Examination>;
  /** What the unit answered last time, read when first asked for. */
  readonly previous: () => Promise<PreviousReturn | undefined>;
}

export interface Drafts {
  /** Refuses an unknown round, form or unit (`not-found`). */
  readDraft(key: ReturnKey): Promise<Outcome<DraftView>>;
  /** What a submission of other answers than the stored ones would find. Refuses as `readDraft`. */
  examineContent(key: ReturnKey, content: Content): Promise<Outcome<Examination>>;
  /**
   * Saves a return, a section or an entry. What the body leaves out stays; a draft may be wrong in content, never in
   * shape (`wrong-shape`, with errors), and names no file that was not sent for it (`unknown-file`). Refuses `precondition-required`,
   * `precondition-failed`, `not-editable`, `return-too-large`, `not-found`, and `not-open` for a round that is a draft itself.
   */
  saveDraft(
    key: ReturnKey,
    part: Part,
    body: DraftBody,
    precondition: Precondition,
    actor: string,
    actorId?: string,
    /** Where the prefecture enters it. */
    proxy?: ProxyEntry,
  ): Promise<Outcome<{ etag: string; view: DraftView }>>;
}

function bytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

export function fits({ answers, reasons }: Content, { revisions }: Revisions): boolean {
  return bytes(answers) + bytes(reasons) <= maxBytes && bytes(revisions) <= maxRevisionBytes;
}

/** Whether the last answers that are kept with a version find room beside its own. */
export function fitsVersion({
  answers,
  reasons,
  previous,
}: Pick<Version, 'answers' | 'reasons' | 'previous'>): boolean {
  return previous === undefined || bytes(answers) + bytes(reasons) + bytes(previous) <= maxBytes + maxRevisionBytes;
}

/** What a submission of this content would find. */
export async function examinationOf(
  store: Pick<ReturnsAndVersions, 'previousReturn'>,
  { form, round, rounds, directory, standing }: StoredReturn,
  key: ReturnKey,
  { answers, reasons }: Content,
  { ruleExceeded }: Pick<ReturnSources, 'ruleExceeded'>,
): Promise<Examination> {
  const previous = await store.previousReturn(round, key, rounds);
  const municipalities = unitsByCode(directory, 'municipality');
  return examine(form, answers, reasons, {
    unit: key.unit,
    round,
    previous: previous?.version.answers,
    municipalities,
    place: placeOfUnit(directory, form.units, key.unit),
    sentBack: standing.sentBack,
    exceeded: ruleExceeded && ((rule) => ruleExceeded({ form: form.id, version: form.version, rule })),
  });
}

/** The form, with the last answers where conditions or formulas read them. */
export async function knowingLastTime(form: Form, { previous }: Pick<DraftView, 'previous'>): Promise<Form> {
  return form.abouts.has('previous') ? form.knowing({ previous: (await previous())?.version.answers }) : form;
}

export function entryIds(randomId: ClockAndIds['randomId']): NewEntryId {
  return () => randomId().replaceAll('-', '').slice(0, entryIdLength);
}

/** The draft with other content, as it is to be stored. Refuses `return-too-large`. */
export function draftWith(
  { form, standing, draft }: StoredReturn,
  content: Content,
  part: Part,
  saved: Pick<StoredDraft, 'savedAt' | 'savedBy' | 'savedById'>,
): Outcome<StoredDraft> {
  const before: Content & Revisions = draft ?? { ...noContent, ...neverSaved };
  const revisions = nextRevisions(form, before, before, content, part);
  if (!fits(content, revisions)) return refused('return-too-large');
  return done({ ...content, ...revisions, versions: standing.version, ...saved });
}

interface Saving {
  readonly at: string;
  readonly actor: string;
  readonly actorId?: string | undefined;
  readonly proxy?: ProxyEntry | undefined;
}

/** The change of the return's state that a save makes, if any. */
function changeBySaving(
  { draft, standing }: StoredReturn,
  proxy: ProxyEntry | undefined,
): Outcome<Transition> | undefined {
  if (draft === undefined) return start(standing, proxy);
  return proxy === undefined || isDeepStrictEqual(proxy, standing.proxy) ? undefined : beginProxy(standing, proxy);
}

/** A save of this content: the draft as it will stand, the return begun where it was not. */
export function savedDraft(
  read: StoredReturn,
  content: Content,
  part: Part,
  { at, actor, actorId, proxy }: Saving,
): Outcome<{ readonly draft: StoredDraft; readonly standing: Standing; readonly change: ReturnChange }> {
  const who = { savedBy: actor, ...(actorId === undefined ? {} : { savedById: actorId }) };
  const saved = draftWith(read, content, part, { savedAt: at, ...who });
  if (!saved.ok) return saved;
  const moved = changeBySaving(read, proxy);
  if (moved?.ok === false) return moved;
  const transition = moved?.value;
  const change = { actor, at, draft: saved.value, ...(transition === undefined ? {} : { transition }) };
  return done({ draft: saved.value, standing: transition?.after ?? read.standing, change });
}

export function draftView(
  { standing, draft, rounds }: Pick<StoredReturn, 'standing' | 'draft' | 'rounds'>,
  looks: Pick<DraftView, 'examination' | 'previous'>,
): DraftView {
  const common = { standing, rounds, ...looks };
  if (draft === undefined) return { ...common, ...noContent, etag: (part) => etagOf(neverSaved, part) };
  const { revision: _revision, revisions: _revisions, versions: _versions, ...shown } = draft;
  return { ...common, ...shown, etag: (part) => etagOf(draft, part) };
}

export function createDrafts(store: ReturnsAndFiles, sources: ReturnSources): Drafts {
  const { now, randomId } = sources;
  const newEntryId = entryIds(randomId);

  function viewOf(key: ReturnKey, read: StoredReturn): DraftView {
    const previous = loadedOnce(() => store.previousReturn(read.round, key, read.rounds));
    const examination = loadedOnce(() =>
      examinationOf({ previousReturn: previous }, read, key, read.draft ?? noContent, sources),
    );
    return draftView(read, { examination, previous });
  }

  return {
    readDraft: async (key) => {
      const read = await store.storedReturn(key, { rounds: true });
      return read.ok ? done(viewOf(key, read.value)) : read;
    },

    examineContent: async (key, content) => {
      const read = await store.storedReturn(key, { rounds: true });
      return read.ok ? done(await examinationOf(store, read.value, key, content, sources)) : read;
    },

    saveDraft: async (key, part, body, precondition, actor, actorId, proxy) => {
      if (!isConditional(precondition)) return refused('precondition-required');
      const save = async (read: StoredReturn): Promise<Outcome<Decided<{ etag: string; view: DraftView }>>> => {
        const { form, standing, draft, round } = read;
        if (round.draft) return refused('not-open');
        if (!isEditable(standing)) return refused('not-editable');
        const before: Content & Revisions = draft ?? { ...noContent, ...neverSaved };
        const checked = checkPrecondition(before, part, precondition);
        if (!checked.ok) return checked;
        const content = replacePart(form, before, part, body, newEntryId);
        if (!content.ok) return content;
        const unknown = await unknownFiles(store, key, form, before.answers, content.value.answers);
        if (unknown.length > 0) return refused('unknown-file', { errors: unknown });
        const saved = savedDraft(read, content.value, part, { at: now().toISOString(), actor, actorId, proxy });
        if (!saved.ok) return saved;
        const { change, ...after } = saved.value;
        const value = { etag: etagOf(after.draft, part), view: viewOf(key, { ...read, ...after }) };
        return done({ kind: 'change', change, value });
      };
      return store.changeReturn(key, save, { rounds: true });
    },
  };
}
