import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { EmulatorConnections } from '../../../../functions/storage/emulator-connection.ts';

/** How many connections a server has taken, and what asks it. */
async function asked(answer: RequestListener) {
  let taken = 0;
  const server = createServer(answer).on('connection', () => {
    taken += 1;
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const connections = new EmulatorConnections();
  onTestFinished(() => {
    connections.destroy();
    server.close();
    server.closeAllConnections();
  });
  const isAddress = (address: unknown): address is AddressInfo => typeof address === 'object' && address !== null;
  const address = server.address();
  if (!isAddress(address)) throw new Error('a TCP server has an address');
  const ask = async (body: string | Uint8Array = '') => {
    const headers = { host: 'engine', 'content-length': String(Buffer.byteLength(body)) };
    const to = { method: 'POST', hostname: '127.0.0.1', port: address.port, path: '/' };
    const { response } = await connections.handle({ ...to, headers, body });
    return { ...response, body: Buffer.from(response.body).toString() };
  };
  return { ask, stop: () => server.close(), taken: () => taken };
}

const echo: RequestListener = (request, response) => {
  void text(request).then((body) => response.writeHead(400, { 'X-Kind': 'a: b' }).end(body));
};

describe('a connection to an emulator', () => {
  it.each(['', '{"a":"寄合𠮷"}', '字'.repeat(700_000)])('carries a question and its answer', async (body) => {
    const { ask } = await asked(echo);
    expect(await ask(body)).toMatchObject({ statusCode: 400, headers: { 'x-kind': 'a: b' }, body });
    expect((await ask(Buffer.from(body))).body).toBe(body);
  });

  it('takes an answer in pieces', async () => {
    const { ask } = await asked((_request, response) => {
      response.write('寄合'.repeat(50_000));
      response.write('\r\n0\r\n\r\n');
      setImmediate(() => response.end('end'));
    });
    expect((await ask()).body).toBe(`${'寄合'.repeat(50_000)}\r\n0\r\n\r\nend`);
  });

  it('is asked again, and there are no more of them than fifty', async () => {
    const { ask, taken } = await asked(echo);
    for (let nth = 0; nth < 3; nth += 1) await ask();
    expect(taken()).toBe(1);
    const bodies = Array.from({ length: 200 }, (_, index) => String(index));
    expect((await Promise.all(bodies.map(ask))).map(({ body }) => body)).toEqual(bodies);
    expect(taken()).toBe(50);
  });

  it('that is lost says so, and the next question goes by another one', async () => {
    let isLost = true;
    const { ask, taken } = await asked((request, response) => {
      if (isLost) request.socket.destroy();
      else response.end('there');
      isLost = false;
    });
    await expect(ask()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect((await ask()).body).toBe('there');
    expect(taken()).toBe(2);
  });

  it('that nobody takes is refused', async () => {
    const { ask, stop } = await asked(echo);
    stop();
    await expect(ask()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
