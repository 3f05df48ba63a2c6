/**
 * What is said at the questions of a page while it is filled in: what the script finds itself, at once, and beside it
 * what only the server can find, as of its last answer.
 */

import type { JsonObject } from '../../domain/answers.ts';
import type { Judged, Judgement, Said } from '../checking/judge.ts';
import type { Posted } from '../posted/posted.ts';

type Messages = ReadonlyMap<string, readonly string[]>;

/** What one says that the other does not. */
function beyond(all: Messages, own: Messages): Messages {
  return new Map(
    [...all].flatMap(([path, messages]): [string, string[]][] => {
      const rest = messages.filter((message) => own.get(path)?.includes(message) !== true);
      return rest.length === 0 ? [] : [[path, rest]];
    }),
  );
}

function both(own: Messages, more: Messages): Messages {
  const paths = [...new Set([...own.keys(), ...more.keys()])];
  return new Map(paths.map((path) => [path, [...new Set([...(own.get(path) ?? []), ...(more.get(path) ?? [])])]]));
}

export class LiveFindings {
  readonly #judge: Judgement['judge'];
  #stored: JsonObject;
  #sent: Judged;
  #onlyServer: Pick<Said, 'errors' | 'remarks'>;

  /**
   * @param shown what the fields showed first
   * @param said what the server said of it
   */
  constructor({ judge, storedWhen }: Judgement, shown: Posted, said: Pick<Said, 'errors' | 'remarks'>) {
    this.#judge = judge;
    this.#stored = storedWhen(shown);
    this.#sent = judge(shown, this.#stored);
    this.#onlyServer = this.#beyondSent(said);
  }

  #beyondSent({ errors, remarks }: Pick<Said, 'errors' | 'remarks'>): Pick<Said, 'errors' | 'remarks'> {
    return { errors: beyond(errors, this.#sent.errors), remarks: beyond(remarks, this.#sent.remarks) };
  }

  /** What is to be said now. */
  now(post: Posted): Said {
    const { errors, remarks, notices } = this.#judge(post, this.#stored);
    return { errors: both(errors, this.#onlyServer.errors), remarks: both(remarks, this.#onlyServer.remarks), notices };
  }

  /** What stands in the fields is being saved. */
  sending(post: Posted): void {
    this.#sent = this.#judge(post, this.#stored);
  }

  /** It was saved, and the server said this of it. */
  saved(said: Pick<Said, 'errors' | 'remarks'>): void {
    this.#stored = this.#sent.value;
    this.#onlyServer = this.#beyondSent(said);
  }
}
