/**
 * Taking over (転記) the last answers and what the prefecture holds (県の把握している値), section by section, once somebody has
 * looked at them.
 */

import type { Form } from '../../schemas/form.ts';
import type { Answers } from '../../schemas/values/json.ts';
import { isObject } from '../../schemas/values/json.ts';
import type { ReturnKey, Version } from '../../schemas/return.ts';
import type { Round } from '../../schemas/round.ts';
import { carriedOver, filledWith, openOf } from '../domain/carried-over.ts';
import { heldOf, laidOver } from '../domain/fill-in/prefilled-values.ts';
import { isEditable } from '../domain/life.ts';
import { normalForm } from '../domain/normal-form.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Store } from '../storage/store.ts';
import type { StoredReturn } from '../storage/returns.ts';
import { entryIds, noContent, savedDraft } from './drafts.ts';
import type { ClockAndIds } from './drafts.ts';

/** What was looked at: which version of which round, which state of what the prefecture holds; what is absent is not taken. */
interface TakenFrom {
  readonly round?: string | undefined;
  readonly version?: number | undefined;
  readonly held?: number | undefined;
}

interface LastReturn {
  readonly round: Round;
  readonly version: Version;
  /** The prefecture has accepted that version. */
  readonly isAccepted: boolean;
}

export interface Takeover {
  readonly last: LastReturn | undefined;
  /** In words, where nothing of the last answers is taken over. */
  readonly whyNoLast: string | undefined;
  /** By section what would be filled in; what the prefecture holds comes before what was answered last. */
  readonly open: Answers;
  /** What of it the prefecture holds, and which state of that it is; 0 where it holds nothing of it. */
  readonly held: { readonly answers: Answers; readonly revision: number };
}

export interface Takeovers {
  /**
   * What the last answers, accepted or submitted, and what the prefecture holds would fill in of a return. Refuses
   * `nothing-to-take-over`, saying why, `not-editable`, `not-open` and as `readDraft`.
   */
  readTakeover(key: ReturnKey): Promise<Outcome<Takeover>>;
  /**
   * Fills in what has no answer yet in these sections; nothing that is answered changes. Refuses as `readTakeover`, and
   * `precondition-failed` where these are not what was looked at.
   */
  takeOver(
    key: ReturnKey,
    sections: readonly string[],
    from: TakenFrom,
    actor: string,
    actorId?: string,
  ): Promise<Outcome<Takeover>>;
}

type TakeoverStore = Pick<Store, 'storedReturn' | 'changeReturn' | 'countedReturn' | 'prefilled'>;

function whyNone(round: Round, form: Form, rounds: readonly Round[]): string {
  const earlier = rounds.findLast(
    ({ referenceDate, forms, draft }) =>
      draft === undefined && referenceDate < round.referenceDate && Object.hasOwn(forms, form.id),
  );
  return earlier === undefined
    ? `「${form.title}」による前回の調査が、このシステムにありません。`
    : `前回の調査「${earlier.name}」で、この団体の「${form.title}」が提出されていません。`;
}

function whyNothing({ name }: Round, carried: Answers): string {
  return Object.keys(carried).length === 0
    ? `前回の調査「${name}」の回答に、今回の設問に当てはまるものがありません。`
    : `前回の調査「${name}」で回答された項目は、すべて今回の回答が入力されています。`;
}

async function findTakeover(
  store: TakeoverStore,
  key: ReturnKey,
  { form, round, rounds, standing, draft }: StoredReturn,
): Promise<Outcome<Takeover>> {
  if (!isEditable(standing)) return refused('not-editable');
  if (round.draft) return refused('not-open');
  const [last, { settings, revision }] = await Promise.all([
    store.countedReturn(round, key, rounds),
    store.prefilled(key.round),
  ]);
  const answers = draft?.answers ?? {};
  const carried = last === undefined ? {} : carriedOver(form, last.version.answers);
  const open = openOf(form, answers, carried);
  // Of the entries that are taken over, too, the prefecture may hold something.
  const filled = filledWith(answers, open, Object.keys(open));
  const held = openOf(form, answers, heldOf(form, key.form, key.unit, settings, filled));
  const isNothing = Object.keys(open).length === 0;
  const whyNoLast =
    last === undefined ? whyNone(round, form, rounds) : isNothing ? whyNothing(last.round, carried) : undefined;
  const hasHeld = Object.keys(held).length > 0;
  if (isNothing && !hasHeld) return refused('nothing-to-take-over', { detail: whyNoLast });
  const laid = laidOver(open, held);
  return done({
    last,
    whyNoLast,
    open: isObject(laid) ? laid : open,
    held: { answers: held, revision: hasHeld ? revision : 0 },
  });
}

export function createTakeovers(store: TakeoverStore, { now, randomId }: ClockAndIds): Takeovers {
  const newEntryId = entryIds(randomId);
  return {
    readTakeover: async (key) => {
      const read = await store.storedReturn(key, { rounds: true });
      return read.ok ? findTakeover(store, key, read.value) : read;
    },

    takeOver: (key, sections, from, actor, actorId) =>
      store.changeReturn<Takeover>(
        key,
        async (read) => {
          const found = await findTakeover(store, key, read);
          if (!found.ok) return found;
          const { last, held, open } = found.value;
          const isSame = last?.round.id === from.round && last?.version.version === from.version;
          if (!isSame || held.revision !== (from.held ?? 0)) return refused('precondition-failed');
          const { answers, reasons } = read.draft ?? noContent;
          const after = normalForm(read.form.sections, filledWith(answers, open, sections), newEntryId);
          const saved = savedDraft(
            read,
            { answers: after, reasons },
            { kind: 'return' },
            {
              at: now().toISOString(),
              actor,
              actorId,
            },
          );
          return saved.ok ? done({ kind: 'change', change: saved.value.change, value: found.value }) : saved;
        },
        { rounds: true },
      ),
  };
}
