/** The local server as `npm start` runs it: a process of its own, seen from outside only. */

import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { clientAt } from './system.ts';
import type { Client } from './system.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** What `npm start` runs, after the word `node`. */
export const startArguments: readonly string[] = z
  .object({ scripts: z.object({ start: z.string().startsWith('node ') }) })
  .parse(JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')))
  .scripts.start.split(' ')
  .slice(1);

type Settings = Readonly<Partial<Record<'PORT' | 'DATA_DIR' | 'PREFECTURE' | 'DEMO' | 'TSX_DISABLE_CACHE', string>>>;

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface RunningServer {
  readonly url: string;
  readonly pid: number;
  /** What it printed until it was ready. */
  readonly printed: string;
  /** The answer of `POST /local/token`. */
  token(request: unknown): Promise<{ readonly status: number; readonly text: string }>;
  readonly prefecture: Client;
  readonly municipality: (code: string) => Client;
  /** Sends the signal and waits for the end. */
  end(signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): Promise<Ended>;
}

type ServerProcess = ChildProcessByStdio<null, Readable, Readable>;

function launch(settings: Settings, program: readonly string[]): ServerProcess {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !['PORT', 'DATA_DIR', 'PREFECTURE', 'DEMO'].includes(name),
  );
  return spawn(process.execPath, program, {
    cwd: root,
    env: { ...Object.fromEntries(inherited), ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function collect(stream: Readable): { text: string } {
  const collected = { text: '' };
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    collected.text += chunk;
  });
  return collected;
}

const tokenAnswer = z.object({ token: z.string() });

function running(server: ServerProcess, url: string, printed: string): RunningServer {
  const { pid } = server;
  if (pid === undefined) throw new Error('a process that printed has an id');
  const exit = once(server, 'exit');
  const token = async (request: unknown): Promise<{ status: number; text: string }> => {
    const body = typeof request === 'string' ? request : JSON.stringify(request);
    const response = await fetch(`${url}/local/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    return { status: response.status, text: await response.text() };
  };
  const as = (request: unknown): Client => {
    let issued: Promise<string> | undefined;
    return clientAt(url, () => {
      issued ??= token(request).then(({ text }) => `Bearer ${tokenAnswer.parse(JSON.parse(text)).token}`);
      return issued;
    });
  };
  return {
    url,
    pid,
    printed,
    token,
    prefecture: as({ role: 'prefecture' }),
    municipality: (unit) => as({ role: 'municipality', unit }),
    end: async (signal) => {
      server.kill(signal);
      await exit;
      return { code: server.exitCode, signal: server.signalCode };
    },
  };
}

/**
 * Starts a server on free ports unless told otherwise, and waits until it has printed where it is.
 *
 * @param program what node runs
 */
export async function startServer(settings: Settings, program = startArguments): Promise<RunningServer> {
  const server = launch({ PORT: '0', ...settings }, program);
  const printed = collect(server.stdout);
  const complained = collect(server.stderr);
  const ended = once(server, 'exit').then(() => {
    throw new Error(`the server ended: ${complained.text}`);
  });
  // The address is printed when everything is ready, the folder of the files last.
  while (!/^ {2}files .*\n/m.test(printed.text)) await Promise.race([once(server.stdout, 'data'), ended]);
  ended.catch(() => undefined);
  const [url = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(printed.text) ?? [];
  return running(server, url, printed.text);
}

/** Starts a server that is expected to refuse, and waits for its end. */
export async function runServer(
  settings: Settings,
  program = startArguments,
): Promise<Ended & { readonly stdout: string; readonly stderr: string }> {
  const server = launch({ PORT: '0', ...settings }, program);
  const printed = collect(server.stdout);
  const complained = collect(server.stderr);
  await once(server, 'close');
  return { code: server.exitCode, signal: server.signalCode, stdout: printed.text, stderr: complained.text };
}

/** Ids of the processes, of any parent, whose command line names `text`: the engine and the shell that guards it. */
export async function processesNaming(text: string): Promise<string[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const commandLines = await Promise.all(ids.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')));
  return ids.filter((_id, index) => commandLines[index]?.includes(text) === true);
}

/** The command lines of the processes that a process has started and that still run. */
export async function startedBy(parent: number): Promise<string[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const read = (id: string, name: string): Promise<string> => readFile(`/proc/${id}/${name}`, 'utf8').catch(() => '');
  const parents = await Promise.all(ids.map((id) => read(id, 'status')));
  const own = ids.filter((_id, index) => parents[index]?.includes(`PPid:\t${parent}\n`) === true);
  const commandLines = await Promise.all(own.map((id) => read(id, 'cmdline')));
  // One that has ended, and of which its parent has not heard yet, has none.
  return commandLines.filter((line) => line !== '');
}
