/** The prefectures that can be deployed: each is a file of settings (`saitama.json`) beside this one. */

import { readFileSync, readdirSync } from 'node:fs';
import { readPrefecture } from './schema.ts';
import type { Prefecture } from './schema.ts';

export const prefectureIds: readonly string[] = readdirSync(new URL('.', import.meta.url))
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -'.json'.length))
  .toSorted();

export function prefectureNamed(id: string): Prefecture {
  if (!prefectureIds.includes(id))
    throw new Error(
      `県「${id}」の設定がありません。-c prefecture= に指定できるのは ${prefectureIds.join('、')} です。`,
    );
  return readPrefecture(id, JSON.parse(readFileSync(new URL(`${id}.json`, import.meta.url), 'utf8')));
}
