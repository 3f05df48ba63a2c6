/** A listener in front of an emulator that passes every request on and keeps what it asked for. */

import { once } from 'node:events';
import { Agent, createServer, request as send } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface SeenRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export interface Recorder {
  readonly endpoint: string;
  stop(): Promise<void>;
}

type Answer = (seen: SeenRequest, response: ServerResponse) => void | Promise<void>;

/** A server on a free port of this machine that answers by `answer`. */
export async function startEndpoint(answer: Answer): Promise<Recorder> {
  const server = createServer((request, response) => {
    void buffer(request)
      .then((body) => {
        const { method = 'GET', url = '/', headers } = request;
        return answer({ method, url: new URL(url, 'http://endpoint'), headers, body }, response);
      })
      .catch((error: unknown) => response.destroy(error instanceof Error ? error : new Error(String(error))));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a numeric port');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Passes requests on to `target`. */
export async function startRecorder(target: string, keep: (seen: SeenRequest) => void): Promise<Recorder> {
  const agent = new Agent({ keepAlive: true });
  const endpoint = await startEndpoint((seen, response) => {
    keep(seen);
    const { method, url, headers, body } = seen;
    const onward = send(new URL(`${url.pathname}${url.search}`, target), {
      method,
      headers,
      agent,
    });
    onward.once('error', (error) => response.destroy(error));
    onward.once('response', (answered) => {
      response.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(response);
    });
    onward.end(body);
  });
  return {
    ...endpoint,
    stop: async () => {
      await endpoint.stop();
      agent.destroy();
    },
  };
}
