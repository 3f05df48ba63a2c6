/** What stands of one return, read in one request. */

import type { UnitSettings } from '../../schemas/approval.ts';
import type { Form } from '../../schemas/form.ts';
import type { ReturnKey } from '../../schemas/return.ts';
import type { Directory } from '../../schemas/directory.ts';
import { formerUnit } from '../../schemas/directory-on-day.ts';
import type { Round } from '../../schemas/round.ts';
import { notStarted } from '../domain/life.ts';
import type { Standing } from '../domain/life.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { StorageContext } from './context.ts';
import type { Directories } from './directories.ts';
import { disposedRound, metaOf } from './disposals.ts';
import { isIdempotencyName } from './idempotency.ts';
import { draftItem, headItem } from './items.ts';
import type { DraftItem, HeadItem, MetaItem } from './items.ts';
import {
  draftKey,
  headKey,
  idempotencyKey,
  isReturnKey,
  metaKey,
  roundListRevisionKey,
  unitSettingsKey,
} from './keys.ts';
import type { ItemKey } from './keys.ts';
import { readItem, readItems } from './reads.ts';
import { loadDocuments } from './form-documents.ts';
import { roundOf } from './round-list.ts';
import type { StoredItem } from './reads.ts';
import { settingsOf } from './unit-settings.ts';
import { askedUnits } from '../../schemas/asked-units.ts';
import { formOf } from '../../schemas/round-forms.ts';

export interface ReturnAsRead {
  readonly meta: MetaItem;
  readonly round: Round;
  readonly form: Form;
  readonly directory: Directory;
  /** The unit ended before the day of the directory: its return is only read. */
  readonly isFormer: boolean;
  readonly head: HeadItem | undefined;
  readonly standing: Standing;
  readonly draft: DraftItem | undefined;
  readonly unitSettings: UnitSettings;
  readonly besides: readonly (StoredItem | undefined)[];
}

function keysOf(key: ReturnKey): ItemKey[] {
  return [metaKey(key.round), headKey(key), draftKey(key), unitSettingsKey(key.unit)];
}

interface ReadAhead {
  readonly keys: readonly ItemKey[];
  readonly items: Promise<(StoredItem | undefined)[]>;
}

const ahead = new WeakMap<ReturnKey, ReadAhead>();

/**
 * Asks for the items of a return before it is known who may have them: with what is asked for in the same turn they are one
 * request. The first read by this very key gets them, and no other; a change that follows from them fails where they are old.
 */
export function readAhead(context: StorageContext, key: ReturnKey, name?: string): void {
  if (!isReturnKey(key)) return;
  const keys = [
    ...keysOf(key),
    roundListRevisionKey,
    ...(name === undefined || !isIdempotencyName(name) ? [] : [idempotencyKey(key, name)]),
  ];
  const items = Promise.all(keys.map((each) => readItem(context, each)));
  // Where the person may not have them, nobody comes for them.
  items.catch(() => undefined);
  ahead.set(key, { keys, items });
}

/** Before the first save there is a head where the prefecture has given more time, or said that nothing will come. */
function standingIn(head: HeadItem | undefined): Standing {
  return head?.standing ?? notStarted;
}

function headOf(item: StoredItem | undefined): HeadItem | undefined {
  return item && headItem.parse(item);
}

/**
 * The items of a return. One request reads several items, not one moment: where the first save falls in between, there
 * is a draft of what is not started or the other way round, and they are read again.
 */
async function readTogether(
  context: StorageContext,
  key: ReturnKey,
  besides: readonly ItemKey[],
): Promise<{ readonly items: readonly (StoredItem | undefined)[]; readonly head: HeadItem | undefined }> {
  const keys = [...keysOf(key), ...besides];
  const early = ahead.get(key);
  ahead.delete(key);
  const places = keys.map(({ pk, sk }) => early?.keys.findIndex((each) => each.pk === pk && each.sk === sk) ?? -1);
  const read = places.includes(-1) ? undefined : await early?.items;
  const items = read === undefined ? await readItems(context, keys) : places.map((place) => read[place]);
  const [, headRead, draft] = items;
  const head = headOf(headRead);
  if ((standingIn(head).state === 'notStarted') === (draft === undefined)) return { items, head };
  const again = await readItems(context, keys);
  return { items: again, head: headOf(again[1]) };
}

/**
 * Reads a return, and other items with it. Refuses an unknown round, form or unit (`not-found`) and a round that was
 * disposed of (`round-disposed`).
 */
export async function readReturn(
  context: StorageContext,
  directories: Pick<Directories, 'directoryOfRound'>,
  key: ReturnKey,
  besides: readonly ItemKey[] = [],
): Promise<Outcome<ReturnAsRead>> {
  if (!isReturnKey(key)) return refused('not-found');
  const { items, head } = await readTogether(context, key, besides);
  const [metaRead, , draftRead, unitRead, ...besidesRead] = items;
  const gone = disposedRound(metaRead);
  if (gone !== undefined) return gone;
  const meta = metaOf(metaRead);
  if (meta === undefined) return refused('not-found');
  const round = roundOf(key.round, meta);
  await loadDocuments(context, [round]);
  const form = formOf(context.forms, round, key.form);
  if (form === undefined) return refused('not-found');
  const directory = await directories.directoryOfRound(round);
  const asked = askedUnits(directory, round, form).get(key.unit);
  const unit = asked ?? (head && formerUnit(directory, form.units, key.unit));
  if (unit === undefined) return refused('not-found');
  const draft = draftRead === undefined ? undefined : draftItem.parse(draftRead);
  const standing = standingIn(head);
  const unitSettings = settingsOf(unitRead);
  const isFormer = asked === undefined;
  const found = { meta, round, form: form.knowing({ unit }), directory, isFormer, head, standing, draft, unitSettings };
  return done({ ...found, besides: besidesRead });
}
