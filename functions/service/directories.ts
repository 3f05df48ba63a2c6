/** Saving directories (名簿): which a deployment takes, and whether they follow the newest one, is decided here. */

import type { Directory } from '../../schemas/directory.ts';
import { wholeOf } from '../../schemas/directory-on-day.ts';
import type { FieldError } from '../../schemas/problem.ts';
import { sameAnswers } from '../../schemas/values/same-answers.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Store } from '../storage/store.ts';

interface DirectoryService {
  readonly store: Pick<Store, 'changeDirectories' | 'currentDirectory' | 'directoryOn'>;
  /** The prefecture of the deployment, whose directory alone is taken; absent, any. */
  readonly prefecture?: string | undefined;
}

/** A deployment keeps the directory of its own prefecture: today's directory says who may edit what. */
function otherPrefecture({ prefecture: { code, name } }: Directory, own: string | undefined): FieldError[] {
  if (own === undefined || own === code) return [];
  const message = `${name}（${code}）の名簿は、この県（${own}）には登録できません。`;
  return [{ path: 'prefecture.code', code: 'other-prefecture', message }];
}

async function isInForce({ store }: DirectoryService, directory: Directory): Promise<boolean> {
  const { validFrom } = directory;
  const found = await (validFrom === undefined ? store.currentDirectory() : store.directoryOn(validFrom));
  return found !== undefined && sameAnswers(wholeOf(found.directory), directory);
}

/**
 * Saves valid directories as the next versions, such as a correction made in today's and in a planned directory: all or
 * none. Where `seen` is given, only upon that newest version (0 before the first). Refuses `invalid-directory`,
 * `directory-changed` and `too-large`.
 */
export async function saveDirectories(
  service: DirectoryService,
  directories: readonly Directory[],
  actor: string,
  seen?: number,
): Promise<Outcome<{ version: number }>> {
  const errors = directories.flatMap((directory) => otherPrefecture(directory, service.prefecture));
  if (errors.length > 0) return refused('invalid-directory', { errors });
  return service.store.changeDirectories(actor, async ({ newest }) => {
    if (seen === undefined || seen === newest) return done(directories);
    // A second press of the button finds what the first one saved.
    const stand = await Promise.all(directories.map((directory) => isInForce(service, directory)));
    return stand.every(Boolean) ? done([]) : refused('directory-changed');
  });
}
