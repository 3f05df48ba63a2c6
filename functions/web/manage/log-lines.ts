/** The log in words: who did what when. Pure. */

import { onBehalfText } from '../../../schemas/return.ts';
import type { OnBehalf } from '../../../schemas/return.ts';
import { dayInJapan } from '../../../schemas/round.ts';
import { exportFileName } from '../../domain/export-file-names.ts';
import type { NamedForm } from '../../domain/export-file-names.ts';
import { exportName } from '../../domain/export-name.ts';
import { noMoreRefusals } from '../../storage/items.ts';
import type { Action } from '../../domain/authorisation.ts';
import { printInstant } from '../../domain/print-instant.ts';
import type { LogPageEntry } from '../../storage/log.ts';

type What = LogPageEntry['what'];
/** A correction by the prefecture is sent back and submitted in one, which are two entries: people know it as one thing. */
type Word = What | 'corrected';

const whats: Readonly<Record<Word, string>> = {
  started: '作成を始めた',
  submitted: '提出した',
  withdrawn: '提出を取り下げた（確認済の取消しを含む）',
  accepted: '確認済にした',
  returned: '差し戻した',
  corrected: '職権で訂正した',
  extended: '期限を延長した',
  extensionEnded: '期限の延長を取り消した',
  absent: '回答なしと記録した',
  absenceEnded: '回答なしの記録を取り消した',
  proxyBegun: '代理入力を始めた',
  proxyEnded: '代理入力をやめた',
  roundDefined: '調査を設定した',
  roundClosed: '受付を終了した',
  roundReopened: '受付を再開した',
  published: '公表版を確定した',
  editionWithdrawn: '公表を取りやめた',
  figuresReleased: '合計のみの項目の繰上げ公表を決めた',
  viewed: '回答を閲覧した',
  downloaded: 'ファイルをダウンロードした',
  refused: '操作が認められなかった',
  signedIn: 'サインインした',
  reportSettingsChanged: '報告書の記載事項を変更した',
  roundTextsChanged: '依頼文・記入要領を変更した',
  shared: '共有のリンクを作成した',
  shareOpened: '共有のリンクから入力を始めた',
  shareEnded: '共有のリンクを取り消した',
  asked: '県に質問した',
  answered: '質問に回答した',
  approved: '提出前の承認をした',
  approvalSet: '提出前の承認の要否を変更した',
  prefilledChanged: '県の把握している値を変更した',
  mailSettingsChanged: 'メールの設定・文面を変更した',
  mailsRequested: 'メールの送信を指示した',
  publicAddressOpened: '公開用アドレスでの公開を始めた',
  publicAddressClosed: '公開用アドレスでの公開をやめた',
};

const actions: Readonly<Record<Action, string>> = {
  'catalogue.read': '調査票の定義の閲覧',
  'catalogue.write': '調査票の作成・採用',
  'directory.read': '名簿の閲覧',
  'directory.write': '名簿の変更',
  'contacts.read': '連絡先の閲覧',
  'contacts.write': '連絡先の変更',
  'rounds.read': '調査の閲覧',
  'rounds.write': '調査の設定',
  'tracker.read': '進捗の閲覧',
  'prefecture.read': '県の画面の閲覧',
  'return.read': '回答の閲覧',
  'return.edit': '回答の入力',
  'section.read': '共有された回答の閲覧',
  'section.edit': '共有された回答の入力',
  'return.share': '回答の共有',
  'return.approve': '提出前の承認',
  'comment.write': '庁内のコメント',
  'comment.remove': '庁内のコメントの削除',
  'question.read': '質問の閲覧',
  'question.ask': '県への質問',
  'question.answer': '質問への回答',
  'return.submit': '回答の提出・取下げ',
  'return.decide': '回答の確認・差戻し',
  'return.except': '期限の延長・回答なしの記録',
  'return.onBehalf': '代理入力・職権訂正',
  'summary.read': '集計の閲覧',
  'exports.read': '出力の閲覧',
  'exports.run': '出力の実行',
  'exports.publish': '公表版の確定',
  'editions.withdraw': '公表の取りやめ',
  'publicAddress.write': '公開用アドレスの設定',
  'reportSettings.read': '報告書の記載事項の閲覧',
  'reportSettings.write': '報告書の記載事項の変更',
  'mails.read': 'メールの閲覧',
  'mails.send': 'メールの送信・設定',
  'log.read': '履歴の閲覧',
  'notes.read': '引継メモの閲覧',
  'notes.write': '引継メモの記入・削除',
  'accounts.manage': '利用者の管理',
};

