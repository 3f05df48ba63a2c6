import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { access, constants } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { connect, createServer } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';

import { createDataDir, keptAt } from './data-dir.ts';
import { HOST } from './environment.ts';

const START_TIMEOUT_MS = 10_000;
const PORT_ATTEMPTS = 5;

/**
 * Runs the server until standard input closes. The pipe's other end belongs to this process, so the kernel closes it
 * even when this process is killed with -9, and no server is left behind. SIGKILL is safe: the engine commits to its
 * journal before it answers.
 */
const RUN_WHILE_STDIN_IS_OPEN = `
exec 3<&0
"$0" "$@" </dev/null 3<&- & server=$!
{ read -r _; kill -9 "$server"; } <&3 & watchdog=$!
exec 3<&- 0<&-
wait "$server"; status=$?
kill "$watchdog" 2>/dev/null
exit "$status"
`;

type Server = ChildProcessByStdio<Writable, null, Readable>;

/**
 * Starts DynamoDB on this machine: the dynoxide engine on a free port of 127.0.0.1, its data in `dataDir`.
 * With `endpoint` (DYNAMODB_ENDPOINT) nothing is started and that one is used.
 *
 * @throws Error with code `dynamodb-unavailable` where no engine exists for the platform, `dynamodb-not-started` with
 *   what the engine printed when it does not come up
 */
export async function startDynamoDb(options: {
  dataDir: string;
  endpoint?: string | undefined;
}): Promise<{ endpoint: string; stop(): Promise<void> }> {
  if (options.endpoint !== undefined) {
    return { endpoint: options.endpoint, stop: () => Promise.resolve() };
  }
  const engine = await findEngine();
  await createDataDir(options.dataDir);
  const dbPath = keptAt(options.dataDir, 'dynamodb.sqlite');

  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const args = ['--host', HOST, '--port', String(port), ...(dbPath === undefined ? [] : ['--db-path', dbPath])];
    const server = spawn('sh', ['-c', RUN_WHILE_STDIN_IS_OPEN, engine, ...args], {
      stdio: ['pipe', 'ignore', 'pipe'],
      // A process group of its own: Ctrl-C in the terminal reaches this process, which decides when to stop.
      detached: true,
    });
    const outcome = await untilListening(server, port);
    if (outcome.listening) {
      return { endpoint: `http://${HOST}:${port}`, stop: () => stopServer(server) };
    }
    await stopServer(server);
    // Between choosing a free port and listening on it, another program may have taken it.
    if (!outcome.printed.includes('already in use') || attempt === PORT_ATTEMPTS) {
      throw Object.assign(new Error(`ローカルの DynamoDB を起動できませんでした。\n${outcome.printed}`), {
        code: 'dynamodb-not-started',
      });
    }
  }
}

async function findEngine(): Promise<string> {
  try {
    if (process.platform !== 'linux' || process.arch !== 'x64') {
      throw new Error(`no engine for ${process.platform} ${process.arch}`);
    }
    const engine = createRequire(import.meta.url).resolve('@dynoxide/linux-x64/dynoxide');
    await access(engine, constants.X_OK);
    return engine;
  } catch (cause) {
    throw Object.assign(new Error(whereNoEngineIs(`${process.platform} ${process.arch}`), { cause }), {
      code: 'dynamodb-unavailable',
    });
  }
}

function whereNoEngineIs(machine: string): string {
  const withEndpoint = 'DYNAMODB_ENDPOINT=http://127.0.0.1:8000 npm start';
  const dynamodbLocal = 'docker run --rm -p 8000:8000 amazon/dynamodb-local';
  return [
    `同梱の DynamoDB は Linux（x64）用だけで、この環境（${machine}）では動きません。次のどれかをしてください。`,
    '  1. 開発コンテナー（.devcontainer/devcontainer.json）で開き、その中で npm ci && npm start',
    '  2. Windows では WSL2 の Linux の中で npm ci && npm start',
    `  3. DynamoDB Local を起動し（${dynamodbLocal}）、${withEndpoint}`,
    '',
    `The DynamoDB that comes with Yoriai runs on Linux (x64) only, not on this machine (${machine}). Do one of these:`,
    '  1. open the dev container (.devcontainer/devcontainer.json), and in it: npm ci && npm start',
    '  2. on Windows, in the Linux of WSL2: npm ci && npm start',
    `  3. run DynamoDB Local (${dynamodbLocal}), then ${withEndpoint}`,
  ].join('\n');
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, HOST);
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') {
    throw new Error('a TCP server has a numeric port');
  }
  return address.port;
}

/**
 * Waits until the engine says that it listens on `port` and the port answers. The port alone would not do: another
 * program's server may be behind it.
 */
async function untilListening(server: Server, port: number): Promise<{ listening: boolean; printed: string }> {
  let printed = '';
  const ended = new AbortController();
  server.stderr.setEncoding('utf8').on('data', (text: string) => {
    // Read for as long as it runs, so that the engine never blocks on a full pipe; kept only while it starts.
    printed = `${printed}${text}`.slice(-4_000);
  });
  server.once('error', (error) => {
    printed += error.message;
    ended.abort();
  });
  server.once('close', () => {
    ended.abort();
  });
  const giveUpAt = performance.now() + START_TIMEOUT_MS;
  while (!ended.signal.aborted && performance.now() < giveUpAt) {
    if (printed.includes(`listening on http://${HOST}:${port}`) && (await answers(port))) {
      return { listening: true, printed };
    }
    await delay(5);
  }
  return { listening: false, printed };
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, HOST);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function stopServer(server: Server): Promise<void> {
  if (server.pid === undefined || server.exitCode !== null || server.signalCode !== null) {
    return;
  }
  const closed = once(server, 'close');
  server.stdin.end();
  await closed;
}
