/** Answers as JSON: section → questions. Trusted only after the form's shape has been checked. */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json | undefined };
export type Answers = { [section: string]: Json | undefined };

export interface JsonObject {
  [key: string]: Json | undefined;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
