/** The table on an emulator; on AWS the stack creates it. */

import { CreateTableCommand, ResourceInUseException } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { tableDefinition } from './table-definition.ts';

/** Creates the table unless it is there. */
export async function createTable(client: DynamoDBDocumentClient, table: string): Promise<void> {
  try {
    await client.send(new CreateTableCommand({ TableName: table, ...tableDefinition }));
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
}
