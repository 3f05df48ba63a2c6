/**
 * The thread that reads uploaded files one after another, and answers with the rows or the sheets of each, or with why there
 * are none; it writes workbooks to be filled in, those of questionnaires, and marks in files, too.
 */

// oxlint-disable unicorn/require-post-message-target-origin -- messages between threads, not windows
import { once } from 'node:events';
import { parentPort } from 'node:worker_threads';
import { readerOf, sheetsReaderOf } from './read-spreadsheet.ts';
import { threadTask } from './spreadsheet.ts';

/** What does a task, once the code that it needs is loaded. */
async function workOf(given: unknown): Promise<() => unknown> {
  const task = threadTask.parse(given);
  if (task.as === 'questionnaire') {
    const { writeQuestionnaireWorkbook } = await import('./write-questionnaire.ts');
    return () => writeQuestionnaireWorkbook(task.sheets, task);
  }
  if (task.as === 'mark') {
    const { markCells } = await import('./mark-cells.ts');
    return () => markCells(task.bytes, task.marks);
  }
  if (task.as !== 'fill-in') return task.as === 'table' ? readerOf(task.bytes) : sheetsReaderOf(task.bytes);
  const { writeFillIn } = await import('./write-fill-in.ts');
  return () => writeFillIn(task, task.sheets);
}

if (parentPort === null) throw new TypeError('no thread');
for (;;) {
  const [task] = await once(parentPort, 'message');
  const work = await workOf(task);
  const told = once(parentPort, 'message');
  // Its time counts from here: loading the code is not the file's doing.
  parentPort.postMessage('ready');
  await told;
  parentPort.postMessage(await work());
}
