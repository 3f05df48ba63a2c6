import type { PrefectureSettings } from './schema.ts';

export const gunma: PrefectureSettings = {
  code: '100005',
  name: '群馬県',
};
