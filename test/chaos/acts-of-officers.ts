/** What officers do beside answering and reviewing: exceptions, entry for a unit, the closing of a round, contacts and mails. */

import { done } from '../../functions/domain/outcome.ts';
import type { Outcome } from '../../functions/domain/outcome.ts';
import { saveContact } from '../../functions/service/contacts.ts';
import { savePublicAddress } from '../../functions/service/editions.ts';
import { changeClosing, removeRound } from '../../functions/service/rounds.ts';
import { createAccountLog } from '../../functions/storage/account-log.ts';
import { createExports } from '../../functions/storage/exports.ts';
import { createPublications } from '../../functions/storage/publications.ts';
import {
  complete,
  definition,
  returnOf,
  round,
  saveFirst,
  submitFirst,
  succeed,
} from '../integration/support/storage.ts';
import type { TestTable } from '../integration/support/storage.ts';
import type { Act } from './act.ts';

const key = returnOf();
const whole = { kind: 'return' } as const;
const proxy = { source: 'telephone', reason: '通信障害のため' } as const;
const correction = { source: 'correction', reason: '転記の誤り' } as const;
const moreTime = { dueAt: '2025-01-10', reason: '台風のため' };
const person = { division: '障害福祉課', person: '佐藤', telephone: '049-000-0000', email: 'fukushi@town.example' };

const note = { kind: 'round', about: round, text: '電話は午前中に。', by: '県' } as const;
const invited = { actor: '管理者', username: 'kawagoe', what: 'create' } as const;

const mail = {
  event: 'notice',
  unit: key.unit,
  key: 'notice:by:1',
  returns: [],
  to: [person.email],
  subject: '件名',
  body: '本文',
  recordedAt: '2024-10-15T03:00:00.000Z',
} as const;

async function change({ store, context }: TestTable, kind: 'close' | 'reopen'): Promise<Outcome<unknown>> {
  const stands = await store.round(round);
  if (stands === undefined) throw new Error('no round');
  const wanted = kind === 'close' ? { kind } : ({ kind, closesAt: definition.dueAt } as const);
  return changeClosing({ store, forms: context.forms, now: context.now }, stands, wanted, '県');
}

/** An edition without files. */
async function publish({ store, context }: TestTable): Promise<void> {
  // Under the same ids each time, so that two tables are alike.
  const exports = createExports({ ...context, random: () => 0 });
  const publications = createPublications({ ...context, randomId: () => 'owner' });
  const { exportId } = succeed(await exports.startExport(round, '県'));
  await exports.claimExport(round, exportId, 'run');
  const { asOf } = (await store.roundState(round)) ?? { asOf: { seq: 0, at: '' } };
  const counts = { expected: 1, submitted: 0, accepted: 1, correcting: 0 };
  await exports.exportWritten(round, exportId, 'run', {
    exportId,
    round,
    asOf,
    forms: { [key.form]: counts },
    files: [],
  });
  await exports.exportDone(round, exportId);
  const reserved = succeed(await publications.reserveEdition(round, exportId, '県'));
  await publications.completeEdition(await publications.sealEdition(reserved));
}

export const actsOfOfficers: Readonly<Record<string, Act>> = {
  'more time for a return': {
    prepare: (table) => saveFirst(table, key),
    act: ({ store }) => store.extend(key, moreTime, '県'),
  },
  'an edition that is taken back': {
    prepare: publish,
    act: ({ context }) =>
      createPublications(context).withdrawEdition(round, 1, { actor: '県', reason: '個人名の記載' }),
  },
  'a public address': {
    prepare: () => Promise.resolve(),
    act: ({ store, context: { now } }) =>
      savePublicAddress({ store, now, offersPublicAddress: true }, round, { isOpen: true }, '県'),
  },
  'the end of more time': {
    prepare: async ({ store }) => succeed(await store.extend(key, moreTime, '県')),
    act: ({ store }) => store.endExtension(key, '県'),
  },
  'the word that a return will not come': {
    prepare: () => Promise.resolve(),
    act: ({ store }) => store.markAbsent(key, { reason: '不在' }, '県'),
  },
  'the end of that word': {
    prepare: async ({ store }) => succeed(await store.markAbsent(key, { reason: '不在' }, '県')),
    act: ({ store }) => store.endAbsence(key, '県'),
  },
  'the beginning of an entry by the prefecture': {
    prepare: (table) => saveFirst(table, key),
    act: ({ store }) => store.beginProxy(key, proxy, '県'),
  },
  'a submission by the prefecture': {
    prepare: async ({ store }) =>
      succeed(await store.saveDraft(key, whole, { answers: complete }, { ifNoneMatch: '*' }, '県', 'p', proxy)),
    act: ({ store }) => store.submit(key, { actor: '県', body: '', onBehalf: proxy }),
  },
  'a correction by the prefecture': {
    prepare: (table) => submitFirst(table, key),
    act: ({ store }) => {
      const answers = { overview: { status: 'established', meetings: 13 } };
      const corrected = { answers, actorId: 'p' };
      return store.submit(key, { actor: '県', body: JSON.stringify(answers), onBehalf: correction, corrected });
    },
  },
  'the closing of a round': {
    prepare: () => Promise.resolve(),
    act: (table) => change(table, 'close'),
  },
  'the opening of a closed round': {
    prepare: async (table) => succeed(await change(table, 'close')),
    act: (table) => change(table, 'reopen'),
  },
  'the removal of a round': {
    prepare: async ({ store }) => succeed(await store.defineRound('r7', definition, '県')),
    act: ({ store }) => removeRound(store, 'r7', '県'),
  },
  'the demand for a second person': {
    prepare: () => Promise.resolve(),
    act: async ({ store }) => done(await store.saveUnitSettings(key.unit, { approval: true })),
    isOneWrite: true,
  },
  'a note': {
    prepare: () => Promise.resolve(),
    act: async ({ store }) => done(await store.addNote(note)),
    isOneWrite: true,
  },
  'the removal of a note': {
    prepare: ({ store }) => store.addNote(note),
    act: async ({ store }) => {
      const [written] = await store.notes();
      return done(await store.removeNote(written?.id ?? ''));
    },
    isOneWrite: true,
  },
  'a word in the log of accounts': {
    prepare: () => Promise.resolve(),
    act: async ({ context }) => done(await createAccountLog(context).record(invited)),
    isOneWrite: true,
  },
  'whom to ask in a municipality': {
    prepare: () => Promise.resolve(),
    act: ({ store }) => saveContact(store, key.unit, { main: person }, { ifMatch: '"0"' }, '市'),
  },
  'a mail to a municipality': {
    prepare: () => Promise.resolve(),
    act: async ({ store }) => done(await store.recordMail(round, { ...mail, returns: [], to: [...mail.to] })),
    isOneWrite: true,
  },
  'the beginning of sending a mail': {
    prepare: ({ store }) => store.recordMail(round, { ...mail, returns: [], to: [...mail.to] }),
    act: async ({ store }) => done(await store.beginMail(round, mail)),
    isOneWrite: true,
  },
};