/** What was refused, for people; nothing where it has no name. */
function labelOfAction(name: string | undefined): string {
  const known = Object.entries(actions).find(([action]) => action === name);
  return known === undefined ? '' : `（${known[1]}）`;
}

/** Who looked at what, and what was refused: so many that nobody finds among them what was decided. */
const looks: ReadonlySet<What> = new Set(['viewed', 'downloaded', 'refused', 'signedIn']);

/** What may be looked for, by what it is called: first all that changed anything, then each. */
export const wantedWhats = {
  changes: 'すべての変更・決定（閲覧、ダウンロード等を除く）',
  ...whats,
} as const;

export interface LogFilter {
  readonly what?: keyof typeof wantedWhats | undefined;
  /** Code of a unit, or part of its name. */
  readonly unit: string;
  /** Part of the name of who did it. */
  readonly person: string;
}

/** Reads the filter from an address; what is not known filters nothing. */
export function readLogFilter({ what, unit, person }: Readonly<Record<string, string | undefined>>): LogFilter {
  const known = Object.keys(wantedWhats).find((each): each is keyof typeof wantedWhats => each === what);
  const text = (value: string | undefined): string => (value ?? '').trim().slice(0, 100);
  return { what: known, unit: text(unit), person: text(person) };
}

function isCorrection(entry: LogPageEntry): boolean {
  return 'onBehalf' in entry && entry.onBehalf?.source === 'correction';
}

/** @param nameOf the name of a unit by its form and code */
export function isWanted(
  entry: LogPageEntry,
  { what, unit, person }: LogFilter,
  nameOf: (form: string, unit: string) => string,
): boolean {
  const word: Word = isCorrection(entry) ? 'corrected' : entry.what;
  if (what === 'changes' ? looks.has(entry.what) : what !== undefined && word !== what) return false;
  if (!entry.actor.includes(person)) return false;
  if (unit === '') return true;
  if (!('return' in entry) || entry.return === undefined) return false;
  const { form, unit: code } = entry.return;
  return code === unit || nameOf(form, code).includes(unit);
}

function versionOf(number: number | undefined): string {
  return number === undefined ? '' : `第${number}版を`;
}

const audiences: Readonly<Record<string, string>> = {
  internal: '庁内用',
  public: '公表用',
  edition: '公表版',
};

/** 庁内用「報告書（Word）」 */
function fileOf(path: string, forms: readonly NamedForm[]): string {
  return `${audiences[path.split('/')[0] ?? ''] ?? ''}「${exportFileName(path, forms).label || path}」`;
}

/** Of several downloads in a row, told as one. */
export function describeAll(entry: LogPageEntry): string {
  const name = entry.what === 'downloaded' ? exportName(entry.exportId ?? '') : '出力';
  return `${name}のファイルをダウンロードした`;
}

function onBehalfOf({ onBehalf }: { readonly onBehalf?: OnBehalf | undefined }): string {
  return onBehalf === undefined ? '' : `（${onBehalfText(onBehalf)}）`;
}

function reasonOf({ onBehalf }: { readonly onBehalf?: OnBehalf | undefined }): string {
  return onBehalf === undefined ? '' : `（理由：${onBehalf.reason}）`;
}

