/** The thread that reads an uploaded file and answers with its rows, or with why there are none. */

// oxlint-disable unicorn/require-post-message-target-origin -- messages between threads, not windows
import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { readerOf } from './read-spreadsheet.ts';

if (!(workerData instanceof Uint8Array) || parentPort === null) throw new TypeError('no bytes to read');
const read = await readerOf(workerData);
// Its time counts from here: loading the code is not the file's doing.
parentPort.postMessage('ready');
await once(parentPort, 'message');
parentPort.postMessage(await read());
