/** The directory that editing starts from: the newest, which may hold from a day still to come. */

import type { Directory } from '../../../../schemas/directory.ts';
import type { Service } from '../../../service/service.ts';

export interface NewestDirectory {
  /** 0 before the first. */
  readonly version: number;
  readonly directory: Directory | undefined;
}

/** Later than the first day of any directory. */
const endOfDays = '9999-12-31';

export async function newestDirectory({ store }: Pick<Service, 'store'>): Promise<NewestDirectory> {
  return (await store.directoryOn(endOfDays)) ?? { version: 0, directory: undefined };
}
