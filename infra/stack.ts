/* oxlint-disable no-new -- a construct joins the tree by being made */

import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Bucket } from './constructs/bucket.ts';
import { ExportFunction } from './constructs/export-function.ts';
import { Gateway } from './constructs/gateway.ts';
import { HttpFunction } from './constructs/http-function.ts';
import { Identity } from './constructs/identity.ts';
import { Schedule } from './constructs/schedule.ts';
import { Table } from './constructs/table.ts';
import type { Prefecture } from './prefectures/schema.ts';

/** Everything a prefecture runs, in one region of Japan. */
export class YoriaiStack extends Stack {
  constructor(scope: Construct, prefecture: Prefecture) {
    super(scope, `Yoriai-${prefecture.id}`, {
      description: 'Yoriai: returns about self-support councils',
      env: { region: 'ap-northeast-1' },
      terminationProtection: true,
      tags: { prefecture: prefecture.name },
    });

    const table = new Table(this, 'Table');
    const bucket = new Bucket(this, 'Bucket');
    const identity = new Identity(this, 'Identity');
    const common = { TABLE_NAME: table.name, BUCKET_NAME: bucket.name, PREFECTURE_CODE: prefecture.code };

    const exporter = new ExportFunction(this, 'Export', {
      environment: {
        ...common,
        DATA_LICENCE: prefecture.licence,
        ...(prefecture.division === undefined ? {} : { REPORT_DIVISION: prefecture.division }),
      },
    });
    table.grantExportingRounds(exporter);
    bucket.grantWritingExports(exporter);
    new Schedule(this, 'DailyExports', { exporter, at: prefecture.exportAt });

    const http = new HttpFunction(this, 'Http', {
      environment: {
        ...common,
        PREFECTURE_NAME: prefecture.name,
        PREFECTURE_CONTACT: JSON.stringify(prefecture.contact),
        TOKEN_ISSUER: identity.issuer,
        TOKEN_CLIENT_ID: identity.clientId,
        EXPORT_FUNCTION_NAME: exporter.name,
        PUBLIC_BASE_PATH: Gateway.basePath,
      },
    });
    table.grantKeepingReturns(http);
    bucket.grantReadingExports(http);
    bucket.grantPublishing(http);
    exporter.grantStarting(http);

    const gateway = new Gateway(this, 'Gateway', { handler: http.handler });

    new CfnOutput(this, 'Url', { value: gateway.url });
    new CfnOutput(this, 'UserPoolId', { value: identity.userPoolId });
    new CfnOutput(this, 'ClientId', { value: identity.clientId });
    new CfnOutput(this, 'BucketName', { value: bucket.name });
  }
}
