/** The thread that reads uploaded files one after another, and answers with the rows or the sheets of each, or with why there are none. */

// oxlint-disable unicorn/require-post-message-target-origin -- messages between threads, not windows
import { once } from 'node:events';
import { parentPort } from 'node:worker_threads';
import { readerOf, sheetsReaderOf } from './read-spreadsheet.ts';
import { readTask } from './spreadsheet.ts';

if (parentPort === null) throw new TypeError('no thread');
for (;;) {
  const [task] = await once(parentPort, 'message');
  const { bytes, as } = readTask.parse(task);
  const read = await (as === 'table' ? readerOf(bytes) : sheetsReaderOf(bytes));
  const told = once(parentPort, 'message');
  // Its time counts from here: loading the code is not the file's doing.
  parentPort.postMessage('ready');
  await told;
  parentPort.postMessage(await read());
}
