/** A run that sends mails, for every municipality of Japan: storage and the mail service are held in memory. */

import { describe, expect, it } from 'vitest';
import { runMails } from '../../../../functions/mail/run.ts';
import type { MailDeps } from '../../../../functions/mail/run.ts';
import type { MailSender } from '../../../../functions/storage/mail-sender.ts';
import type { Directory } from '../../../../schemas/directory.ts';
import { forms } from '../../../../schemas/forms/catalogue.ts';
import type { Mail } from '../../../../schemas/mail.ts';
import { roundDefinition } from '../../../../schemas/round.ts';

const opening = '2024-10-15T00:00:00.000Z';
const minute = 60_000;

const round = {
  ...roundDefinition.parse({
    name: '令和6年度調査',
    fiscalYear: 2024,
    referenceDate: '2024-09-30',
    period: { from: '2023-04', to: '2024-09' },
    forms: { 'municipal-survey': 2024 },
    opensAt: '2024-10-15',
    dueAt: '2024-11-29',
  }),
  id: 'R6',
  directoryVersion: 1,
};

/** More than one prefecture may have, so that nobody asks whether its codes are one's. */
function directoryOf(count: number): Directory {
  const municipalities = Array.from({ length: count }, (_, index) => ({
    code: String(100_000 + index),
    name: `第${index}市`,
    kind: 'city' as const,
  }));
  return { prefecture: { code: '110001', name: '埼玉県' }, municipalities, councils: [] };
}

/** Storage that keeps one mail for each municipality and key, and lets one of all who try begin it. */
function memoryOf(directory: Directory, now: () => Date): MailDeps['store'] {
  const mails = new Map<string, Mail>();
  const nameOf = ({ unit, key }: Pick<Mail, 'unit' | 'key'>): string => `${unit}#${key}`;
  const change = (mail: Pick<Mail, 'unit' | 'key'>, state: Mail['state'], from: Mail['state']): boolean => {
    const kept = mails.get(nameOf(mail));
    if (kept?.state !== from) return false;
    mails.set(nameOf(mail), { ...kept, state });
    return true;
  };
  return {
    rounds: async () => [round],
    roundState: async () => ({
      asOf: { seq: 1, at: opening },
      changedSeq: 1,
      directoryVersion: 1,
      returns: new Map(),
      editions: [],
      releases: [],
      undoable: new Map(),
    }),
    directoryOfRound: async () => directory,
    currentDirectory: async () => undefined,
    contacts: async () =>
      directory.municipalities.map(({ code }) => ({
        unit: code,
        revision: 1,
        savedAt: opening,
        savedBy: '県',
        main: { division: '福祉課', person: '担当', telephone: '048-000-0000', email: `a${code}@town.example` },
      })),
    mailSettings: async () => ({ settings: {}, revision: 0 }),
    askedQuestions: { all: async () => [] },
    mails: async () => [...mails.values()],
    recordMail: async (_round, mail) => {
      if (mails.has(nameOf(mail))) return false;
      mails.set(nameOf(mail), { ...mail, state: 'queued', tries: 0, changedAt: now().toISOString() });
      return true;
    },
    beginMail: async (_round, mail) => change(mail, 'sending', 'queued'),
    endMail: async (_round, mail, state) => void change(mail, state, 'sending'),
    returnMail: async () => undefined,
  };
}

/** Waiting passes time, and nothing else does. */
function deskOf(count: number): { deps: MailDeps; sent: string[]; elapsed: () => number } {
  let elapsed = 0;
  const sent: string[] = [];
  const now = (): Date => new Date(Date.parse(opening) + elapsed);
  const sender: MailSender = {
    send: async (_message, to) => {
      sent.push(...to);
      return { kind: 'sent' };
    },
  };
  const deps: MailDeps = {
    store: memoryOf(directoryOf(count), now),
    forms,
    sender,
    from: 'chousa@saitama.example',
    site: {
      url: 'https://yoriai.example/',
      prefectureName: '埼玉県',
      contact: { department: '障害者支援課', phone: '048-000-0000', email: 'ask@saitama.example' },
    },
    now,
    wait: async (milliseconds) => void (elapsed += milliseconds),
    randomId: () => 'id',
    log: { info: () => undefined, error: () => undefined },
    metrics: { count: () => undefined },
  };
  return { deps, sent, elapsed: () => elapsed };
}

describe('a run that sends mails', () => {
  it('writes to 1,700 municipalities in one go, to each once though the schedule is delivered twice', async () => {
    const { deps, sent, elapsed } = deskOf(1700);
    await Promise.all([runMails(deps, opening), runMails(deps, opening)]);
    await runMails(deps, opening);
    expect(sent).toHaveLength(1700);
    expect(new Set(sent).size).toBe(1700);
    // As slowly as SES wants it, and well before the time of a run is over.
    expect(elapsed()).toBeLessThan(10 * minute);
    expect((await deps.store.mails('R6')).every(({ state }) => state === 'sent')).toBe(true);
  });

  it('reads what was ever sent once, whether there is something to send or not', async () => {
    const { deps, sent } = deskOf(1700);
    let read = 0;
    const store: MailDeps['store'] = {
      ...deps.store,
      mails: (of) => {
        read += 1;
        return deps.store.mails(of);
      },
    };
    for (const runs of [1, 2]) {
      await runMails({ ...deps, store }, opening);
      expect([read, sent.length]).toEqual([runs, 1700]);
    }
  });

  it('sends nothing before the minute, whatever time it is told', async () => {
    const { deps, sent } = deskOf(1);
    const early = new Date(Date.parse(opening) - 1);
    await runMails({ ...deps, now: () => early }, opening);
    expect(sent).toEqual([]);
    await runMails(deps, opening);
    expect(sent).toHaveLength(1);
  });
});
