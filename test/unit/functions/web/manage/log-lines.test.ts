import { describe, expect, it } from 'vitest';
import type { LogPageEntry } from '../../../../../functions/storage/log.ts';
import {
  describe as inWords,
  describeAll,
  foldDownloads,
  isWanted,
  readLogFilter,
} from '../../../../../functions/web/manage/log-lines.ts';

const at = '2024-11-01T00:00:00.000Z';
const place = { form: 'municipal-survey', unit: '112038' };
const submitted: LogPageEntry = {
  seq: 2,
  actor: '川口市担当',
  at,
  what: 'submitted',
  return: place,
  before: { state: 'draft', version: 0 },
  after: { state: 'submitted', version: 1, late: true },
};
const viewed: LogPageEntry = { actor: '県担当', at, what: 'viewed', return: place, version: 1 };
const published: LogPageEntry = {
  seq: 9,
  actor: '県担当',
  at,
  what: 'published',
  exportId: '20241101T080000Z-ABCDEF',
  edition: 2,
};
const nameOf = (): string => '川口市';

describe('an entry of the log', () => {
  it('says in words what was done', () => {
    expect(inWords(submitted)).toBe('第1版を提出した（期限後）');
    expect(inWords({ ...submitted, what: 'returned', before: { state: 'submitted', version: 1 } })).toBe(
      '第1版を差し戻した',
    );
    expect(inWords(viewed)).toBe('第1版を閲覧した');
    expect(inWords({ actor: '県担当', at, what: 'viewed', return: place, path: 'draft' })).toBe(
      '作成中の回答を閲覧した',
    );
    const accepted = {
      ...submitted,
      what: 'accepted',
      before: { state: 'notStarted', version: 0 },
      after: { state: 'accepted', version: 1 },
    } as const;
    expect(inWords({ ...accepted, imported: true })).toBe('前年度以前の回答として取り込んだ');
    expect(inWords({ ...accepted, before: { state: 'submitted', version: 1 } })).toBe('第1版を確認済にした');
    expect(inWords(published)).toBe('令和6年11月1日 17:00の出力を公表版 第2版に確定した');
    expect(inWords({ ...published, what: 'editionWithdrawn', reason: '個人名の記載' })).toBe(
      '公表版 第2版の公表を取りやめた（理由：個人名の記載）',
    );
    expect(inWords({ actor: '県担当', at, what: 'reportSettingsChanged' })).toBe('報告書の記載事項を変更した');
    const approval = (path?: string): string =>
      inWords({ actor: '川口市担当', at, what: 'approvalSet', return: place, ...(path === undefined ? {} : { path }) });
    expect(['demanded', 'released', undefined].map(approval)).toEqual([
      '提出前の承認を必要とすることにした',
      '提出前の承認を必要としないことにした',
      '提出前の承認の要否を変更した',
    ]);
    expect(inWords({ actor: '県担当', at, what: 'roundTextsChanged' })).toBe('依頼文・記入要領を変更した');
  });

  it('names what was refused, and never by an internal id', () => {
    const refused = (action?: string): string =>
      inWords({
        actor: '川口市担当',
        at,
        what: 'refused',
        code: 'forbidden',
        ...(action === undefined ? {} : { action }),
      });
    expect(refused('return.decide')).toBe('操作が認められなかった（回答の確認・差戻し）');
    expect(refused('something.else')).toBe('操作が認められなかった');
    expect(refused()).toBe('操作が認められなかった');
  });

  it('is found by who did it', () => {
    const by = (person: string): LogPageEntry[] =>
      [submitted, viewed, published].filter((entry) => isWanted(entry, readLogFilter({ person }), nameOf));
    expect(by('川口市')).toEqual([submitted]);
    expect(by('県担当')).toEqual([viewed, published]);
    expect(by('')).toHaveLength(3);
  });

  it('is found by what happened and by unit, by name or code', () => {
    const wanted = (entry: LogPageEntry, what: string, unit: string): boolean =>
      isWanted(entry, readLogFilter({ what, unit }), nameOf);
    expect(wanted(submitted, 'submitted', '')).toBe(true);
    expect(wanted(submitted, 'accepted', '')).toBe(false);
    expect(wanted(submitted, 'nonsense', '川口')).toBe(true);
    expect(wanted(submitted, 'changes', '')).toBe(true);
    expect(wanted(viewed, 'changes', '')).toBe(false);
    expect(wanted(viewed, '', '112038')).toBe(true);
    expect(wanted(viewed, '', '112011')).toBe(false);
    expect(wanted(published, '', '川口')).toBe(false);
  });

  it('is one line where somebody took the files of an export one after the other', () => {
    const file = (name: string, rest = {}): LogPageEntry => {
      return {
        actor: '県担当',
        at,
        what: 'downloaded',
        exportId: '20241101T080000Z-ABCDEF',
        path: `internal/${name}`,
        ...rest,
      };
    };
    const other = file('c.csv', { actor: '別の担当' });
    expect(foldDownloads([file('a.csv'), file('b.csv'), other, viewed, file('d.csv')])).toEqual([
      { entry: file('a.csv'), files: ['庁内用「a.csv」', '庁内用「b.csv」'] },
      { entry: other, files: [] },
      { entry: viewed, files: [] },
      { entry: file('d.csv'), files: [] },
    ]);
    expect(describeAll(file('a.csv'))).toBe('令和6年11月1日 17:00の出力のファイルをダウンロードした');
    expect(inWords(file('a.csv'))).toBe('令和6年11月1日 17:00の出力の庁内用「a.csv」をダウンロードした');
  });
});
