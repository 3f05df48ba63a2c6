/** Answers that a caller has already, in whole or in part (RFC 9110, sections 13 and 14). */

export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

type Headers = (name: string) => string | undefined;

/** Whether `If-None-Match` names this tag. How the bytes travelled makes no difference here. */
export function isUnchanged(header: Headers, etag: string): boolean {
  const given = header('if-none-match')?.trim();
  return given === '*' || (given?.match(/"[^"]*"/g)?.includes(etag) ?? false);
}

export function rangeOf(header: Headers, etag: string, bytes: number): ByteRange | 'unsatisfiable' | undefined {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header('range')?.replaceAll(' ', '') ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined;
  const state = header('if-range');
  if (state !== undefined && state !== etag) return undefined;
  const range =
    first === ''
      ? { from: Math.max(0, bytes - Number(last)), to: bytes - 1 }
      : { from: Number(first), to: last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1) };
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  return range.from > range.to ? 'unsatisfiable' : range;
}
