/** A bundle of the cloud assembly in a process of its own: Node 24, a disk that only reads, no variables but those given. */

import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

const host = fileURLToPath(new URL('lambda-host.mjs', import.meta.url));

const said = z.union([
  z.strictObject({ ready: z.literal(true) }),
  z.strictObject({ id: z.string(), answered: z.unknown() }),
  z.strictObject({ id: z.string(), failure: z.string() }),
]);

export interface Lambda {
  /** What the handler gives, or an error when it throws. */
  invoke(event: unknown): Promise<unknown>;
  /** All that it has written to its log. */
  readonly log: readonly string[];
  stop(): Promise<void>;
}

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

function listen(child: ChildProcess, log: string[]): Map<string, Waiting> {
  const waiting = new Map<string, Waiting>();
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      log.push(text);
    });
  child.on('message', (message) => {
    const parsed = said.parse(message);
    if (!('id' in parsed)) return;
    const call = waiting.get(parsed.id);
    waiting.delete(parsed.id);
    if ('failure' in parsed) call?.reject(new Error(parsed.failure));
    else call?.resolve(parsed.answered);
  });
  child.once('exit', (code) => {
    for (const call of waiting.values()) call.reject(new Error(`the function ended with ${code}: ${log.join('')}`));
  });
  return waiting;
}

/** Starts a bundle; rejects with what it printed when it does not come up. */
export async function startLambda(bundle: string, environment: Readonly<Record<string, string>>): Promise<Lambda> {
  // All that Lambda lets a function write to.
  const temporary = await mkdtemp(join(tmpdir(), 'lambda-'));
  const child = fork(host, [bundle], {
    execArgv: [
      '--permission',
      // Workbooks are read and written in a thread.
      '--allow-worker',
      ...[host, dirname(bundle), temporary].map((path) => `--allow-fs-read=${path}`),
      `--allow-fs-write=${temporary}`,
    ],
    env: { ...environment, TMPDIR: temporary, TZ: ':UTC', LANG: 'en_US.UTF-8' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const log: string[] = [];
  const waiting = listen(child, log);
  const exit = once(child, 'exit');
  await Promise.race([
    once(child, 'message'),
    exit.then(() => {
      throw new Error(`the function did not start: ${log.join('')}`);
    }),
  ]);
  return {
    log,
    invoke: (event) =>
      new Promise((resolve, reject) => {
        const id = randomUUID();
        waiting.set(id, { resolve, reject });
        child.send({ id, event });
      }),
    stop: async () => {
      child.kill();
      await exit;
      await rm(temporary, { recursive: true });
    },
  };
}
