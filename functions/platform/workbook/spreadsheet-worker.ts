/** The thread that reads uploaded files one after another, and answers with the rows of each or with why there are none. */

// oxlint-disable unicorn/require-post-message-target-origin -- messages between threads, not windows
import { once } from 'node:events';
import { parentPort } from 'node:worker_threads';
import { readerOf } from './read-spreadsheet.ts';

if (parentPort === null) throw new TypeError('no thread');
for (;;) {
  const [bytes] = await once(parentPort, 'message');
  if (!(bytes instanceof Uint8Array)) throw new TypeError('no bytes to read');
  const read = await readerOf(bytes);
  const told = once(parentPort, 'message');
  // Its time counts from here: loading the code is not the file's doing.
  parentPort.postMessage('ready');
  await told;
  parentPort.postMessage(await read());
}
