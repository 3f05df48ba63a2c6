/** Mails of a round: recorded, sent once, and what became of each. The clock and the mail service are the test's. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { noteReturn, runMails, tagOf } from '../../../functions/mail/run.ts';
import type { ToldMail } from '../../../functions/mail/request.ts';
import type { MailDeps } from '../../../functions/mail/run.ts';
import type { Attempted, MailSender } from '../../../functions/storage/mail-sender.ts';
import { createStore } from '../../../functions/storage/store.ts';
import { readMessage } from '../../../infra/local/outbox.ts';
import { forms } from '../../../schemas/forms/catalogue.ts';
import type { Mail } from '../../../schemas/mail.ts';
import { directoryFixture, ok, openRound } from '../support/fixtures.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const person = { division: '障害福祉課', person: '山田', telephone: '049-000-0000', email: 'fukushi@kawagoe.example' };
const town = '112011';

let system: TestSystem;
let round = 'R0';
let path: string;
let clock: Date;
let sent: string[];

/** Every message goes to where `answer` says, this one by default. */
function sender(answer: (message: string) => Attempted = () => ({ kind: 'sent' })): MailSender {
  return {
    send: async (message) => {
      const attempted = answer(message);
      if (attempted.kind === 'sent') sent.push(message);
      return attempted;
    },
  };
}

function deps(changed: Partial<MailDeps> = {}): MailDeps {
  const storage = { ...system.storage, now: () => clock };
  const store = createStore(storage);
  return {
    // The rounds of other tests are theirs.
    store: { ...store, rounds: async () => (await store.rounds()).filter(({ id }) => id === round) },
    forms,
    sender: sender(),
    from: 'chousa@saitama.example',
    site: {
      url: 'https://yoriai.example/',
      prefectureName: '埼玉県',
      contact: { department: '障害者支援課', phone: '048-000-0000', email: 'ask@saitama.example' },
    },
    now: () => clock,
    wait: async () => undefined,
    randomId: storage.randomId,
    log: { info: () => undefined, error: () => undefined },
    metrics: { count: () => undefined },
    ...changed,
  };
}

const run = (changed: Partial<MailDeps> = {}): Promise<void> => runMails(deps(changed), clock.toISOString());
const mails = async (): Promise<Mail[]> => createStore({ ...system.storage, now: () => clock }).mails(round);
const states = async (): Promise<string[]> => (await mails()).map(({ key, state }) => `${key} ${state}`);
const later = (hours: number): Date => new Date(clock.getTime() + hours * 3_600_000);

beforeAll(async () => {
  system = await startTestSystem();
  ok(await system.prefecture.put('/api/directory', await directoryFixture('saitama-r6')));
  ok(await system.municipality(town).put(`/api/contacts/${town}`, { main: person }));
});
afterAll(() => system.stop());

/** A round of its own for each, which opened an hour ago; opening is told of by day. */
beforeEach(async () => {
  sent = [];
  const [, number = '0'] = /(\d+)$/.exec(round) ?? [];
  round = `R${Number(number) + 1}`;
  path = `/api/rounds/${round}/mails`;
  const opensAt = new Date(Date.now() - 60 * 60_000).toISOString();
  const dueAt = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  const definition = openRound({ 'municipal-survey': 2024, 'council-report': 2024 }, { opensAt, dueAt });
  ok(await system.prefecture.put(`/api/rounds/${round}`, definition));
  clock = new Date(Date.now() + 24 * 3_600_000);
});

