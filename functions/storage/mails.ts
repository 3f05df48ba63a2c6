/**
 * Mails of a round: recorded before anybody sends them, one for each municipality and key, and from then on in one state at
 * a time. Who begins to send one takes it; whoever comes at the same time does not. If that process dies, the mail stays
 * begun, and nobody but a person begins it again.
 */

import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { mailState, writtenMail } from '../../schemas/mail.ts';
import type { Mail, MailState, WrittenMail } from '../../schemas/mail.ts';
import type { StorageContext } from './context.ts';
import { isRoundId, mailKey } from './keys.ts';
import { readAll } from './reads.ts';

/** In milliseconds: longer than any process lives that sends mails. */
const longestSending = 20 * 60 * 1000;

const mailItem = z.lazy(() =>
  z.object({
    mail: z.string(),
    state: mailState,
    tries: z.int().nonnegative(),
    changedAt: z.iso.datetime(),
    reason: z.string().optional(),
  }),
);

type Ended = 'sent' | 'failed' | 'unknown';

export interface Mails {
  /** In the order of municipalities and keys. */
  mails(round: string): Promise<Mail[]>;
  /** Whether it is recorded now; `false` where there is one of this municipality and key already. */
  recordMail(round: string, mail: WrittenMail): Promise<boolean>;
  /** Takes it to be sent: `true` for one of all who try. */
  beginMail(round: string, mail: Pick<Mail, 'unit' | 'key'>): Promise<boolean>;
  /** Says how it ended, by whoever began it. */
  endMail(round: string, mail: Pick<Mail, 'unit' | 'key'>, state: Ended, reason?: string): Promise<void>;
  /** What the mail service says later of one that was sent, or may have been. */
  returnMail(round: string, mail: Pick<Mail, 'unit' | 'key'>, reason: string): Promise<void>;
  /** Lets one that did not arrive, or of which it is not known, be sent once more; `false` of any other. */
  repeatMail(round: string, mail: Pick<Mail, 'unit' | 'key'>, to: readonly string[]): Promise<boolean>;
}

/** One that was begun long ago and has not ended: nobody knows whether it went out. */
function stateAt({ state, changedAt }: Pick<Mail, 'state' | 'changedAt'>, now: Date): MailState {
  return state === 'sending' && now.getTime() - Date.parse(changedAt) > longestSending ? 'unknown' : state;
}

export function createMails(context: StorageContext): Mails {
  const { client, table, now } = context;

  /** Whether the condition held. One that held and whose answer was lost counts as one that did not. */
  async function change(
    round: string,
    { unit, key }: Pick<Mail, 'unit' | 'key'>,
    {
      from,
      ...wanted
    }: { state: MailState; from: readonly MailState[]; reason?: string; adds?: number; mail?: string },
  ): Promise<boolean> {
    const names = { '#state': 'state', '#reason': 'reason', ...(wanted.mail === undefined ? {} : { '#mail': 'mail' }) };
    const sets = [
      '#state = :state',
      'changedAt = :now',
      ...(wanted.reason === undefined ? [] : ['#reason = :reason']),
      ...(wanted.mail === undefined ? [] : ['#mail = :mail']),
    ];
    const removes = wanted.reason === undefined ? ' REMOVE #reason' : '';
    const states = Object.fromEntries(from.map((state, index) => [`:from${index}`, state]));
    try {
      await client.send(
        new UpdateCommand({
          TableName: table,
          Key: mailKey(round, unit, key),
          UpdateExpression: `SET ${sets.join(', ')}${removes} ADD tries :adds`,
          ConditionExpression: `#state IN (${Object.keys(states).join(', ')})`,
          ExpressionAttributeNames: names,
          ExpressionAttributeValues: {
            ':state': wanted.state,
            ':now': now().toISOString(),
            ':adds': wanted.adds ?? 0,
            ...states,
            ...(wanted.reason === undefined ? {} : { ':reason': wanted.reason }),
            ...(wanted.mail === undefined ? {} : { ':mail': wanted.mail }),
          },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  async function mails(round: string): Promise<Mail[]> {
    if (!isRoundId(round)) return [];
    const items = await readAll(context, { pk: mailKey(round, '', '').pk });
    return items.map((item): Mail => {
      const { mail: text, ...rest } = mailItem.parse(item);
      return { ...writtenMail.parse(JSON.parse(text)), ...rest, state: stateAt(rest, now()) };
    });
  }

  return {
    mails,
    recordMail: async (round, mail) => {
      const item = {
        ...mailKey(round, mail.unit, mail.key),
        mail: JSON.stringify(mail),
        state: 'queued',
        tries: 0,
        changedAt: now().toISOString(),
      };
      try {
        await client.send(
          new PutCommand({ TableName: table, Item: item, ConditionExpression: 'attribute_not_exists(pk)' }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
    beginMail: (round, mail) => change(round, mail, { state: 'sending', from: ['queued'], adds: 1 }),
    endMail: async (round, mail, state, reason) => {
      await change(round, mail, { state, from: ['sending'], ...(reason === undefined ? {} : { reason }) });
    },
    returnMail: async (round, mail, reason) => {
      await change(round, mail, { state: 'undelivered', from: ['sent', 'sending', 'unknown'], reason });
    },
    repeatMail: async (round, { unit, key }, to) => {
      const found = (await mails(round)).find((each) => each.unit === unit && each.key === key);
      if (found === undefined || !['failed', 'unknown', 'undelivered'].includes(found.state)) return false;
      const mail = JSON.stringify(writtenMail.parse({ ...found, to: [...to] }));
      return change(round, found, { state: 'queued', from: ['failed', 'unknown', 'undelivered', 'sending'], mail });
    },
  };
}
