/** What a month costs, line by line. */

import type { Month } from './month.ts';
import { prices } from './prices.ts';
import type { PriceName } from './prices.ts';
import type { Resources } from './resources.ts';

export interface Line {
  readonly title: string;
  readonly price: PriceName;
  readonly quantity: number;
  /** In Japanese: how the quantity comes about. */
  readonly basis: string;
}

const kilobyte = 1 / 1024 ** 2;
/** Seconds of a request, and memory in GB: 1,024 MB. */
const request = { seconds: 0.15, gigabytes: 1 };
const exporting = { seconds: 10, secondsPerReturn: 0.05, gigabytes: 1769 / 1024 };
/** Starts of the export and of the disposal, on every day, with or without anything to do. */
const dailyStarts = 60;
const dailySeconds = 2;
/** A draft of up to 8 KB and the head of its return, twice for the transaction. */
const writesPerSave = 18;
const writesPerSubmission = 30;
/** The session, the round, the directory and the return, read consistently. */
const readsPerRequest = 15;
const readsPerExportedReturn = 6;
const keptLogMonths = 12;
const copiesInOsaka = 12;
/** Of the functions' log, and of the answers, by request. */
const loggedKilobytes = 0.3;
const answeredKilobytes = 15;
/** Each rotation adds one, up to two. */
const generationsOfKey = 3;
/** What the three functions count, each by its own dimension. */
const ownMetrics = 14;
const alarmMails = 20;
/** The part of the requests that the firewall writes down. */
const remarked = 0.02;

export function billOf(month: Month, resources: Resources): readonly Line[] {
  const {
    requests,
    returns,
    saves,
    submissions,
    exports,
    exportMegabytes,
    tableGigabytes,
    fileGigabytes,
    newFileGigabytes,
  } = month;
  const exportSeconds =
    exports * (exporting.seconds + returns * exporting.secondsPerReturn) + dailyStarts * dailySeconds;
  const gbSeconds = requests * request.seconds * request.gigabytes + exportSeconds * exporting.gigabytes;
  const calls = requests + exports + dailyStarts;
  const writes = saves * writesPerSave + submissions * writesPerSubmission + month.signIns * 10;
  const reads = requests * readsPerRequest + exports * returns * readsPerExportedReturn;
  const logged = requests * loggedKilobytes * kilobyte;
  const streamed = requests * (1 + remarked) * 5 * kilobyte;
  const transferred = requests * answeredKilobytes * kilobyte + (exports * 0.1 * exportMegabytes) / 1024;
  const accessLogs = requests * kilobyte * keptLogMonths;
  return [
    { title: 'API Gateway 要求', price: 'apiRequest', quantity: requests, basis: '画面・保存・部品の要求' },
    {
      title: 'Lambda 実行時間',
      price: 'lambdaGbSecond',
      quantity: gbSeconds,
      basis: '1要求 0.15秒 × 1GB、出力 1回 10秒＋1件 0.05秒 × 1.7GB',
    },
    { title: 'Lambda 呼出し', price: 'lambdaRequest', quantity: calls, basis: '要求、出力、毎日の起動2回' },
    { title: 'DynamoDB 書込み', price: 'tableWrite', quantity: writes, basis: '保存 18、提出 30、サインイン 10 単位' },
    { title: 'DynamoDB 読取り', price: 'tableRead', quantity: reads, basis: '1要求 15 単位、出力 1件 6 単位' },
    { title: 'DynamoDB 保存', price: 'tableStorage', quantity: tableGigabytes, basis: '5年分、1件 40KB' },
    { title: 'DynamoDB 復元用の履歴', price: 'tableHistory', quantity: tableGigabytes, basis: '保存と同じ量' },
    {
      title: 'S3 保存',
      price: 'fileStorage',
      quantity: fileGigabytes + accessLogs,
      basis: '出力 5年分とアクセスログ 12か月分',
    },
    { title: 'S3 書込み', price: 'filePut', quantity: month.filesWritten, basis: '出力 1回 60 ファイル' },
    { title: 'S3 読取り', price: 'fileGet', quantity: month.filesRead, basis: '書込みの確認とダウンロード' },
    { title: 'KMS 鍵', price: 'key', quantity: resources.keys * generationsOfKey, basis: '年1回の更新で最大3世代' },
    {
      title: 'KMS 要求',
      price: 'keyRequest',
      quantity: requests + month.filesWritten + month.filesRead,
      basis: '多くとも要求とファイル1つにつき1回',
    },
    { title: 'WAF ウェブACL', price: 'firewall', quantity: resources.firewalls, basis: 'テンプレートの数' },
    { title: 'WAF ルール', price: 'firewallRule', quantity: resources.firewallRules, basis: 'テンプレートの数' },
    { title: 'WAF 要求', price: 'firewallRequest', quantity: requests, basis: 'すべての要求' },
    { title: 'アクセスログの配信', price: 'logStream', quantity: streamed, basis: '1要求 1件、遮断などの記録 2％' },
    { title: '関数のログの取込み', price: 'logIngest', quantity: logged, basis: '1要求 0.3KB' },
    {
      title: '関数のログの保存',
      price: 'logStorage',
      quantity: logged * keptLogMonths,
      basis: '12か月、毎月この量とした場合',
    },
    { title: 'カスタムメトリクス', price: 'metric', quantity: ownMetrics, basis: '3つの関数が数えるもの' },
    { title: 'アラーム', price: 'alarm', quantity: resources.alarmMetrics, basis: 'テンプレートの数' },
    { title: 'ダッシュボード', price: 'dashboard', quantity: resources.dashboards, basis: 'テンプレートの数' },
    { title: 'Cognito 利用者', price: 'activeUser', quantity: month.activeUsers, basis: 'その月にサインインした人' },
    {
      title: '控え（表）',
      price: 'tableBackup',
      quantity: tableGigabytes * (2 + copiesInOsaka),
      basis: '東京に多くて2回分、大阪に12か月分',
    },
    { title: '控え（ファイル）', price: 'fileBackup', quantity: fileGigabytes * 2, basis: '東京と大阪に増分で' },
    {
      title: '大阪への複写',
      price: 'copyTransfer',
      quantity: tableGigabytes + newFileGigabytes,
      basis: '表の全量とファイルの増分',
    },
    {
      title: 'インターネットへの転送',
      price: 'transferOut',
      quantity: transferred,
      basis: '1要求 15KB、出力の1割のダウンロード',
    },
    { title: 'SES 案内メール', price: 'mail', quantity: month.activeUsers, basis: '利用者1人に1通' },
    { title: 'スケジューラ', price: 'scheduled', quantity: dailyStarts, basis: '出力と廃棄を毎日1回' },
    { title: 'SNS 通知メール', price: 'alarmMail', quantity: alarmMails, basis: '月に20通' },
    { title: 'SQS', price: 'queueRequest', quantity: dailyStarts, basis: '失敗した処理だけ' },
  ];
}

/** In dollars. */
export function costOf({ price, quantity }: Pick<Line, 'price' | 'quantity'>): number {
  const { usd, per } = prices[price];
  return (quantity / per) * usd;
}

/** In dollars. */
export function totalOf(lines: readonly Line[]): number {
  return lines.reduce((sum, line) => sum + costOf(line), 0);
}
