/**
 * Who is signed in on the web. A session is found by the hash of the random id in its cookie, so that reading the
 * table lets nobody in. It ends after ten hours, after an hour without a request, when it is closed, or when all that
 * its person was issued is ended. An ended one stays for two weeks and lets nobody in: it tells whose text it is that a
 * page left open posts too late. A page's own token finds it too, since a browser may have lost its cookies.
 */

import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Person } from '../domain/authorisation.ts';
import type { StorageContext } from './context.ts';
import { sessionKey } from './keys.ts';
import { readItem } from './reads.ts';
import { isSameText, sha256 } from './seal.ts';
import { createSignOuts } from './sign-outs.ts';

const minute = 60 * 1000;
const longest = 10 * 60 * minute;
const longestIdle = 60 * minute;
const keptFor = 14 * 24 * 60 * minute;
/** How stale `seenAt` may get before it is written again. */
const seenEvery = 5 * minute;

const person = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(['prefecture', 'municipality']),
  rank: z.enum(['admin', 'reader']).optional(),
  units: z.array(z.string()),
  divisions: z.array(z.object({ unit: z.string(), form: z.string() })).optional(),
  share: z
    .object({
      round: z.string(),
      form: z.string(),
      unit: z.string(),
      id: z.string(),
      sections: z.array(z.string()).optional(),
    })
    .optional(),
}) satisfies z.ZodType<Person>;

/** Who reads alone is kept as a municipality of no unit: so an older release, which knows no ranks, takes them for nobody. */
const keptPerson = person.transform((kept): Person =>
  kept.rank === 'reader' ? { ...kept, role: 'prefecture' } : kept,
);

function personToKeep(given: Person): Person {
  return given.rank === 'reader' ? { ...given, role: 'municipality' } : given;
}

const sessionItem = z.lazy(() =>
  z.object({
    person: keptPerson,
    csrf: z.string(),
    /** When the tokens were issued that opened it, in seconds since the epoch. Sessions of before do not say. */
    issuedAt: z.int().optional(),
    /** Milliseconds since the epoch. */
    startedAt: z.int(),
    seenAt: z.int(),
    endedAt: z.int().optional(),
  }),
);

export interface Session {
  readonly person: Person;
  /** What every form of the session posts back. It begins with where the session is kept and ends with the person's mark. */
  readonly csrf: string;
  readonly hasEnded: boolean;
}

export interface Sessions {
  /**
   * Signs a person in: the id goes into the cookie.
   *
   * @param issuedAt when the provider vouched for the person, in seconds since the epoch
   */
  open(person: Person, issuedAt: number): Promise<{ readonly id: string }>;
  /** Notes, unless it has ended, that its person is still there. None where it never was. */
  session(id: string): Promise<Session | undefined>;
  /** Whose page it is that posts this token, whether or not the session has ended. It lets nobody in. */
  ownerOf(token: string): Promise<Person | undefined>;
  /** Signs out: the session has ended from now on. */
  close(id: string): Promise<void>;
}

/** Tells whose token it is when its session is long gone. It is no secret and proves nothing. */
export function markOf(personId: string): string {
  return sha256(personId).slice(0, 16);
}

/** The mark in a session's token. */
export function markIn(token: string): string | undefined {
  return /^[\w-]+\.([0-9a-f]{16})$/.exec(token)?.[1];
}

/** Where the session is kept that a token is of. Sessions of before do not say. */
function placeIn(token: string): string | undefined {
  return /^([0-9a-f]{64})-[\w-]+\.[0-9a-f]{16}$/.exec(token)?.[1];
}

export function createSessions(context: StorageContext): Sessions {
  const { client, table, now, randomId } = context;
  const signOuts = createSignOuts(context);

  /** Notes an instant in an open session. False when there is none such any more. */
  async function note(id: string, name: 'seenAt' | 'endedAt', at: number): Promise<boolean> {
    try {
      await client.send(
        new UpdateCommand({
          TableName: table,
          Key: sessionKey(sha256(id)),
          UpdateExpression: 'SET #name = :at',
          ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(endedAt)',
          ExpressionAttributeNames: { '#name': name },
          ExpressionAttributeValues: { ':at': at },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  return {
    open: async (person, issuedAt) => {
      const id = randomId();
      const at = now().getTime();
      const session = {
        person: personToKeep(person),
        csrf: `${sha256(id)}-${randomId()}.${markOf(person.id)}`,
        issuedAt,
        startedAt: at,
        seenAt: at,
      };
      const expiresAt = Math.ceil((at + longest + keptFor) / 1000);
      await client.send(
        new PutCommand({ TableName: table, Item: { ...sessionKey(sha256(id)), ...session, expiresAt } }),
      );
      return { id };
    },

    session: async (id) => {
      const item = await readItem(context, sessionKey(sha256(id)));
      if (item === undefined) return undefined;
      const {
        person,
        csrf,
        startedAt,
        seenAt,
        endedAt,
        issuedAt = Math.floor(startedAt / 1000),
      } = sessionItem.parse(item);
      const at = now().getTime();
      const isOver = endedAt !== undefined || at >= startedAt + longest || at >= seenAt + longestIdle;
      if (isOver || (await signOuts.hasEnded(person.id, issuedAt))) return { person, csrf, hasEnded: true };
      if (at < seenAt + seenEvery) return { person, csrf, hasEnded: false };
      return { person, csrf, hasEnded: !(await note(id, 'seenAt', at)) };
    },

    ownerOf: async (token) => {
      const place = placeIn(token);
      const item = place === undefined ? undefined : await readItem(context, sessionKey(place));
      if (item === undefined) return undefined;
      const { person, csrf } = sessionItem.parse(item);
      return isSameText(token, csrf) ? person : undefined;
    },

    close: async (id) => {
      await note(id, 'endedAt', now().getTime());
    },
  };
}
