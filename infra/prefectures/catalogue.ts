/** The prefectures that can be deployed. A new one is a file beside this one and its name below. */

import { gunma } from './gunma.ts';
import { saitama } from './saitama.ts';
import { readPrefecture, type Prefecture, type PrefectureSettings } from './schema.ts';

const settings: Readonly<Record<string, PrefectureSettings>> = { gunma, saitama };

export const prefectureIds: readonly string[] = Object.keys(settings);

export function prefectureNamed(id: string): Prefecture {
  if (!Object.hasOwn(settings, id))
    throw new Error(
      `県「${id}」の設定がありません。-c prefecture= に指定できるのは ${prefectureIds.join('、')} です。`,
    );
  return readPrefecture(id, settings[id]);
}
