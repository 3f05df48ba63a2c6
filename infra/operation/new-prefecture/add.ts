/** Adds a prefecture to those that can be deployed: nothing is written unless all of it is right. */

import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { readPrefecture } from '../../prefectures/schema.ts';
import type { Prefecture, PrefectureSettings } from '../../prefectures/schema.ts';

export interface NewPrefecture {
  /** Names the file and the stack: `tochigi`. */
  readonly id: string;
  readonly settings: PrefectureSettings;
}

/** What two deployments cannot both have. */
function sharedWith(added: Prefecture, { id, code, identity }: Prefecture): string[] {
  return [
    ...(code === added.code ? [`code: ${code} は「${id}」の設定にあります。`] : []),
    ...(identity.domainPrefix !== undefined && identity.domainPrefix === added.identity.domainPrefix
      ? [`identity.domainPrefix: ${identity.domainPrefix} は「${id}」の設定にあります。`]
      : []),
  ];
}

export async function addPrefecture(
  folder: string,
  { id, settings }: NewPrefecture,
  existing: readonly Prefecture[],
): Promise<string> {
  if (!/^[a-z]{2,20}$/.test(id)) throw new Error('--id には英小文字2〜20文字の名前（例: tochigi）を指定してください。');
  const path = `${folder}/${id}.json`;
  if (existsSync(path)) throw new Error(`「${id}」という名前のファイルがすでにあります。別の名前を指定してください。`);
  const added = readPrefecture(id, settings);
  const shared = existing.flatMap((each) => sharedWith(added, each));
  if (shared.length > 0) throw new Error(shared.join('\n'));
  await writeFile(path, `${JSON.stringify(settings, undefined, 2)}\n`, { flag: 'wx' });
  return path;
}
