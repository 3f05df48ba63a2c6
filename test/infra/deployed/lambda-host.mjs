/**
 * Lambda as a bundle finds it: `node lambda-host.mjs <bundle>` loads the bundle and answers each event that its parent
 * sends. Plain JavaScript without imports of ours: the process may read nothing but the bundle.
 */

import { Writable } from 'node:stream';

/** Collects what a handler streams; `from` sets what API Gateway takes as status and headers. */
class Collected extends Writable {
  chunks = [];
  metadata;

  _write(chunk, _encoding, done) {
    this.chunks.push(Buffer.from(chunk));
    done();
  }
}

Object.assign(globalThis, {
  awslambda: {
    streamifyResponse: (handler) => Object.assign(handler, { streams: true }),
    HttpResponseStream: {
      from: (stream, metadata) => Object.assign(stream, { metadata }),
    },
  },
});

const { handler } = await import(process.argv[2]);

async function answer(event, awsRequestId) {
  const context = {
    awsRequestId,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    getRemainingTimeInMillis: () => 20_000,
  };
  if (!handler.streams) return { result: await handler(event, context) };
  const stream = new Collected();
  const ended = new Promise((resolve, reject) => stream.on('finish', resolve).on('error', reject));
  await handler(event, stream, context);
  await ended;
  return { metadata: stream.metadata, body: Buffer.concat(stream.chunks).toString('base64') };
}

process.on('message', ({ id, event }) => {
  answer(event, id).then(
    (answered) => process.send({ id, answered }),
    (error) => process.send({ id, failure: String(error) }),
  );
});
process.send({ ready: true });
