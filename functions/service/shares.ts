/** Sharing a return, or sections of it, with a colleague by a link: making one, opening it, ending it. */

import { unitsByCode } from '../../schemas/directory.ts';
import type { ReportingUnit } from '../../schemas/directory.ts';
import type { Form } from '../../schemas/form.ts';
import type { FieldError } from '../../schemas/problem.ts';
import type { ReturnKey } from '../../schemas/return.ts';
import type { Round } from '../../schemas/round.ts';
import { latestShareEnd, longestShareDays } from '../../schemas/share.ts';
import type { Share, ShareWanted } from '../../schemas/share.ts';
import type { Person } from '../domain/authorisation.ts';
import { phaseOfReturn } from '../domain/due-date.ts';
import { isEditable, isOver } from '../domain/life.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import { isShareOpen } from '../domain/sharing.ts';
import { shareIdOf } from '../storage/shares.ts';
import type { Store } from '../storage/store.ts';
import type { ClockAndIds } from './drafts.ts';

/** Of one return, at a time. */
const mostOpen = 20;

interface SharedReturn {
  readonly share: Share;
  readonly round: Round;
  readonly form: Form;
  readonly unit: ReportingUnit;
}

export interface Shares {
  /**
   * Makes a link; `secret` opens it and is told this once. Refuses `invalid-share`, `not-editable`, `closed` and
   * `too-many-shares`.
   */
  createShare(
    key: ReturnKey,
    wanted: ShareWanted,
    maker: Pick<Person, 'id' | 'name'>,
  ): Promise<Outcome<{ secret: string; share: Share }>>;
  /** Those that are over too, the newest first. */
  shares(key: ReturnKey): Promise<readonly { readonly share: Share; readonly isOpen: boolean }[]>;
  /** The return that a link opens. Refuses one that is none (`not-found`) or is over (`share-ended`). */
  openShare(key: ReturnKey, id: string): Promise<Outcome<SharedReturn>>;
  /** Ends one link, or all of the return. */
  endShares(key: ReturnKey, id: string | undefined, actor: string): Promise<Outcome<undefined>>;
}

type ShareSources = Pick<Store, 'storedReturn' | 'currentDirectory' | 'shares' | 'share' | 'addShare' | 'endShare'>;

export function createShares(store: ShareSources, { now, randomId }: ClockAndIds): Shares {
  async function openReturn(key: ReturnKey) {
    const [read, current] = await Promise.all([store.storedReturn(key), store.currentDirectory()]);
    if (!read.ok) return read;
    const { round, form, directory, standing } = read.value;
    const units = [...(current === undefined ? [] : [current.directory]), directory].map((each) =>
      unitsByCode(each, form.units).get(key.unit),
    );
    const unit = units.find((each) => each !== undefined);
    return unit === undefined
      ? refused('not-found')
      : done({ round, form, unit, standing, phase: phaseOfReturn(round, standing, now()), editor: unit.editor });
  }

  function errorsIn(form: Form, { sections = [], expiresAt }: ShareWanted): FieldError[] {
    const unknown = sections.filter((key) => !form.sections.some((section) => section.key === key));
    const end = Date.parse(expiresAt);
    const isTooLate = end > latestShareEnd(now()).getTime();
    const wrong =
      end <= now().getTime() ? '期限は今より後にしてください。' : `期限は${longestShareDays}日以内にしてください。`;
    return [
      ...unknown.map((key) => ({ path: 'sections', code: 'unknown-section', message: `区分 ${key} はありません。` })),
      ...(end <= now().getTime() || isTooLate ? [{ path: 'expiresAt', code: 'out-of-range', message: wrong }] : []),
    ];
  }

  return {
    createShare: async (key, wanted, maker) => {
      const found = await openReturn(key);
      if (!found.ok) return found;
      const { form, standing, phase, editor } = found.value;
      if (!isEditable(standing)) return refused('not-editable');
      if (isOver(standing, phase)) return refused('closed');
      const errors = errorsIn(form, wanted);
      if (errors.length > 0) return refused('invalid-share', { errors });
      const open = (await store.shares(key)).filter((share) => isShareOpen(share, found.value, now()));
      if (open.length >= mostOpen) return refused('too-many-shares');
      const secret = randomId();
      const { sections, name, expiresAt } = wanted;
      const added = await store.addShare(key, {
        id: shareIdOf(secret),
        ...(sections === undefined ? {} : { sections: [...new Set(sections)] }),
        name,
        expiresAt: new Date(expiresAt).toISOString(),
        createdAt: now().toISOString(),
        createdBy: maker.name,
        createdById: maker.id,
        editor,
      });
      return added.ok ? done({ secret, share: added.value }) : added;
    },

    shares: async (key) => {
      const [shares, found] = await Promise.all([store.shares(key), openReturn(key)]);
      const newest = shares.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
      return newest.map((share) => ({ share, isOpen: found.ok && isShareOpen(share, found.value, now()) }));
    },

    openShare: async (key, id) => {
      const share = await store.share(key, id);
      if (share === undefined) return refused('not-found');
      const found = await openReturn(key);
      if (!found.ok) return found;
      return isShareOpen(share, found.value, now()) ? done({ share, ...found.value }) : refused('share-ended');
    },

    endShares: async (key, id, actor) => {
      const wanted = id === undefined ? (await store.shares(key)).map((share) => share.id) : [id];
      for (const each of wanted) {
        const ended = await store.endShare(key, each, actor);
        // One that was none cannot be used any more either.
        if (!ended.ok && ended.problem.code !== 'not-found') return ended;
      }
      return done(undefined);
    },
  };
}
