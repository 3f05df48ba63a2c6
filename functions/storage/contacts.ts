/** Contacts (連絡先) of municipalities: an item each, beside every round, replaced whole. */

import * as z from 'zod';
import { keptContact } from '../../schemas/unit-contact.ts';
import type { KeptContact, UnitContact } from '../../schemas/unit-contact.ts';
import { done } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { StorageContext } from './context.ts';
import { putOver } from './export-items.ts';
import { contactKey, contactsPartition } from './keys.ts';
import { readAll, readItem } from './reads.ts';
import { putNew, transact } from './transact.ts';
import type { TransactionStep } from './transact.ts';

const contactItem = z.object({ record: z.string(), operation: z.string() });

export interface Contacts {
  /** Of a municipality that is known to the directory; none before it has one. */
  contact(unit: string): Promise<KeptContact | undefined>;
  contacts(): Promise<KeptContact[]>;
  /** Replaces it with what `decide` wants, `undefined` for no change. Refuses what it refuses, and `busy`. */
  changeContact(
    unit: string,
    actor: string,
    decide: (kept: KeptContact | undefined) => Outcome<UnitContact | undefined>,
  ): Promise<Outcome<KeptContact | undefined>>;
}

function contactOf(item: unknown): KeptContact {
  return keptContact.parse(JSON.parse(contactItem.parse(item).record));
}

export function createContacts(context: StorageContext): Contacts {
  const { table, now } = context;
  return {
    contact: async (unit) => {
      const item = await readItem(context, contactKey(unit));
      return item === undefined ? undefined : contactOf(item);
    },
    contacts: async () => (await readAll(context, { pk: contactsPartition })).map(contactOf),
    changeContact: (unit, actor, decide) =>
      transact<KeptContact | undefined>(context, async (operation) => {
        const item = await readItem(context, contactKey(unit));
        const kept = item === undefined ? undefined : contactOf(item);
        const wanted = decide(kept);
        if (!wanted.ok) return wanted;
        if (wanted.value === undefined)
          return done<TransactionStep<KeptContact | undefined>>({ kind: 'settled', value: kept });
        const revision = (kept?.revision ?? 0) + 1;
        const value = { ...wanted.value, unit, savedAt: now().toISOString(), savedBy: actor, revision };
        const stored = { ...contactKey(unit), record: JSON.stringify(value), operation };
        const write =
          item === undefined ? putNew(table, stored) : putOver(table, stored, contactItem.parse(item).operation);
        return done<TransactionStep<KeptContact | undefined>>({
          kind: 'write',
          writes: [write],
          proof: contactKey(unit),
          value,
        });
      }),
  };
}