describe('mails', () => {
  it('go to the contact of each municipality, with those of the councils that it leads, once however often it is run', async () => {
    await Promise.all([run(), run()]);
    await run();
    expect(await states()).toEqual(['opened sent']);
    expect(sent.map(readMessage)).toEqual([
      expect.objectContaining({ to: person.email, subject: '【令和6年度調査】回答の受付を開始しました' }),
    ]);
    const body = readMessage(sent[0] ?? '').body;
    for (const said of ['川越市', '障害福祉課 山田 様', '市町村調査票（川越市）', '協議会', 'https://yoriai.example/'])
      expect(body).toContain(said);
    const read = ok(await system.prefecture.get(path)).json();
    expect(read.mails).toEqual([expect.objectContaining({ unit: town, event: 'opened', state: 'sent', tries: 1 })]);
    expect((await system.municipality(town).get(path)).status).toBe(403);
  });

  it('whose process dies while it sends are unknown, and nobody but a person sends them again', async () => {
    const dies: MailSender = { send: () => Promise.reject(new Error('killed')) };
    await expect(run({ sender: dies })).rejects.toThrow();
    expect(await states()).toEqual(['opened sending']);
    clock = later(1);
    await run();
    expect([await states(), sent]).toEqual([['opened unknown'], []]);
    const again = { again: [`${town}#opened`] };
    expect((await system.prefecture.post(path, again)).json().queued).toBe(0);
    const service = createStore({ ...system.storage, now: () => clock });
    expect(await service.repeatMail(round, { unit: town, key: 'opened' }, [person.email])).toBe(true);
    await run();
    expect([await states(), sent.length]).toEqual([['opened sent'], 1]);
  });

  it('that were recorded and not begun are sent by the next run', async () => {
    const dies = { beginMail: () => Promise.reject(new Error('killed')) };
    await expect(run({ store: { ...deps().store, ...dies } })).rejects.toThrow();
    expect(await states()).toEqual(['opened queued']);
    await run();
    expect(await states()).toEqual(['opened sent']);
  });

  it('that are refused have failed, those without an answer are unknown, and what passes by itself is tried again', async () => {
    let attempts = 0;
    await run({
      sender: sender(() => {
        attempts += 1;
        return attempts < 3 ? { kind: 'refused', reason: 'TooManyRequestsException', mayPass: true } : { kind: 'sent' };
      }),
    });
    expect([await states(), attempts]).toEqual([['opened sent'], 3]);
    const notice = { event: 'notice', text: { subject: '確認', body: '{市町村} 様' } };
    for (const [id, attempted] of [
      ['one', { kind: 'refused', reason: 'MessageRejected', mayPass: false }],
      ['two', { kind: 'unknown', reason: 'TimeoutError' }],
    ] as const) {
      ok(await system.prefecture.post(path, { ...notice, units: [town], id }));
      await run({ sender: sender(() => attempted) });
    }
    expect(await states()).toEqual(['notice:by:one failed', 'notice:by:two unknown', 'opened sent']);
    const repeated = ok(await system.prefecture.post(path, { again: [`${town}#notice:by:one`, `${town}#opened`] }));
    expect(repeated.json()).toMatchObject({ queued: 1, skipped: 1 });
    await run();
    expect((await states())[0]).toBe('notice:by:one sent');
  });

  it('that come back are noted, and those of nobody are passed over', async () => {
    await run();
    const told = (mail: string): ToldMail => ({
      source: 'aws.ses',
      detail: {
        eventType: 'Bounce',
        bounce: { bounceType: 'Permanent' },
        mail: { tags: { round: [round], mail: [mail] } },
      },
    });
    await noteReturn(deps(), told('nobody'));
    expect(await states()).toEqual(['opened sent']);
    await noteReturn(deps(), told(tagOf({ unit: town, key: 'opened' })));
    expect(await mails()).toEqual([expect.objectContaining({ state: 'undelivered', reason: 'Permanent' })]);
  });

  it('of a person go to a filter of units, once for one request, with those named who have no contact', async () => {
    const early = { event: 'overdue', units: [town] };
    expect(ok(await system.prefecture.post(path, early)).json()).toMatchObject({ queued: 0, withoutAddress: [] });
    const reminder = { event: 'eve', states: ['notStarted'], units: [town, '112020'], id: 'mine' };
    expect(ok(await system.prefecture.post(path, reminder)).json()).toEqual({
      queued: 1,
      skipped: 0,
      withoutAddress: ['112020'],
    });
    expect(ok(await system.prefecture.post(path, reminder)).json()).toMatchObject({ queued: 0, skipped: 1 });
    for (const wrong of [
      {},
      { event: 'notice' },
      { event: 'opened', again: ['x'] },
      { event: 'notice', text: { subject: 'a\nBcc: b@c.jp', body: 'x' } },
    ])
      expect((await system.prefecture.post(path, wrong)).json()).toMatchObject({ status: 422, code: 'invalid-mail' });
    const log = ok(await system.prefecture.get(`/api/rounds/${round}/log?limit=500`)).text;
    expect(log).toContain('mailsRequested');
    expect(log).not.toContain(person.email);
  });

  it('go out one by one, and those that are left when the time is over with the next run', async () => {
    const store = deps().store;
    for (let unit = 0; unit < 60; unit += 1)
      await store.recordMail(round, {
        event: 'notice',
        unit: String(unit).padStart(6, '0'),
        key: 'notice:by:all',
        returns: [],
        to: ['a@town.example'],
        subject: '件名',
        body: '本文',
        recordedAt: clock.toISOString(),
      });
    let calls = 0;
    const start = clock;
    const hurried = () => new Date(start.getTime() + (calls > 30 ? 11 * 60_000 : 0));
    await run({ now: hurried, sender: sender(() => ((calls += 1), { kind: 'sent' })) });
    expect(sent).toHaveLength(31);
    await run();
    expect(sent).toHaveLength(61);
    expect(new Set((await mails()).map(({ state }) => state))).toEqual(new Set(['sent']));
  });

  it('wait for a contact, and are not sent by themselves where the prefecture prefers its own', async () => {
    await run();
    ok(await system.prefecture.put('/api/contacts/112020', { main: { ...person, email: 'kuma@example.jp' } }));
    expect(
      ok(
        await system.prefecture.put(
          `/api/rounds/${round}/mail-settings`,
          { off: ['opened'] },
          { 'if-none-match': '*' },
        ),
      ),
    );
    await run();
    expect(sent).toHaveLength(1);
    ok(await system.prefecture.put(`/api/rounds/${round}/mail-settings`, {}, { 'if-match': '"1"' }));
    await run();
    expect(sent.map((each) => readMessage(each).to)).toEqual([person.email, 'kuma@example.jp']);
  });
});
