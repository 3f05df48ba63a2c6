/** Defining a round (調査): whether it may be so, and which version of the directory it pins, is decided here. */

import { isDeepStrictEqual } from 'node:util';
import type { Disposal } from '../../schemas/disposal.ts';
import type { Catalogue } from '../../schemas/form.ts';
import type { FieldError } from '../../schemas/problem.ts';
import { phaseAt } from '../../schemas/round.ts';
import type { Round, RoundDefinition } from '../../schemas/round.ts';
import { versionOn } from '../domain/directory-calendar.ts';
import type { RoundChange } from '../domain/log.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import { withClosing } from '../domain/round-closing.ts';
import type { ClosingChange } from '../domain/round-closing.ts';
import { changesInUse, definitionErrors, unknownKinds, unknownUnits } from '../domain/round-changes.ts';
import { shippedDocument } from '../storage/form-documents.ts';
import type { StorageContext } from '../storage/context.ts';
import type { FormPin } from '../storage/forms.ts';
import type { StoredRound } from '../storage/rounds.ts';
import type { Store } from '../storage/store.ts';

function unknownDirectory(version: number): FieldError {
  return { path: 'directoryVersion', code: 'unknown-directory', message: `名簿の第${version}版はありません。` };
}

/** What a changed definition and another directory would contradict. */
async function contradictions(
  { store, forms }: RoundService,
  before: Round,
  after: Round,
  started: StoredRound['started'],
): Promise<FieldError[]> {
  const [pinned, wanted, returns] = await Promise.all([
    store.directoryOfRound(before),
    store.directoryOfRound(after),
    started(),
  ]);
  const was = { definition: before, directory: pinned };
  return changesInUse(was, { definition: after, directory: wanted }, returns, forms);
}

interface RoundService {
  readonly forms: Catalogue;
  readonly store: Pick<Store, 'changeRound' | 'directoryOfRound' | 'loadForms' | 'storedForm'>;
}

interface Pins {
  readonly documents: Readonly<Record<string, string>>;
  readonly pins: readonly FormPin[];
  readonly errors: readonly FieldError[];
}

/**
 * The documents that the forms of a definition stand for: those that the round pins already, as long as it asks for the
 * same number, and what is stored under the number now. A version that only ships is stored with the round.
 */
async function pinsOf(
  { store, forms }: RoundService,
  definition: RoundDefinition,
  before: Round | undefined,
): Promise<Pins> {
  const documents: Record<string, string> = {};
  const pins: FormPin[] = [];
  const errors: FieldError[] = [];
  for (const [form, version] of Object.entries(definition.forms)) {
    if (before?.forms[form] === version) {
      const pinned = before.documents?.[form];
      if (pinned !== undefined) documents[form] = pinned;
      continue;
    }
    const stored = await store.storedForm(form, version);
    if (stored?.state === 'draft') {
      const message = `調査票 ${form} の ${version} 版は、まだ採用されていません。`;
      errors.push({ path: `forms.${form}`, code: 'form-not-adopted', message });
      continue;
    }
    const shipped = stored === undefined ? shippedDocument(forms.get(form)?.get(version)) : undefined;
    const sha256 = stored?.sha256 ?? shipped?.sha256;
    if (sha256 === undefined) continue;
    documents[form] = sha256;
    pins.push({ form, version, sha256, shipped });
  }
  return { documents, pins, errors };
}

interface DefiningOptions {
  /** The version to pin from now on. */
  readonly directoryVersion?: number | undefined;
  /** Whether the round that stands when it is written is the one that the caller has seen; none stands before the first. */
  readonly isAsSeen?: (before: Round | undefined) => boolean;
  /** What the log calls it. */
  readonly what?: RoundChange;
}

/**
 * Creates or changes a round. A new one pins the directory in force on its reference date; one that exists keeps the
 * version it pins until another is asked for. Refuses unknown forms, sections and directory versions (`invalid-round`),
 * a round before there is a directory (`no-directory`), a change that would contradict a return already started
 * (`round-in-use`), what somebody has changed since the caller looked (`precondition-failed`), and as `changeRound`.
 */
export async function defineRound(
  service: RoundService,
  id: string,
  definition: RoundDefinition,
  actor: string,
  { directoryVersion, isAsSeen, what = 'roundDefined' }: DefiningOptions = {},
): Promise<Outcome<{ round: Round; created: boolean }>> {
  return service.store.changeRound(id, actor, async ({ before, calendar, started }) => {
    const { documents, pins, errors: notAdopted } = await pinsOf(service, definition, before);
    await service.store.loadForms(documents);
    const pinning = Object.keys(documents).length === 0 ? definition : { ...definition, documents };
    const told = new Set(notAdopted.map(({ path }) => path));
    const others = definitionErrors(pinning, service.forms).filter(({ path }) => !told.has(path));
    const errors = [...notAdopted, ...others];
    if (errors.length > 0) return refused('invalid-round', { errors });
    if (isAsSeen?.(before) === false) return refused('precondition-failed');
    const pin = directoryVersion ?? before?.directoryVersion ?? versionOn(calendar, definition.referenceDate);
    if (pin === undefined) return refused('no-directory');
    if (pin > calendar.newest) return refused('invalid-round', { errors: [unknownDirectory(pin)] });
    const round = { ...pinning, id, directoryVersion: pin };
    const directory = await service.store.directoryOfRound(round);
    const unknown = [
      ...unknownKinds(pinning, directory, service.forms),
      ...unknownUnits(pinning, directory, service.forms),
    ];
    if (unknown.length > 0) return refused('invalid-round', { errors: unknown });
    const inUse = before === undefined ? [] : await contradictions(service, before, round, started);
    return inUse.length > 0 ? refused('round-in-use', { errors: inUse }) : done({ round, pins, what });
  });
}

/**
 * Closes a round now, or opens it again. Refuses `not-open`, `invalid-round`, `precondition-failed` where somebody has
 * changed the round meanwhile, and as `changeRound`.
 */
export async function changeClosing(
  service: RoundService & Pick<StorageContext, 'now'> & { readonly store: Pick<Store, 'round'> },
  round: Round,
  change: ClosingChange,
  actor: string,
): Promise<Outcome<Round>> {
  const { id, directoryVersion: _pinned, documents: _documents, ...definition } = round;
  const changed = withClosing(definition, change, service.now());
  if (!changed.ok) return changed;
  const isAsSeen = (before: Round | undefined): boolean => isDeepStrictEqual(before, round);
  const what = change.kind === 'close' ? 'roundClosed' : 'roundReopened';
  const defined = await defineRound(service, id, changed.value, actor, { isAsSeen, what });
  if (defined.ok) return done(defined.value.round);
  // Pressed twice, or by two people: it is closed all the same.
  const meanwhile = change.kind === 'close' ? await service.store.round(id) : undefined;
  return meanwhile !== undefined && phaseAt(meanwhile, service.now()) === 'closed' ? done(meanwhile) : defined;
}

/**
 * Removes a round that nobody has answered, with its settings, its texts and its exports. Refuses `round-in-use` once a
 * return is begun or anything is published, `not-found`, and what is gone already.
 */
export function removeRound(store: Pick<Store, 'removeRound'>, id: string, actor: string): Promise<Outcome<Disposal>> {
  return store.removeRound(id, actor, async ({ started, isPublished }) => {
    const returns = (await started()).length;
    if (returns > 0)
      return refused('round-in-use', { detail: `作成中又は提出済みの回答が${returns}件あるため、削除できません。` });
    return (await isPublished())
      ? refused('round-in-use', { detail: '公表版を確定しているため、削除できません。' })
      : done(undefined);
  });
}
