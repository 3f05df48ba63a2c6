/** Failing calls of a real client: before they are sent, or after they were answered. */

import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

export class Disconnected extends Error {}

export interface Faults {
  /** The commands sent since the last `clear`. */
  readonly commands: readonly string[];
  /** Fails call number `nth`, counted from 1 since the last `clear`: before it is sent, or after it was answered. */
  fail(nth: number, when: 'before' | 'after'): void;
  /** Runs `action` just before call number `nth` is sent. */
  interpose(nth: number, action: () => Promise<void>): void;
  /** Loses the answer to the next write on the wire, below the SDK's own retries. */
  loseOnWire(): void;
  clear(): void;
}

/** Watches the outermost step of a client, so that the SDK does not hide a failure by repeating the request. */
export function injectFaults(client: DynamoDBDocumentClient): Faults {
  const commands: string[] = [];
  const failures = new Map<number, 'before' | 'after'>();
  const actions = new Map<number, () => Promise<void>>();
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        commands.push(commandName);
        const number = commands.length;
        await actions.get(number)?.();
        if (failures.get(number) === 'before') throw new Disconnected(`${commandName} was not sent`);
        const answer = await next(args);
        if (failures.get(number) === 'after') throw new Disconnected(`the answer to ${commandName} was lost`);
        return answer;
      },
    { step: 'initialize', priority: 'high' },
  );
  let lose = false;
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const answer = await next(args);
        if (!lose || !/Put|Write/.test(commandName)) return answer;
        lose = false;
        throw Object.assign(new Error('connection lost'), { name: 'TimeoutError' });
      },
    { step: 'deserialize', priority: 'high' },
  );
  return {
    commands,
    loseOnWire: () => {
      lose = true;
    },
    fail: (nth, when) => failures.set(nth, when),
    interpose: (nth, action) => actions.set(nth, action),
    clear: () => {
      commands.length = 0;
      failures.clear();
      actions.clear();
    },
  };
}
