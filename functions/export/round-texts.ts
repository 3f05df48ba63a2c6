/** What the round asked for in words: the letter and the instructions, as they stood when its export was written. */

import type { RoundTexts } from '../../schemas/round-texts.ts';
import type { WrittenFile } from './files/formats.ts';
import { WorkFolder } from './files/work-folder.ts';

const paths = { request: 'internal/request.txt', instructions: 'internal/instructions.txt' } as const;

/** For the prefecture alone; a text that was not written has no file. */
export async function writeRoundTexts(texts: RoundTexts, directory: string): Promise<readonly WrittenFile[]> {
  const folder = new WorkFolder(directory);
  try {
    const files: WrittenFile[] = [];
    for (const name of ['request', 'instructions'] as const) {
      const text = texts[name];
      if (text !== undefined) files.push(await folder.write(paths[name], 1, `${text}\n`));
    }
    return files;
  } finally {
    await folder.close();
  }
}
