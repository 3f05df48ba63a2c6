/**
 * Items as DynamoDB writes them, each value under its type. Half of what the SDK's document client takes for a call goes into
 * this: reads and transactions, of which every request makes some, convert their items here.
 */

import type { AttributeValue } from '@aws-sdk/client-dynamodb';

export type AttributeItem = Record<string, AttributeValue>;

function numberText(value: number): string {
  if (Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER) return String(value);
  throw new TypeError('a number that would be kept as another one');
}

function numberOf(text: string): number {
  const value = Number(text);
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value;
  throw new TypeError('a number that would be read as another one');
}

function isMap(value: object): value is Readonly<Record<string, unknown>> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function attributeOf(value: unknown): AttributeValue {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: numberText(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (value === null) return { NULL: true };
  if (Array.isArray(value)) return { L: value.filter((each) => each !== undefined).map(attributeOf) };
  if (value instanceof Uint8Array) return { B: value };
  if (typeof value === 'object' && isMap(value)) return { M: attributesOf(value) };
  throw new TypeError(`nothing that an item keeps: ${typeof value}`);
}

/** Of an item, a key or the values of an expression; what is `undefined` is left out. Throws a TypeError for what no item keeps. */
export function attributesOf(item: Readonly<Record<string, unknown>>): AttributeItem {
  const attributes: AttributeItem = {};
  for (const name of Object.keys(item)) {
    const value = item[name];
    if (value !== undefined) attributes[name] = attributeOf(value);
  }
  return attributes;
}

function valueOf(attribute: AttributeValue): unknown {
  if (attribute.S !== undefined) return attribute.S;
  if (attribute.N !== undefined) return numberOf(attribute.N);
  if (attribute.M !== undefined) return valuesOf(attribute.M);
  if (attribute.L !== undefined) return attribute.L.map(valueOf);
  if (attribute.BOOL !== undefined) return attribute.BOOL;
  if (attribute.B !== undefined) return attribute.B;
  if (attribute.NULL !== undefined) return null;
  throw new TypeError(`a value of a type that no item here has: ${Object.keys(attribute).join(', ')}`);
}

export function valuesOf(attributes: Readonly<AttributeItem>): Record<string, unknown> {
  const item: Record<string, unknown> = {};
  for (const name of Object.keys(attributes)) {
    const attribute = attributes[name];
    if (attribute !== undefined) item[name] = valueOf(attribute);
  }
  return item;
}
