/** What makes a version verifiable: a hash over its canonical JSON, and the receipt (受付番号) that quotes it. */

import { hash, timingSafeEqual } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Version } from '../../schemas/return.ts';

type SealedContent = Pick<Version, 'round' | 'form' | 'formVersion' | 'unit' | 'version' | 'answers' | 'reasons'>;

export function sha256(text: string): string {
  return hash('sha256', text);
}

/** Whether a secret was given, in a time that does not tell how much of it is right. */
export function isSameText(given: string, expected: string): boolean {
  return timingSafeEqual(Buffer.from(sha256(given)), Buffer.from(sha256(expected)));
}

/** SHA-256 in hexadecimal over the canonical JSON (RFC 8785) of exactly the seven members. */
export function sealOf({ round, form, formVersion, unit, version, answers, reasons }: SealedContent): string {
  return sha256(canonicalize({ round, form, formVersion, unit, version, answers, reasons }) ?? '');
}

const receiptDigits = 6;

/** `R6-112011-2-3645DF`: the round, the unit, the version, and how the hash begins. */
export function receiptOf({ round, unit, version }: Pick<Version, 'round' | 'unit' | 'version'>, seal: string): string {
  return `${round}-${unit}-${version}-${seal.slice(0, receiptDigits).toUpperCase()}`;
}
