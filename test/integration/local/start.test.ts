import { createServer, request } from 'node:http';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { exportFileKey } from '../../../functions/storage/bucket-keys.ts';
import { TestBrowser } from '../support/browser.ts';
import { ok } from '../support/fixtures.ts';
import { processesNaming, runServer, startArguments, startedBy, startServer } from '../support/server.ts';
import type { RunningServer } from '../support/server.ts';
import { clientAt } from '../support/system.ts';

/** Milliseconds that a start may take, also beside everything else that runs. */
const starting = 120_000;

/** The program of `npm start`, bundled. */
const program = [join(inject('bundles'), 'start.mjs')];

/** What one test or group of tests started, to be ended after it. */
class Started {
  readonly #servers: RunningServer[] = [];
  readonly #folders: string[] = [];

  async folder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'yoriai-'));
    this.#folders.push(folder);
    return folder;
  }

  async server(...[settings, run = program]: Parameters<typeof startServer>): Promise<RunningServer> {
    const server = await startServer(settings, run);
    this.#servers.push(server);
    return server;
  }

  async end(): Promise<void> {
    for (const server of this.#servers) await server.end('SIGKILL');
    for (const folder of this.#folders) await rm(folder, { recursive: true, force: true });
  }
}

/** Ended after the test that calls it. */
function started(): Started {
  const own = new Started();
  onTestFinished(() => own.end());
  return own;
}

/** A port of which the next one is free too: the identity provider takes that. */
async function twoFreePorts(): Promise<number> {
  for (;;) {
    const first = createServer().listen(0, '127.0.0.1');
    await once(first, 'listening');
    const address = first.address();
    const port = address === null || typeof address === 'string' ? 0 : address.port;
    const second = createServer();
    const free = await new Promise<boolean>((resolve) => {
      second.once('error', () => resolve(false)).listen(port + 1, '127.0.0.1', () => resolve(true));
    });
    first.close();
    second.close();
    if (free) return port;
  }
}

async function runExport(
  { prefecture }: RunningServer,
  round: string,
): Promise<{ exportId: string; files: readonly string[] }> {
  const { exportId } = ok(await prefecture.post(`/api/rounds/${round}/exports`)).json();
  return vi.waitFor(
    async () => {
      const { status, manifest } = ok(await prefecture.get(`/api/rounds/${round}/exports/${exportId}`)).json();
      expect(status).toBe('done');
      return { exportId, files: manifest.files.map(({ path }: { path: string }) => path) };
    },
    { timeout: starting, interval: 50 },
  );
}

describe('a start with the demonstration', () => {
  const shared = new Started();
  let dataDir: string;
  let port: string;
  let server: RunningServer;
  beforeAll(async () => {
    dataDir = await shared.folder();
    port = String(await twoFreePorts());
    // As the script of package.json has it; what follows runs the same program bundled.
    // Nothing of it is found as it was translated for another start, as after a change of every file.
    server = await shared.server({ DATA_DIR: dataDir, PORT: port, TSX_DISABLE_CACHE: '1' }, startArguments);
  }, starting);
  afterAll(() => shared.end());

  it('prints where everything is, whose accounts there are and where files lie', async () => {
    expect(server.printed).toContain('埼玉県');
    expect(server.printed).toContain(`${server.url}/api/health`);
    expect(server.printed).toContain(`${server.url}/local/token`);
    expect(server.printed).toMatch(/accounts +66/);
    expect(server.printed).toContain(join(dataDir, 's3'));
    expect(await (await fetch(`${server.url}/api/health`)).json()).toEqual({ status: 'ok' });
    const { returns } = ok(await server.prefecture.get('/api/rounds/R6/returns')).json();
    expect(returns).toHaveLength(63 + 37 + 40);
    const states = new Set(returns.map(({ state }: { state: string }) => state));
    expect(states).toEqual(new Set(['accepted', 'draft', 'notStarted', 'returned', 'submitted']));
  });

  it('has started the table’s engine, and keeps no bundler running, whatever is asked for', async () => {
    const officer = new TestBrowser(server.url);
    await officer.signIn('prefecture');
    const inReturn = '/rounds/R6/returns/municipal-survey/111007';
    const pages = ['/', '/forms', '/notes', '/rounds/R6', '/rounds/R6/summary', `${inReturn}/print`, '/public/x'];
    const statuses: number[] = [];
    for (const page of pages) statuses.push((await officer.open(page)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 404]);
    for (const path of ['/api/openapi.json', '/api/notes', '/api/forms', '/api/rounds/R6/results'])
      await server.prefecture.get(path);
    await runExport(server, 'R6');
    const filled = await officer.request(`${inReturn}/workbook/file`);
    expect([filled.status, filled.headers.get('content-type')]).toEqual([200, expect.stringContaining('spreadsheet')]);
    await vi.waitFor(async () => expect(await startedBy(server.pid)).toEqual([expect.stringContaining('dynoxide')]), {
      timeout: starting,
      interval: 200,
    });
  });

  it('lets a script act as the prefecture or as a municipality, with tokens of POST /local/token', async () => {
    expect((await server.prefecture.get('/api/rounds/R6/log')).status).toBe(200);
    const urawa = server.municipality('111007');
    expect((await urawa.get('/api/rounds/R6/returns/municipal-survey/111007')).status).toBe(200);
    expect((await urawa.get('/api/rounds/R6/log')).status).toBe(403);
    const { text } = await server.token({ role: 'municipality', unit: '111007', form: 'council-report' });
    const division = clientAt(server.url, async () => `Bearer ${JSON.parse(text).token}`);
    expect((await division.get('/api/rounds/R6/returns/municipal-survey/111007')).status).toBe(403);
  });

  it('gives no token to a page of another site, under its own name or one that leads here', async () => {
    const ask = (headers: Record<string, string>) =>
      new Promise<number | undefined>((resolve, reject) => {
        const call = request(`${server.url}/local/token`, { method: 'POST', headers }, ({ statusCode }) =>
          resolve(statusCode),
        );
        call.on('error', reject);
        call.end('{"role":"prefecture"}');
      });
    const json = { 'content-type': 'application/json' };
    expect(await ask(json)).toBe(200);
    expect(await ask({ ...json, host: 'attacker.example' })).toBe(403);
    expect(await ask({ ...json, origin: 'https://attacker.example' })).toBe(403);
    expect(await ask({ 'content-type': 'text/plain' })).toBe(403);
  });

  it('shows the reports of Gunma with PREFECTURE=gunma', async () => {
    const own = started();
    const gunma = await own.server({ DATA_DIR: await own.folder(), PREFECTURE: 'gunma' });
    expect(gunma.printed).toContain('群馬県');
    const { returns } = ok(await gunma.prefecture.get('/api/rounds/H30/returns')).json();
    const states = returns.map(({ unitName, state }: { unitName: string; state: string }) => [unitName, state]);
    expect(states.filter(([, state]: [string, string]) => state !== 'notStarted')).toEqual([
      [expect.stringContaining('伊勢崎市'), 'accepted'],
      [expect.stringContaining('玉村町'), 'submitted'],
    ]);
  });

  it('ended by SIGINT and then by kill -9 leaves no process behind, and has everything and takes tokens of before on a restart', async () => {
    const first = server;
    const { token } = JSON.parse((await first.token({ role: 'prefecture' })).text);
    const { exportId, files } = await runExport(first, 'R6');
    const paths = [
      '/api/directory',
      '/api/rounds',
      '/api/rounds/R6/returns',
      '/api/rounds/R6/summary',
      '/api/rounds/R6/returns/municipal-survey/111007/versions/1',
      `/api/rounds/R6/exports/${exportId}`,
    ];
    const read = async (client: RunningServer['prefecture']): Promise<string[]> => {
      const texts: string[] = [];
      for (const path of paths) texts.push(ok(await client.get(path)).text);
      for (const file of files)
        texts.push(ok(await client.get(`/api/rounds/R6/exports/${exportId}/files/${file}`)).text);
      return texts;
    };
    const earlier = await read(first.prefecture);
    expect(await processesNaming(dataDir)).not.toEqual([]);
    expect(await first.end('SIGINT')).toEqual({ code: 0, signal: null });
    expect(await processesNaming(dataDir)).toEqual([]);

    const second = await shared.server({ DATA_DIR: dataDir, PORT: port });
    expect(second.url).toBe(first.url);
    expect(await read(clientAt(second.url, async () => `Bearer ${token}`))).toEqual(earlier);
    expect(await second.end('SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' });
    await vi.waitFor(async () => expect(await processesNaming(dataDir)).toEqual([]), { timeout: 5_000, interval: 20 });

    const third = await shared.server({ DATA_DIR: dataDir, PORT: port });
    // For the tests that come after this one.
    server = third;
    expect(await read(clientAt(third.url, async () => `Bearer ${token}`))).toEqual(earlier);
    const [, folder = ''] = /files +(.+)（/.exec(third.printed) ?? [];
    const summary = await readFile(
      `${join(folder, exportFileKey('R6', exportId, 'internal/summary.json'))}.data`,
      'utf8',
    );
    expect(earlier).toContain(summary);
  });
});

describe('a start with DEMO=off', () => {
  const shared = new Started();
  let dataDir: string;
  let server: RunningServer;
  beforeAll(async () => {
    dataDir = await shared.folder();
    server = await shared.server({ DATA_DIR: dataDir, DEMO: 'off' });
  }, starting);
  afterAll(() => shared.end());

  it('has neither directory nor round', async () => {
    expect(ok(await server.prefecture.get('/api/rounds')).json()).toEqual({ rounds: [], disposed: [] });
    expect((await server.prefecture.get('/api/directory')).status).toBe(404);
  });

  it('is refused on a data directory in use; the first server is not disturbed', async () => {
    const { code, stderr } = await runServer({ DATA_DIR: dataDir, DEMO: 'off' }, program);
    expect(code).toBe(1);
    expect(stderr).toContain(`データの保存先 ${dataDir} は、動作中の別のサーバーが使用しています`);
    expect((await fetch(`${server.url}/api/health`)).status).toBe(200);
  });

  it('answers nonsense at POST /local/token with 400 and how to ask', async () => {
    for (const nonsense of [
      '',
      'nonsense',
      '[]',
      {},
      { role: 'emperor' },
      { role: 'municipality' },
      { role: 'municipality', unit: '川口市' },
      { role: 'municipality', unit: '111007', form: '' },
    ]) {
      const { status, text } = await server.token(nonsense);
      expect(status).toBe(400);
      expect(JSON.parse(text).detail).toContain('{"role":"prefecture"}');
    }
  });
});

describe('a start that cannot be', () => {
  it('with a wrong setting is refused with a sentence that says what to set', async () => {
    const settings = { DATA_DIR: await started().folder(), PREFECTURE: 'atlantis' };
    const { code, stdout, stderr } = await runServer(settings, program);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe('PREFECTURE は saitama か gunma を指定してください。\n');
  });

  it('on a port that is taken says which, and leaves nothing running', async () => {
    const dataDir = await started().folder();
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = address === null || typeof address === 'string' ? 0 : address.port;
    const { code, stderr } = await runServer({ DATA_DIR: dataDir, PORT: String(port) }, program);
    expect(code).toBe(1);
    expect(stderr).toContain(`ポート ${port} `);
    expect(await processesNaming(dataDir)).toEqual([]);
    other.close();
  });
});

describe('an end by SIGTERM', () => {
  it('is orderly and leaves no process behind', async () => {
    const own = started();
    const dataDir = await own.folder();
    const server = await own.server({ DATA_DIR: dataDir, DEMO: 'off' });
    expect(await processesNaming(dataDir)).not.toEqual([]);
    expect(await server.end('SIGTERM')).toEqual({ code: 0, signal: null });
    expect(await processesNaming(dataDir)).toEqual([]);
  });
});
