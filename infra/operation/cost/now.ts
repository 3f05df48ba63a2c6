import { forms } from '../../../schemas/forms/catalogue.ts';
import { countResources } from './resources.ts';
import { costTable } from './table.ts';
import { templateOf } from './template.ts';

/** The table for the newest version of every form, and for the stack as it is. */
export function costNow(): string {
  const newest = [...forms.values()].flatMap((versions) => [...versions.values()].slice(-1));
  return costTable(newest, countResources(templateOf('saitama')));
}
