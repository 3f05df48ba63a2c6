/**
 * The connection to an emulator of DynamoDB. Node's own client, as the SDK uses it, took two thirds of the time of a
 * call: this one speaks no more of HTTP/1.1 than a short question and its answer need, one at a time on each connection.
 */

import { connect } from 'node:net';
import type { Socket } from 'node:net';

/** A request as the SDK has prepared it, its length among the headers. */
interface Request {
  readonly method: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

interface Response {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

/** As many as the SDK would open; what comes then waits for one of them. */
const mostConnections = 50;

/** A body that is sent in pieces, each after its length; nothing while some are missing. */
function joined(bytes: Buffer): Buffer | undefined {
  const pieces: Buffer[] = [];
  for (let at = 0; ;) {
    const line = bytes.indexOf('\r\n', at);
    const from = line + 2;
    const to = from + Number.parseInt(bytes.toString('latin1', at, line), 16);
    if (line < 0 || bytes.length < to + 2) return undefined;
    if (to === from) return Buffer.concat(pieces);
    pieces.push(bytes.subarray(from, to));
    at = to + 2;
  }
}

/** The response in what has been received; nothing while some of it is missing. */
function responseIn(bytes: Buffer): Response | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [status = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const rest = bytes.subarray(end + 4);
  const length = Number(headers['content-length'] ?? 0);
  const whole = rest.length < length ? undefined : rest.subarray(0, length);
  const body = headers['transfer-encoding'] === 'chunked' ? joined(rest) : whole;
  return body && { statusCode: Number(status.split(' ')[1]), headers, body };
}

function bytesOf({ method, path, headers, body = '' }: Request): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
  return Buffer.concat([head, typeof body === 'string' ? Buffer.from(body) : body]);
}

class Connection {
  readonly #socket: Socket;
  #received: Buffer = Buffer.alloc(0);
  #answered: PromiseWithResolvers<Response> | undefined;
  /** Whether it may be asked again. */
  isOpen = true;

  constructor({ hostname, port = 80 }: Request) {
    let failure: Error = Object.assign(new Error('the emulator closed the connection'), { code: 'ECONNRESET' });
    this.#socket = connect({ host: hostname, port, noDelay: true })
      .on('data', (bytes) => this.#take(bytes))
      .on('error', (error) => {
        failure = error;
      })
      .on('close', () => {
        this.isOpen = false;
        this.#answered?.reject(failure);
      });
  }

  ask(request: Request): Promise<Response> {
    this.#answered = Promise.withResolvers();
    this.#socket.ref().write(bytesOf(request));
    return this.#answered.promise;
  }

  #take(bytes: Buffer): void {
    this.#received = this.#received.length === 0 ? bytes : Buffer.concat([this.#received, bytes]);
    const response = responseIn(this.#received);
    if (response === undefined) return;
    this.#received = Buffer.alloc(0);
    // Nobody waits for a connection that is asked nothing: the process may end.
    this.#socket.unref();
    this.#answered?.resolve(response);
    this.#answered = undefined;
  }

  close(): void {
    this.#socket.destroy();
  }
}

/** What the SDK asks to carry its requests: the `requestHandler` of a client. */
export class EmulatorConnections {
  readonly metadata = { handlerProtocol: 'http/1.1' };
  readonly #all = new Set<Connection>();
  readonly #idle: Connection[] = [];
  readonly #waiting: (() => void)[] = [];

  async handle(request: Request): Promise<{ readonly response: Response }> {
    while (this.#idle.length === 0 && this.#all.size >= mostConnections)
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    const connection = this.#open(request);
    try {
      return { response: await connection.ask(request) };
    } finally {
      if (connection.isOpen) this.#idle.push(connection);
      else this.#all.delete(connection);
      this.#waiting.shift()?.();
    }
  }

  /** One that is idle, or another one. */
  #open(request: Request): Connection {
    for (let idle = this.#idle.pop(); idle !== undefined; idle = this.#idle.pop()) {
      if (idle.isOpen) return idle;
      this.#all.delete(idle);
    }
    const connection = new Connection(request);
    this.#all.add(connection);
    return connection;
  }

  destroy(): void {
    for (const connection of this.#all) connection.close();
    this.#all.clear();
    this.#idle.length = 0;
  }
}
