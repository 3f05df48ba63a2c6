import type { PrefectureSettings } from './schema.ts';

export const saitama: PrefectureSettings = {
  code: '110001',
  name: '埼玉県',
};
