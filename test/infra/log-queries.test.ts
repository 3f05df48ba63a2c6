/** The logs as tables, and the questions that an incident asks first. */

import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createPaths } from '../../functions/web/shared/paths.ts';
import { accessLogFields } from '../../infra/constructs/access-log.ts';
import { ofType, one, synthesisOf, text } from './synthesis.ts';

const saitama = synthesisOf('saitama');

const table = z.object({
  TableInput: z.object({
    Name: z.string(),
    PartitionKeys: z.tuple([z.object({ Name: z.literal('day') })]),
    Parameters: z.record(z.string(), z.unknown()),
    StorageDescriptor: z.object({ Columns: z.array(z.object({ Name: z.string() })), Location: z.unknown() }),
  }),
});
const tables = ofType(saitama, 'AWS::Glue::Table').map(({ Properties }) => table.parse(Properties).TableInput);
const columnsOf = (name: string): string[] =>
  tables
    .filter(({ Name }) => Name === name)
    .flatMap(({ StorageDescriptor }) => StorageDescriptor.Columns.map((each) => each.Name));

const query = z.object({ Name: z.string(), QueryString: z.string(), Database: z.string(), WorkGroup: z.string() });
const queries = ofType(saitama, 'AWS::Athena::NamedQuery').map(({ Properties }) => query.parse(Properties));

describe('the tables of the logs', () => {
  it('have the members of a line as columns', () => {
    expect(columnsOf('access')).toEqual(accessLogFields.map((name) => name.toLowerCase()));
    expect(columnsOf('sign_in')).toEqual(['eventtimestamp', 'message']);
  });

  it('lie where the streams write, a folder a day', () => {
    const prefixes = ofType(saitama, 'AWS::KinesisFirehose::DeliveryStream').map(
      ({ Properties }) =>
        z.object({ ExtendedS3DestinationConfiguration: z.object({ Prefix: z.string() }) }).parse(Properties)
          .ExtendedS3DestinationConfiguration.Prefix,
    );
    for (const { Name, StorageDescriptor, Parameters } of tables) {
      expect(prefixes).toContain(`${Name}/!{timestamp:yyyy/MM/dd}/`);
      expect(text(StorageDescriptor.Location)).toMatch(new RegExp(`^s3://<GatewayLogsBucket\\w+>/${Name}/$`));
      expect(text(Parameters['storage.location.template'])).toBe(`${text(StorageDescriptor.Location)}\${day}/`);
      expect(Parameters['projection.day.format']).toBe('yyyy/MM/dd');
    }
  });
});

describe('the saved queries', () => {
  it('ask who signed in, what was refused and what was downloaded', () => {
    expect(queries.map(({ Name }) => Name)).toEqual(['サインインした人', '拒否されたもの', 'ダウンロードされたもの']);
  });

  it('name tables and columns that there are, in the database and the group of this deployment', () => {
    const words = new Set([...tables.map(({ Name }) => Name), ...columnsOf('access'), ...columnsOf('sign_in'), 'day']);
    const known =
      /^(?:SELECT|FROM|WHERE|AND|OR|NOT|IN|AS|LIKE|ORDER|BY|DESC|BETWEEN|interval|current_date|date_format|json_extract_scalar|regexp_like|name|event|outcome)$/;
    for (const { QueryString, Database, WorkGroup } of queries) {
      const named = QueryString.replaceAll(/'[^']*'/g, '').match(/[A-Za-z_]+/g) ?? [];
      expect(named.filter((each) => !known.test(each) && !words.has(each))).toEqual([]);
      expect([Database, WorkGroup]).toEqual(['yoriai_saitama_logs', 'Yoriai-saitama']);
    }
  });

  it('look at today also in the morning, when it is yesterday in UTC', () => {
    for (const { QueryString } of queries)
      expect(QueryString).toMatch(/AND date_format\(current_date \+ interval '1' day,/);
  });

  it('take for refused what the gateway says of the firewall when it is, and not what it let through', () => {
    const refused = queries.find(({ Name }) => Name === '拒否されたもの');
    // The gateway writes WAF_ALLOW or WAF_BLOCK.
    expect(refused?.QueryString).toContain("(status LIKE '4%' OR firewall = 'WAF_BLOCK')");
  });

  it('know a download by its path, as the site and the API have them', () => {
    const downloaded = queries.find(({ Name }) => Name === 'ダウンロードされたもの');
    const pattern = new RegExp(/regexp_like\(path, '([^']+)'\)/.exec(downloaded?.QueryString ?? '')?.[1] ?? 'none');
    const paths = createPaths('/main');
    const key = { round: 'R6', form: 'municipal-survey', unit: '112038' };
    const files = [
      paths.exportFile('R6', 'e1', 'internal/municipal-survey.csv'),
      paths.file(key, 'a'.repeat(64)),
      paths.copy(key, 2, 'csv'),
      paths.copy(key, 2, 'workbook'),
      paths.workbookFile(key),
      paths.workbookMarked(key),
      paths.resultFile(key, 'public/report.docx'),
      '/main/api/rounds/R6/returns/municipal-survey/112038/versions/2/workbook',
    ];
    expect(files.filter((path) => !pattern.test(path))).toEqual([]);
    const pages = [paths.return(key), paths.version(key, 2), paths.workbook(key), paths.exports('R6'), paths.home];
    expect(pages.filter((path) => pattern.test(path))).toEqual([]);
  });

  it('write what they find beside the logs, encrypted', () => {
    const groups = ofType(saitama, 'AWS::Athena::WorkGroup').filter(({ id }) => id.startsWith('LogQueries'));
    const group = one(groups).Properties['WorkGroupConfiguration'];
    expect(group).toMatchObject({
      EnforceWorkGroupConfiguration: true,
      ResultConfiguration: { EncryptionConfiguration: { EncryptionOption: 'SSE_S3' } },
    });
  });
});
