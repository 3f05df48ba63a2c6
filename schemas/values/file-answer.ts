/**
 * A file that is an answer: its name, what it is, its size and its hash; the content lies elsewhere. Written against
 * zod/mini, so that the same code serves the browser.
 */

import { codePoints, isBlank, isStorable, withoutInvisible } from './text.ts';

/** What a file may be, by media type: how people call it, and how its name ends. */
export const fileTypes = {
  'application/pdf': { label: 'PDF', endings: ['pdf'] },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': { label: 'Word', endings: ['docx'] },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': { label: 'Excel', endings: ['xlsx'] },
  'image/png': { label: 'PNG', endings: ['png'] },
  'image/jpeg': { label: 'JPEG', endings: ['jpg', 'jpeg', 'jpe', 'jfif'] },
} as const satisfies Record<string, { readonly label: string; readonly endings: readonly [string, ...string[]] }>;

export type FileType = keyof typeof fileTypes;

/** The hash is in hexadecimal. */
export type FileAnswer = Readonly<{ name: string; type: FileType; bytes: number; sha256: string }>;

/** 3.5 MB: what Lambda takes at once, as text and with what is around it. */
export const mostFileBytes = 3_670_016;

/** What may be sent, in words. */
export const fileRules = 'PDF、Word（.docx）、Excel（.xlsx）、PNG、JPEG、1件3.5MBまで';

/** Characters of a name, its ending included: systems of files hold 255 bytes, which is 85 of three bytes. */
const longestName = 80;

export const sha256Pattern = /^[0-9a-f]{64}$/;

export function isFileType(type: unknown): type is FileType {
  return typeof type === 'string' && Object.hasOwn(fileTypes, type);
}

/** The ending that a name of this type gets where it has none. */
export function endingOf(type: FileType): string {
  return fileTypes[type].endings[0];
}

/** A name without its ending; `undefined` for one that does not end as its type does, or is nothing else. */
function stemOf(name: string, type: FileType): string | undefined {
  const lower = name.toLowerCase();
  const ending = fileTypes[type].endings.find((each) => lower.endsWith(`.${each}`));
  const stem = ending === undefined ? '' : name.slice(0, -ending.length - 1);
  return isBlank(stem) ? undefined : stem;
}

/** White space and points in front and behind, which Windows takes away, and which hide a file elsewhere. */
const edges = /^[\s.]+|[\s.]+$/gu;

const untitled = '無題';

/** Not allowed in names by one system or another. */
const reserved = /["*/:<>?\\|]/g;

/**
 * A name under which a file can be saved anywhere, and which says what it is: without folders, without what cannot be
 * seen or turns the text around it, and with the ending of its type. A name that is one stays as it is.
 */
export function fileName(given: string, type: FileType): string {
  const own = given.toWellFormed().split(/[/\\]/).at(-1) ?? '';
  const kept = withoutInvisible(own.replaceAll('\uFFFD', '')).replaceAll(reserved, '_').replaceAll(edges, '');
  const named = isBlank(kept) || !isStorable(kept) ? untitled : kept;
  const stem = stemOf(named, type);
  if (stem !== undefined && codePoints(named) <= longestName) return named;
  const ending = `.${endingOf(type)}`;
  const cut = Array.from(stem ?? named)
    .slice(0, longestName - ending.length)
    .join('')
    .replaceAll(edges, '');
  return `${isBlank(cut) ? untitled : cut}${ending}`;
}

/** `1.2MB`, `340KB`; never 0. */
export function printBytes(bytes: number): string {
  const kilobytes = Math.max(1, Math.ceil(bytes / 1024));
  return kilobytes < 1024 ? `${kilobytes}KB` : `${(Math.ceil((kilobytes / 1024) * 10) / 10).toFixed(1)}MB`;
}

export function printFile({ name, type, bytes }: FileAnswer): string {
  return `${name}（${fileTypes[type].label}、${printBytes(bytes)}）`;
}
