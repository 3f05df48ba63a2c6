/** What an export is called for people: by the day and time in Japan at which it was asked for, which its id begins with. */

import { clockInJapan, dayInJapan } from '../../schemas/round.ts';
import { printPartialDate } from '../../schemas/values/partial-date.ts';

const begin = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-/;

/** @example exportName('20241129T080000Z-ABCDEF') === '令和6年11月29日 17:00の出力' */
export function exportName(exportId: string): string {
  const found = begin.exec(exportId);
  const instant = new Date(exportId.replace(begin, '$1-$2-$3T$4:$5:$6Z').slice(0, 'yyyy-mm-ddThh:mm:ssZ'.length));
  if (found === null || Number.isNaN(instant.getTime())) return '出力';
  return `${printPartialDate(dayInJapan(instant))} ${clockInJapan(instant).split('T')[1] ?? ''}の出力`;
}
