/** Sends what is due, and what waits, one mail after the other; and notes what did not arrive. */

import { createHash } from 'node:crypto';
import { dayLength, startOf } from '../../schemas/round.ts';
import type { Round } from '../../schemas/round.ts';
import type { Mail, WrittenMail } from '../../schemas/mail.ts';
import { writeMessage } from '../domain/mail-message.ts';
import type { OperatorLog } from '../platform/logger.ts';
import type { OperatorMetrics } from '../platform/metrics.ts';
import { queueDueMails } from '../service/mails.ts';
import type { MailSite, MailSources } from '../service/mails.ts';
import type { MailSender } from '../storage/mail-sender.ts';
import type { Store } from '../storage/store.ts';
import type { ToldMail } from './request.ts';

export interface MailDeps extends MailSources {
  readonly store: MailSources['store'] & Pick<Store, 'rounds' | 'beginMail' | 'endMail' | 'returnMail'>;
  readonly sender: MailSender;
  /** The address that mails come from. */
  readonly from: string;
  readonly site: MailSite;
  readonly now: () => Date;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly randomId: () => string;
  readonly log: OperatorLog;
  readonly metrics: OperatorMetrics;
}

/** Rounds that opened longer ago are over, and asked for every few minutes they would cost more than they tell. */
const longestRound = 550 * dayLength;
/** In milliseconds: a new mail is begun so long after the start, and what is left waits for the next one. */
const longestRun = 10 * 60_000;
/** Between two mails: SES takes fourteen in a second. */
const pace = 80;
const mostTries = 5;

function isCurrent({ draft, opensAt }: Round, now: Date): boolean {
  const since = now.getTime() - startOf(opensAt);
  return draft === undefined && since >= 0 && since < longestRound;
}

/** Names a mail to SES without saying whose it is. */
export function tagOf({ unit, key }: Pick<Mail, 'unit' | 'key'>): string {
  return createHash('sha256').update(`${unit}#${key}`).digest('hex');
}

async function sendMail(deps: MailDeps, round: Round, mail: WrittenMail): Promise<void> {
  const { store, sender, from, site, now, wait, randomId, metrics } = deps;
  if (!(await store.beginMail(round.id, mail))) return;
  const message = writeMessage({
    from: { name: `${site.prefectureName} ${site.contact.department}`, address: from },
    to: mail.to,
    replyTo: site.contact.email,
    subject: mail.subject,
    body: mail.body,
    at: now(),
    id: randomId(),
  });
  const tags = { round: round.id, mail: tagOf(mail) };
  for (let attempt = 1; ; attempt += 1) {
    await wait(pace * attempt ** 2);
    const attempted = await sender.send(message, mail.to, tags);
    // Refused because there are too many at once: it has not gone out.
    if (attempted.kind === 'refused' && attempted.mayPass && attempt < mostTries) continue;
    if (attempted.kind === 'sent') return store.endMail(round.id, mail, 'sent');
    metrics.count('MailsFailed');
    const state = attempted.kind === 'refused' ? 'failed' : 'unknown';
    return store.endMail(round.id, mail, state, attempted.reason);
  }
}

async function sendWaiting(
  deps: MailDeps,
  round: Round,
  waiting: readonly WrittenMail[],
  end: number,
): Promise<number> {
  let sent = 0;
  for (const mail of waiting) {
    if (deps.now().getTime() >= end) break;
    await sendMail(deps, round, mail);
    sent += 1;
  }
  return sent;
}

/**
 * Records what is due at an instant, and sends what is recorded. A round that fails does not keep the others from it.
 *
 * @throws AggregateError when any failed, so that the run is repeated and the alarm raised
 */
export async function runMails(deps: MailDeps, at: string): Promise<void> {
  const { store, site, now, log } = deps;
  // Whoever starts it by hand cannot send early by writing a later time.
  const instant = new Date(Math.min(Date.parse(at), now().getTime()));
  const end = now().getTime() + longestRun;
  const failures: unknown[] = [];
  for (const round of (await store.rounds()).filter((each) => isCurrent(each, instant))) {
    try {
      // All that a round ever sent: it is read once in a run.
      const recorded = await store.mails(round.id);
      const added = await queueDueMails(deps, site, { round, recorded }, instant);
      const waiting = [...recorded.filter(({ state }) => state === 'queued'), ...added];
      const sent = await sendWaiting(deps, round, waiting, end);
      if (added.length + sent > 0) log.info('mails', { round: round.id, recorded: added.length, sent });
    } catch (error) {
      log.error('mails-failed', error, { round: round.id });
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `mails of ${failures.length} rounds failed`);
}

/** Notes a mail that came back, or of which its receiver complained. One that is not known is nobody's. */
export async function noteReturn({ store, log, metrics }: MailDeps, { detail }: ToldMail): Promise<void> {
  const { eventType, bounce, mail } = detail;
  const [round] = mail.tags.round;
  metrics.count('MailsReturned');
  const found = (await store.mails(round)).find((each) => tagOf(each) === mail.tags.mail[0]);
  log.info('mail-returned', { round, event: eventType, isKnown: found !== undefined });
  if (found !== undefined) await store.returnMail(round, found, bounce?.bounceType ?? eventType);
}
