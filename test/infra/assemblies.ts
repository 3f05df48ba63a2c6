/**
 * Before the infrastructure's tests: the assemblies that several files look at are written once, by a process of its own,
 * while others run. The default rules alone take longer to be read than a stack to be synthesized.
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    readonly assemblies: {
      readonly folder: string;
      /** Answers when they are written: 200, or 500 with what went wrong. */
      readonly written: string;
    };
  }
}

const program = fileURLToPath(new URL('write-assemblies.ts', import.meta.url));

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'assemblies-'));
  const writing = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'ignore', 'pipe'] });
  let complaints = '';
  writing.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  const ended = once(writing, 'close');
  const server = createServer((_request, response) => {
    void ended.then(() => response.writeHead(writing.exitCode === 0 ? 200 : 500).end(complaints));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = address === null || typeof address === 'string' ? 0 : address.port;
  project.provide('assemblies', { folder, written: `http://127.0.0.1:${port}/` });
  return async () => {
    writing.kill();
    await ended;
    server.close();
    await rm(folder, { recursive: true });
  };
}
