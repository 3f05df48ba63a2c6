/* oxlint-disable no-new -- a construct joins the tree by being made */

import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AlarmTopic } from './constructs/alarms.ts';
import { Backup } from './constructs/backup.ts';
import { Bucket } from './constructs/bucket.ts';
import { Dashboard } from './constructs/dashboard.ts';
import { DeadLetters } from './constructs/dead-letters.ts';
import { DisposalFunction } from './constructs/disposal-function.ts';
import { ExportFunction } from './constructs/export-function.ts';
import { Firewall } from './constructs/firewall.ts';
import { Gateway } from './constructs/gateway.ts';
import { HttpFunction } from './constructs/http-function.ts';
import { Identity } from './constructs/identity.ts';
import { Key } from './constructs/key.ts';
import { LogQueries } from './constructs/log-queries.ts';
import { MailFunction } from './constructs/mail-function.ts';
import { MalwareScan } from './constructs/malware-scan.ts';
import { Opening } from './constructs/opening.ts';
import { Schedule } from './constructs/schedule.ts';
import { Table } from './constructs/table.ts';
import { TableCatalog } from './constructs/table-catalog.ts';
import { signInWayOf } from './prefectures/identity.ts';
import type { Prefecture } from './prefectures/schema.ts';
import { stackRegion } from './prefectures/regions.ts';

