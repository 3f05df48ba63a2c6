/** The log in words: who did what when. Pure. */

import type { LogPageEntry } from '../../storage/log.ts';

export type What = LogPageEntry['what'];

/** What happened, as the filter offers it. */
export const whats: Readonly<Record<What, string>> = {
  started: '作成を始めた',
  submitted: '提出した',
  withdrawn: '提出を取り下げた',
  accepted: '確認済にした',
  returned: '差し戻した',
  roundDefined: '調査を設定した',
  published: '公表版を確定した',
  viewed: '回答を閲覧した',
  downloaded: 'ファイルをダウンロードした',
  refused: '操作が認められなかった',
  signedIn: 'サインインした',
};

export interface LogFilter {
  readonly what?: What | undefined;
  /** Code of a unit, or part of its name. */
  readonly unit: string;
}

/** Reads the filter from an address; what is not known filters nothing. */
export function readLogFilter({ what, unit }: Readonly<Record<string, string | undefined>>): LogFilter {
  const known = Object.keys(whats).find((each): each is What => each === what);
  return { what: known, unit: (unit ?? '').trim().slice(0, 100) };
}

/** @param nameOf the name of a unit by its form and code */
export function isWanted(entry: LogPageEntry, { what, unit }: LogFilter, nameOf: (form: string, unit: string) => string): boolean {
  if (what !== undefined && entry.what !== what) return false;
  if (unit === '') return true;
  if (!('return' in entry) || entry.return === undefined) return false;
  const { form, unit: code } = entry.return;
  return code === unit || nameOf(form, code).includes(unit);
}

function versionOf(number: number | undefined): string {
  return number === undefined ? '' : `第${number}版を`;
}

/** What was done, without who and when. */
export function describe(entry: LogPageEntry): string {
  switch (entry.what) {
    case 'submitted':
      return `${versionOf(entry.after.version)}提出した${entry.after.late === true ? '（期限後）' : ''}`;
    case 'withdrawn':
    case 'accepted':
    case 'returned':
      return `${versionOf(entry.before.version)}${{ withdrawn: '取り下げた', accepted: '確認済にした', returned: '差し戻した' }[entry.what]}`;
    case 'viewed':
      return entry.version === undefined ? '作成中の回答を閲覧した' : `第${entry.version}版を閲覧した`;
    case 'downloaded':
      return `出力 ${entry.exportId ?? ''} の ${entry.path ?? ''} をダウンロードした`;
    case 'published':
      return `出力 ${entry.exportId} を公表版 第${entry.edition}版に確定した`;
    case 'roundDefined':
      return `調査を設定した（名簿 第${entry.directoryVersion}版）`;
    case 'refused':
      return `操作が認められなかった${entry.action === undefined ? '' : `（${entry.action}）`}`;
    case 'started':
    case 'signedIn':
      return whats[entry.what];
  }
}
