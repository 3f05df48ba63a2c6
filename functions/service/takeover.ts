/** Taking the last answers over (転記), section by section, once somebody has looked at them. */

import type { Form } from '../../schemas/form.ts';
import type { Answers, ReturnKey, Version } from '../../schemas/return.ts';
import type { Round } from '../../schemas/round.ts';
import { carriedOver, filledWith, openOf } from '../domain/carried-over.ts';
import { isEditable } from '../domain/life.ts';
import { normalForm } from '../domain/normal-form.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Store } from '../storage/store.ts';
import type { StoredReturn } from '../storage/returns.ts';
import { entryIds, noContent, savedDraft } from './drafts.ts';
import type { ClockAndIds } from './drafts.ts';

/** Which version of which round is taken over. */
interface TakenFrom {
  readonly round: string;
  readonly version: number;
}

export interface Takeover {
  readonly round: Round;
  readonly version: Version;
  /** The prefecture has accepted that version. */
  readonly isAccepted: boolean;
  /** By section what would be filled in. */
  readonly open: Answers;
}

export interface Takeovers {
  /**
   * What the last answers, accepted or submitted, would fill in of a return. Refuses `nothing-to-take-over`, saying why,
   * `not-editable`, `not-open` and as `readDraft`.
   */
  readTakeover(key: ReturnKey): Promise<Outcome<Takeover>>;
  /**
   * Fills in what has no answer yet in these sections; nothing that is answered changes. Refuses as `readTakeover`, and
   * `precondition-failed` where the last answers are not those that were looked at.
   */
  takeOver(
    key: ReturnKey,
    sections: readonly string[],
    from: TakenFrom,
    actor: string,
    actorId?: string,
  ): Promise<Outcome<Takeover>>;
}

type TakeoverStore = Pick<Store, 'storedReturn' | 'changeReturn' | 'countedReturn'>;

function whyNone(round: Round, form: Form, rounds: readonly Round[]): ReturnType<typeof refused> {
  const earlier = rounds.findLast(
    ({ referenceDate, forms, draft }) =>
      draft === undefined && referenceDate < round.referenceDate && Object.hasOwn(forms, form.id),
  );
  const detail =
    earlier === undefined
      ? `「${form.title}」による前回の調査が、このシステムにありません。`
      : `前回の調査「${earlier.name}」で、この団体の「${form.title}」が提出されていません。`;
  return refused('nothing-to-take-over', { detail });
}

async function findTakeover(
  store: TakeoverStore,
  key: ReturnKey,
  { form, round, rounds, standing, draft }: StoredReturn,
): Promise<Outcome<Takeover>> {
  if (!isEditable(standing)) return refused('not-editable');
  if (round.draft) return refused('not-open');
  const last = await store.countedReturn(round, key, rounds);
  if (last === undefined) return whyNone(round, form, rounds);
  const carried = carriedOver(form, last.version.answers);
  const open = openOf(form, draft?.answers ?? {}, carried);
  if (Object.keys(open).length > 0) return done({ ...last, open });
  const detail =
    Object.keys(carried).length === 0
      ? `前回の調査「${last.round.name}」の回答に、今回の設問に当てはまるものがありません。`
      : `前回の調査「${last.round.name}」で回答された項目は、すべて今回の回答が入力されています。`;
  return refused('nothing-to-take-over', { detail });
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
          const { round, version, open } = found.value;
          if (round.id !== from.round || version.version !== from.version) return refused('precondition-failed');
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