export class YoriaiStack extends Stack {
  constructor(scope: Construct, prefecture: Prefecture) {
    super(scope, `Yoriai-${prefecture.id}`, {
      description: 'Yoriai: returns about self-support councils',
      env: { region: stackRegion, ...(prefecture.account === undefined ? {} : { account: prefecture.account }) },
      terminationProtection: true,
      tags: { prefecture: prefecture.name },
    });

    const key = new Key(this, 'Key', { arn: prefecture.encryptionKeyArn });
    const alarms = new AlarmTopic(this, 'Alarms', { recipients: prefecture.alarmRecipients, key: key.key });
    const table = new Table(this, 'Table', { key, alarms });
    const bucket = new Bucket(this, 'Bucket', { key });
    const isScanned = prefecture.scanUploads;
    if (isScanned) new MalwareScan(this, 'MalwareScan', { bucket, key });
    const opening = new Opening(this, 'Opening');
    const { edge, domain, prefectureNetworks } = prefecture;
    const signIn = signInWayOf(prefecture.identity, edge);
    const gateway = new Gateway(this, 'Gateway', { edge, signIn, domain, opening, prefectureNetworks, alarms });
    const identity = new Identity(this, 'Identity', {
      settings: prefecture.identity,
      signIn,
      prefectureName: prefecture.name,
      publicOrigin: gateway.publicOrigin,
      basePath: gateway.basePath,
      mailSender: prefecture.mailSender,
      signInLog: () => gateway.logs.signIns(),
    });
    new Firewall(this, 'SignInFirewall', {
      what: signIn === 'own' ? 'pool' : 'signIn',
      resourceArn: identity.userPoolArn,
      edge,
      signIn,
      opening,
      prefectureNetworks,
      log: gateway.logs.firewall,
      alarms,
    });
    const hasSignIns = prefecture.identity.kind === 'own';
    new LogQueries(this, 'LogQueries', { bucket: gateway.logs.bucket, hasSignIns });
    const common = {
      TABLE_NAME: table.name,
      BUCKET_NAME: bucket.name,
      PREFECTURE_CODE: prefecture.code,
      METRICS_NAMESPACE: `Yoriai/${prefecture.id}`,
    };
    const catalog = new TableCatalog(this, 'Tables', { bucket, analysts: prefecture.analysts });
    const databases = { INTERNAL_DATABASE: catalog.databases.internal, PUBLIC_DATABASE: catalog.databases.public };
    const deadLetters = new DeadLetters(this, 'DeadLetters', { alarms });

    const exporter = new ExportFunction(this, 'Export', {
      environment: {
        ...common,
        ...databases,
        DATA_LICENCE: prefecture.licence,
        UPLOADS_SCANNED: isScanned ? 'yes' : 'no',
        ...(prefecture.division === undefined ? {} : { REPORT_DIVISION: prefecture.division }),
      },
      deadLetters,
      alarms,
    });
    table.grantExportingRounds(exporter);
    bucket.grantWritingExports(exporter);
    bucket.grantReadingUploads(exporter, { isScanned });
    bucket.grantTakingEditionsDown(exporter);
    catalog.grantRegistering(exporter);
    new Schedule(this, 'DailyExports', { task: exporter, at: prefecture.exportAt, deadLetters, alarms });

    const RETENTION_YEARS = String(prefecture.retention.roundYears);
    const disposal = new DisposalFunction(this, 'Disposal', {
      environment: {
        TABLE_NAME: table.name,
        BUCKET_NAME: bucket.name,
        METRICS_NAMESPACE: common.METRICS_NAMESPACE,
        RETENTION_YEARS,
        ...databases,
      },
      deadLetters,
      alarms,
    });
    table.grantDisposingOfRounds(disposal);
    bucket.grantDisposingOfRounds(disposal);
    catalog.grantRemovingRounds(disposal);
    new Schedule(this, 'DailyDisposals', { task: disposal, at: '04:30', deadLetters, alarms });

    if (prefecture.mailSender !== undefined) {
      const mails = new MailFunction(this, 'Mails', {
        environment: {
          TABLE_NAME: table.name,
          METRICS_NAMESPACE: common.METRICS_NAMESPACE,
          PREFECTURE_NAME: prefecture.name,
          PREFECTURE_CONTACT: JSON.stringify(prefecture.contact),
          MAIL_SENDER: prefecture.mailSender,
          SITE_URL: gateway.publicOrigin + gateway.basePath,
        },
        deadLetters,
        alarms,
      });
      table.grantSendingMails(mails);
      new Schedule(this, 'Mailing', { task: mails, at: { everyMinutes: 5 }, deadLetters, alarms });
    }

    const http = new HttpFunction(this, 'Http', {
      environment: {
        ...common,
        PREFECTURE_NAME: prefecture.name,
        PREFECTURE_CONTACT: JSON.stringify(prefecture.contact),
        TOKEN_ISSUER: identity.issuer,
        TOKEN_CLIENT_ID: identity.clientId,
        TOKEN_CLIENT_SECRET: identity.clientSecret,
        ...(signIn === 'own' ? { USER_POOL_ID: identity.userPoolId } : { SIGN_OUT_URL: identity.signOutUrl }),
        PEOPLE_POOL_ID: identity.userPoolId,
        PEOPLE_HELD_BY: identity.heldBy,
        EXPORT_FUNCTION_NAME: exporter.name,
        UPLOADS_SCANNED: isScanned ? 'yes' : 'no',
        RETENTION_YEARS,
        MAILS: prefecture.mailSender === undefined ? 'off' : 'on',
        SITE_OPEN_TO: opening.openTo,
        PUBLIC_ADDRESS: edge.kind === 'internet' ? 'on' : 'off',
        PUBLIC_ORIGIN: gateway.publicOrigin,
        PUBLIC_BASE_PATH: gateway.basePath,
      },
      alarms,
    });
    table.grantKeepingReturns(http);
    bucket.grantReadingExports(http);
    bucket.grantKeepingUploads(http, { isScanned });
    bucket.grantPublishing(http);
    exporter.grantStarting(http);
    if (signIn === 'own') identity.grantSigningIn(http);
    identity.grantManagingPeople(http);

    gateway.serve(http);

    const { retention } = prefecture;
    const backup = new Backup(this, 'Backup', { table, bucket, key, retention, deadLetters, alarms });

    new Dashboard(this, 'Dashboard', {
      namespace: common.METRICS_NAMESPACE,
      api: gateway.api,
      http: http.handler,
      exporter: exporter.function,
      tableThrottles: table.throttles,
      tableConflicts: table.conflicts,
      deadLetters: deadLetters.queue,
    });

    new CfnOutput(this, 'Url', { value: gateway.url });
    if (gateway.domainTarget !== undefined) new CfnOutput(this, 'DomainTarget', { value: gateway.domainTarget });
    new CfnOutput(this, 'UserPoolId', { value: identity.userPoolId });
    new CfnOutput(this, 'ClientId', { value: identity.clientId });
    new CfnOutput(this, 'AlarmTopicArn', { value: alarms.arn });
    new CfnOutput(this, 'RestoreRoleArn', { value: backup.restoreRoleArn });
    new CfnOutput(this, 'HttpFunctionName', { value: http.name });
    new CfnOutput(this, 'TableName', { value: table.name });
    new CfnOutput(this, 'BucketName', { value: bucket.name });
    new CfnOutput(this, 'AthenaWorkGroup', { value: catalog.workGroups.internal });
    new CfnOutput(this, 'PublicWorkGroup', { value: catalog.workGroups.public });
    new CfnOutput(this, 'AnalystsPolicyArn', { value: catalog.analystsPolicyArn });
    new CfnOutput(this, 'InternalTables', { value: catalog.databases.internal });
    new CfnOutput(this, 'PublicTables', { value: catalog.databases.public });
  }
}