/** @param forms of the round, by which their files are called */
export function describe(entry: LogPageEntry, forms: readonly NamedForm[] = []): string {
  switch (entry.what) {
    case 'submitted':
      return isCorrection(entry)
        ? `${versionOf(entry.after.version)}職権訂正として提出した${reasonOf(entry)}`
        : `${versionOf(entry.after.version)}提出した${entry.after.late === true ? '（期限後）' : ''}${onBehalfOf(entry)}`;
    case 'accepted':
      return entry.imported === true
        ? '前年度以前の回答として取り込んだ'
        : `${versionOf(entry.before.version)}確認済にした`;
    case 'withdrawn':
      return entry.undone === undefined
        ? `${versionOf(entry.before.version)}取り下げた`
        : `${versionOf(entry.before.version)}確認済から戻した（理由：${entry.undone}）`;
    case 'returned':
      return isCorrection(entry)
        ? `${versionOf(entry.before.version)}職権で訂正した${reasonOf(entry)}`
        : `${versionOf(entry.before.version)}差し戻した`;
    case 'started':
      return `${whats.started}${entry.after.proxy === undefined ? '' : `（${onBehalfText(entry.after.proxy)}）`}`;
    case 'proxyBegun':
      return entry.after.proxy === undefined
        ? whats.proxyBegun
        : `${whats.proxyBegun}（${onBehalfText(entry.after.proxy)}）`;
    case 'extended':
      return `期限を${printInstant(entry.after.extension?.dueAt ?? '')}まで延長した（理由：${entry.after.extension?.reason ?? ''}）`;
    case 'absent':
      return `回答なしと記録した（理由：${entry.after.absence?.reason ?? ''}）`;
    case 'viewed':
      return entry.version === undefined ? '作成中の回答を閲覧した' : `第${entry.version}版を閲覧した`;
    case 'downloaded':
      return entry.exportId === undefined
        ? entry.path?.startsWith('files/') === true
          ? '回答に添えられたファイルをダウンロードした'
          : '回答を記入用のExcelファイルでダウンロードした'
        : `${exportName(entry.exportId)}の${fileOf(entry.path ?? '', forms)}をダウンロードした`;
    case 'published':
      return `${exportName(entry.exportId)}を公表版 第${entry.edition}版に確定した`;
    case 'editionWithdrawn':
      return `公表版 第${entry.edition}版の公表を取りやめた（理由：${entry.reason}）`;
    case 'figuresReleased':
      return `合計のみを公表する項目${entry.questions.length}件の繰上げ公表を決めた（理由：${entry.reason}）`;
    case 'roundDefined':
      return `調査を${entry.opened ? '公開' : '設定'}した（${entry.draft ? '公開前、' : ''}名簿 第${entry.directoryVersion}版）`;
    case 'roundReopened': {
      const { closesAt } = entry.definition;
      return `${whats.roundReopened}（受付終了：${closesAt === undefined ? '定めない' : printInstant(closesAt)}）`;
    }
    case 'refused':
      return `操作が認められなかった${labelOfAction(entry.action)}${entry.code === noMoreRefusals ? '。回数が多いため、この時間帯の以後の記録を省略' : ''}`;
    case 'approvalSet':
      if (entry.path === undefined) return whats.approvalSet;
      return `提出前の承認を必要と${entry.path === 'demanded' ? 'する' : 'しない'}ことにした`;
    case 'roundClosed':
    case 'proxyEnded':
    case 'extensionEnded':
    case 'absenceEnded':
    case 'signedIn':
    case 'reportSettingsChanged':
    case 'roundTextsChanged':
    case 'shared':
    case 'shareOpened':
    case 'shareEnded':
    case 'asked':
    case 'answered':
    case 'approved':
    case 'prefilledChanged':
    case 'mailSettingsChanged':
    case 'mailsRequested':
    case 'publicAddressOpened':
    case 'publicAddressClosed':
      return whats[entry.what];
  }
}

/** A line of the page: an entry, or several downloads in a row of one person from one export. */
export interface LogLine {
  readonly entry: LogPageEntry;
  /** Of the files, where there is more than one. */
  readonly files: readonly string[];
}

function isSameDownload(a: LogPageEntry, b: LogPageEntry): boolean {
  if (a.what !== 'downloaded' || b.what !== 'downloaded' || a.exportId === undefined) return false;
  const [day, other] = [a.at, b.at].map((at) => dayInJapan(new Date(at)));
  return a.actor === b.actor && a.exportId === b.exportId && day === other;
}

/** Who downloads an export takes its files one after the other: that is one line. */
export function foldDownloads(entries: readonly LogPageEntry[], forms: readonly NamedForm[] = []): LogLine[] {
  const lines: { entry: LogPageEntry; files: string[] }[] = [];
  for (const entry of entries) {
    const file = entry.what === 'downloaded' ? [fileOf(entry.path ?? '', forms)] : [];
    const last = lines.at(-1);
    if (last !== undefined && isSameDownload(last.entry, entry)) last.files.push(...file);
    else lines.push({ entry, files: file });
  }
  return lines.map(({ entry, files }) => ({ entry, files: files.length > 1 ? files : [] }));
}
