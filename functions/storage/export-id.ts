/** Ids of exports: `20241101T030000Z-ABC234`, sortable, the start of the export in UTC and six random characters. */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const randomLength = 6;
const second = 1000;

function stamp(at: Date): string {
  return at.toISOString().replaceAll(/[-:]|\.\d+/g, '');
}

function instantOf(exportId: string): number {
  const [, date = '', time = ''] = /^(\d{8})T(\d{6})Z/.exec(exportId) ?? [];
  const day = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;
  return Date.parse(`${day}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}Z`);
}

/**
 * A new id that sorts behind the one before it, even when both start in the same second or a clock is behind.
 *
 * @param random from 0 up to 1
 */
export function exportIdAfter(previous: string | undefined, at: Date, random: () => number): string {
  const earliest = previous === undefined ? 0 : instantOf(previous) + second;
  const from = new Date(Math.max(at.getTime(), earliest));
  const letters = Array.from({ length: randomLength }, () => alphabet.charAt(Math.floor(random() * alphabet.length)));
  return `${stamp(from)}-${letters.join('')}`;
}
