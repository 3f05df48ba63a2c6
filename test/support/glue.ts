/** As much of AWS Glue as the catalogue of tables speaks to: databases of tables with partitions, in memory. */

import { createServer } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import * as z from 'zod';

const descriptor = z.looseObject({
  Columns: z.array(z.looseObject({ Name: z.string(), Type: z.string(), Comment: z.string().optional() })),
  Location: z.string(),
});
const tableInput = z.looseObject({
  Name: z.string(),
  PartitionKeys: z.array(z.looseObject({ Name: z.string() })),
  StorageDescriptor: descriptor,
});
const partitionInput = z.looseObject({ Values: z.array(z.string()), StorageDescriptor: descriptor });
const request = z.looseObject({
  DatabaseName: z.string(),
  Name: z.string().optional(),
  TableName: z.string().optional(),
  TableInput: tableInput.optional(),
  PartitionInput: partitionInput.optional(),
  PartitionsToDelete: z.array(z.object({ Values: z.array(z.string()) })).optional(),
  Expression: z.string().optional(),
});

interface KeptTable {
  input: z.output<typeof tableInput>;
  readonly partitions: Map<string, z.output<typeof partitionInput>>;
}

class Refusal extends Error {}

/** The operations, on tables by `database.name`. */
class Tables {
  readonly kept = new Map<string, KeptTable>();

  answer(operation: string, body: unknown): unknown {
    const { DatabaseName, Name, TableName, TableInput, PartitionInput, ...rest } = request.parse(body);
    const name = `${DatabaseName}.${Name ?? TableName ?? TableInput?.Name ?? ''}`;
    const table = this.kept.get(name);
    if (operation === 'GetTables')
      return {
        TableList: [...this.kept].flatMap(([key, { input }]) => (key.startsWith(`${DatabaseName}.`) ? [input] : [])),
      };
    if (operation === 'CreateTable' && TableInput !== undefined) {
      if (table !== undefined) throw new Refusal('AlreadyExistsException');
      this.kept.set(name, { input: TableInput, partitions: new Map() });
      return {};
    }
    if (table === undefined) throw new Refusal('EntityNotFoundException');
    const { partitions } = table;
    const key = PartitionInput?.Values.join('/') ?? '';
    switch (operation) {
      case 'GetTable':
        return { Table: table.input };
      case 'UpdateTable':
        table.input = TableInput ?? table.input;
        return {};
      case 'CreatePartition':
      case 'UpdatePartition':
        if (partitions.has(key) === (operation === 'CreatePartition'))
          throw new Refusal(operation === 'CreatePartition' ? 'AlreadyExistsException' : 'EntityNotFoundException');
        if (PartitionInput !== undefined) partitions.set(key, PartitionInput);
        return {};
      case 'GetPartitions': {
        const [, round] = /^round = '([^']*)'$/.exec(rest.Expression ?? '') ?? [];
        const place = table.input.PartitionKeys.findIndex((each) => each.Name === 'round');
        return { Partitions: [...partitions.values()].filter(({ Values }) => Values[place] === round) };
      }
      case 'BatchDeletePartition':
        for (const { Values } of rest.PartitionsToDelete ?? []) partitions.delete(Values.join('/'));
        return {};
      default:
        throw new Error(`an operation of Glue that is not listed: ${operation}`);
    }
  }
}

export interface Glue {
  readonly endpoint: string;
  readonly tables: ReadonlyMap<string, KeptTable>;
  /** Every operation so far. */
  readonly operations: string[];
  /** What each call is refused with from now on. */
  refuse(code: string | undefined): void;
  stop(): Promise<void>;
}

export async function startGlue(): Promise<Glue> {
  const tables = new Tables();
  const operations: string[] = [];
  let refusal: string | undefined;
  const answerTo = (operation: string, body: string): [status: number, answer: unknown] => {
    try {
      if (refusal !== undefined) throw new Refusal(refusal);
      return [200, tables.answer(operation, JSON.parse(body))];
    } catch (error) {
      return [
        400,
        { __type: error instanceof Refusal ? error.message : 'InvalidInputException', Message: String(error) },
      ];
    }
  };
  const server = createServer((incoming, response) => {
    const operation = String(incoming.headers['x-amz-target']).replace('AWSGlue.', '');
    const respond = async (): Promise<void> => {
      operations.push(operation);
      const [status, answer] = answerTo(operation, await text(incoming));
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer));
    };
    void respond();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a numeric port');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    tables: tables.kept,
    operations,
    refuse: (code) => {
      refusal = code;
    },
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
