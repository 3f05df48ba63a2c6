/* oxlint-disable no-new -- a construct joins the tree by being made */

import { Stack } from 'aws-cdk-lib';
import * as athena from 'aws-cdk-lib/aws-athena';
import * as glue from 'aws-cdk-lib/aws-glue';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { accessLogFields } from './access-log.ts';

interface LogQueriesProps {
  /** Of the logs; results are written beside them. */
  readonly bucket: IBucket;
  /** Whether accounts are the pool's own, which then tells of sign-ins. */
  readonly hasSignIns: boolean;
}

/** What Cognito writes of a sign-in; the event itself is JSON again. */
const signInFields = ['eventtimestamp', 'message'];

/** The days that a query looks at; whoever runs it changes them. In the morning Athena's day, of UTC, is not yet that of the folders. */
const days = `day BETWEEN date_format(current_date - interval '7' day, '%Y/%m/%d') AND date_format(current_date + interval '1' day, '%Y/%m/%d')`;

/** The logs as tables, by day, and the questions that an incident asks first. */
export class LogQueries extends Construct {
  readonly #database: string;

  constructor(scope: Construct, id: string, { bucket, hasSignIns }: LogQueriesProps) {
    super(scope, id);
    const { stackName, account } = Stack.of(this);
    // Athena takes small letters, digits and underscores.
    this.#database = `${stackName.toLowerCase().replaceAll('-', '_')}_logs`;
    const database = new glue.CfnDatabase(this, 'Database', {
      catalogId: account,
      databaseInput: { name: this.#database },
    });
    const tables = [
      this.#table('Access', 'access', accessLogFields, bucket),
      ...(hasSignIns ? [this.#table('SignIns', 'sign_in', signInFields, bucket)] : []),
    ];
    for (const table of tables) table.addResourceDependency(database);
    const workGroup = new athena.CfnWorkGroup(this, 'WorkGroup', {
      name: stackName,
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: false,
        resultConfiguration: {
          outputLocation: bucket.s3UrlForObject('queries/'),
          encryptionConfiguration: { encryptionOption: 'SSE_S3' },
        },
      },
    });
    for (const query of this.#queries(hasSignIns)) {
      query.addResourceDependency(workGroup);
      query.addResourceDependency(database);
    }
  }

  #table(id: string, prefix: string, fields: readonly string[], bucket: IBucket): glue.CfnTable {
    return new glue.CfnTable(this, id, {
      catalogId: Stack.of(this).account,
      databaseName: this.#database,
      tableInput: {
        name: prefix,
        tableType: 'EXTERNAL_TABLE',
        partitionKeys: [{ name: 'day', type: 'string' }],
        // Athena finds the folders of the days by itself.
        parameters: {
          'projection.enabled': 'true',
          'projection.day.type': 'date',
          'projection.day.format': 'yyyy/MM/dd',
          'projection.day.range': '2026/01/01,NOW+1DAY',
          'storage.location.template': `${bucket.s3UrlForObject(`${prefix}/`)}\${day}/`,
        },
        storageDescriptor: {
          columns: fields.map((name) => ({ name: name.toLowerCase(), type: 'string' })),
          location: bucket.s3UrlForObject(`${prefix}/`),
          inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
          outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
          serdeInfo: { serializationLibrary: 'org.openx.data.jsonserde.JsonSerDe' },
        },
      },
    });
  }

  #queries(hasSignIns: boolean): athena.CfnNamedQuery[] {
    const signIns = hasSignIns
      ? `SELECT eventtimestamp, json_extract_scalar(message, '$.userName') AS name,
       json_extract_scalar(message, '$.eventType') AS event, json_extract_scalar(message, '$.eventResponse') AS outcome,
       json_extract_scalar(message, '$.ipAddress') AS ip
FROM sign_in WHERE ${days} ORDER BY eventtimestamp DESC`
      : `SELECT at, ip, status FROM access WHERE ${days} AND path LIKE '%/sign-in/callback' ORDER BY day DESC, at DESC`;
    const questions = [
      ['SignedIn', 'サインインした人', signIns],
      [
        'Refused',
        '拒否されたもの',
        `SELECT at, ip, method, path, status, refusal, firewall FROM access
WHERE ${days} AND (status LIKE '4%' OR firewall = 'WAF_BLOCK') ORDER BY day DESC, at DESC`,
      ],
      [
        'Downloaded',
        'ダウンロードされたもの',
        `SELECT at, ip, path, status, bytes FROM access
WHERE ${days} AND method = 'GET' AND status LIKE '2%' AND regexp_like(path, '/files/.|/workbook/(file|marked)$|/(history|versions)/[0-9]+/(workbook|csv)$|\\.(csv|xlsx|zip|docx|json)$')
ORDER BY day DESC, at DESC`,
      ],
    ] as const;
    return questions.map(
      ([id, name, queryString]) =>
        new athena.CfnNamedQuery(this, id, {
          name,
          database: this.#database,
          workGroup: Stack.of(this).stackName,
          queryString,
        }),
    );
  }
}
