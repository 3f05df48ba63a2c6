/**
 * Prices of AWS in the Tokyo region, in US dollars without tax and without any free tier.
 *
 * They are written down from memory and were not looked up: whoever budgets with them checks each against the page that
 * it names, corrects it here, and runs `npm run cost` again.
 */

export const pricesAsOf = '2025年6月ごろ';

export interface Price {
  readonly usd: number;
  /** How many units that buys. */
  readonly per: number;
  /** In Japanese, with its counter: `100万要求`. */
  readonly unit: string;
  /** AWS's page, under https://aws.amazon.com/. */
  readonly page: string;
}

const million = 1_000_000;

export const prices = {
  apiRequest: { usd: 4.25, per: million, unit: '100万要求', page: 'API Gateway pricing（REST API）' },
  lambdaGbSecond: { usd: 0.0000133334, per: 1, unit: 'GB秒', page: 'AWS Lambda pricing（Arm）' },
  lambdaRequest: { usd: 0.2, per: million, unit: '100万回', page: 'AWS Lambda pricing（Arm）' },
  tableWrite: { usd: 0.715, per: million, unit: '100万書込単位', page: 'Amazon DynamoDB pricing（オンデマンド）' },
  tableRead: { usd: 0.1425, per: million, unit: '100万読取単位', page: 'Amazon DynamoDB pricing（オンデマンド）' },
  tableStorage: { usd: 0.285, per: 1, unit: 'GB月', page: 'Amazon DynamoDB pricing（オンデマンド）' },
  tableHistory: { usd: 0.228, per: 1, unit: 'GB月', page: 'Amazon DynamoDB pricing（ポイントインタイムリカバリ）' },
  fileStorage: { usd: 0.025, per: 1, unit: 'GB月', page: 'Amazon S3 pricing（標準）' },
  filePut: { usd: 0.0047, per: 1000, unit: '1,000要求', page: 'Amazon S3 pricing（PUT）' },
  fileGet: { usd: 0.00037, per: 1000, unit: '1,000要求', page: 'Amazon S3 pricing（GET）' },
  key: { usd: 1, per: 1, unit: '鍵の世代・月', page: 'AWS KMS pricing' },
  keyRequest: { usd: 0.03, per: 10_000, unit: '1万要求', page: 'AWS KMS pricing' },
  firewall: { usd: 5, per: 1, unit: 'ウェブACL・月', page: 'AWS WAF pricing' },
  firewallRule: { usd: 1, per: 1, unit: 'ルール・月', page: 'AWS WAF pricing' },
  firewallRequest: { usd: 0.6, per: million, unit: '100万要求', page: 'AWS WAF pricing' },
  logIngest: { usd: 0.76, per: 1, unit: 'GB', page: 'Amazon CloudWatch pricing（ログ）' },
  logStorage: { usd: 0.033, per: 1, unit: 'GB月', page: 'Amazon CloudWatch pricing（ログ）' },
  metric: { usd: 0.3, per: 1, unit: 'メトリクス・月', page: 'Amazon CloudWatch pricing（カスタムメトリクス）' },
  alarm: { usd: 0.1, per: 1, unit: 'アラームのメトリクス・月', page: 'Amazon CloudWatch pricing（アラーム）' },
  dashboard: { usd: 3, per: 1, unit: 'ダッシュボード・月', page: 'Amazon CloudWatch pricing（ダッシュボード）' },
  logStream: { usd: 0.036, per: 1, unit: 'GB（1件を5KBに切上げ）', page: 'Amazon Data Firehose pricing（Direct PUT）' },
  activeUser: { usd: 0.02, per: 1, unit: '月間利用者', page: 'Amazon Cognito pricing（Plus）' },
  tableBackup: { usd: 0.114, per: 1, unit: 'GB月', page: 'AWS Backup pricing（DynamoDB、東京・大阪）' },
  fileBackup: { usd: 0.06, per: 1, unit: 'GB月', page: 'AWS Backup pricing（S3、東京・大阪）' },
  copyTransfer: { usd: 0.09, per: 1, unit: 'GB', page: 'AWS Backup pricing（リージョン間）' },
  transferOut: { usd: 0.114, per: 1, unit: 'GB', page: 'Amazon EC2 pricing（データ転送アウト）' },
  mail: { usd: 0.1, per: 1000, unit: '1,000通', page: 'Amazon SES pricing' },
  scheduled: { usd: 1.25, per: million, unit: '100万回', page: 'Amazon EventBridge pricing（スケジューラ）' },
  alarmMail: { usd: 2, per: 100_000, unit: '10万通', page: 'Amazon SNS pricing（メール）' },
  queueRequest: { usd: 0.4, per: million, unit: '100万要求', page: 'Amazon SQS pricing' },
} as const satisfies Record<string, Price>;

export type PriceName = keyof typeof prices;
