/**
 * What is said at the questions of a page while it is filled in: what the script finds itself, at once, put right by
 * what the server last said, which knows what was changed elsewhere meanwhile.
 */

import type { JsonObject } from '../../../schemas/json.ts';
import type { Judgement, Said } from '../answer/judge.ts';
import type { Posted } from '../fields/posted.ts';

type Messages = ReadonlyMap<string, readonly string[]>;
type Spoken = Pick<Said, 'errors' | 'remarks'>;

/** What one says that the other does not. */
function beyond(all: Messages, other: Messages): Messages {
  return new Map(
    [...all].flatMap(([path, messages]): [string, string[]][] => {
      const rest = messages.filter((message) => other.get(path)?.includes(message) !== true);
      return rest.length === 0 ? [] : [[path, rest]];
    }),
  );
}

function both(own: Messages, more: Messages): Messages {
  const paths = [...new Set([...own.keys(), ...more.keys()])];
  return new Map(paths.map((path) => [path, [...new Set([...(own.get(path) ?? []), ...(more.get(path) ?? [])])]]));
}

/** Takes back what the server did not say of the same, and adds what only it said. */
function corrected(own: Messages, mistaken: Messages, missed: Messages): Messages {
  return both(beyond(own, mistaken), missed);
}

const nothing: Spoken = { errors: new Map(), remarks: new Map() };

/** What the script can judge by, and how it differed from the server when both last spoke of the same. */
interface Known {
  readonly judge: Judgement['judge'];
  readonly stored: JsonObject;
  readonly mistaken: Spoken;
  readonly missed: Spoken;
}

export class LiveFindings {
  #known: Known | undefined;
  /** What stood in the fields when the server last spoke, and is about to. */
  #sent: Posted;
  #said: Spoken;
  /** The server spoke of what was sent. Of a page just opened it spoke of what is stored, which may not be what is shown. */
  #isOfSent = false;

  /**
   * @param shown what the fields showed first
   * @param said what the server said of it
   */
  constructor(shown: Posted, said: Spoken) {
    this.#sent = shown;
    this.#said = said;
  }

  /** From now on it can be judged here. */
  learn({ judge, stored }: Judgement): void {
    this.#compare(judge(this.#sent, stored), judge, stored);
  }

  #compare(own: Spoken, judge: Judgement['judge'], stored: JsonObject): void {
    const { errors, remarks } = this.#said;
    const mistaken = this.#isOfSent
      ? { errors: beyond(own.errors, errors), remarks: beyond(own.remarks, remarks) }
      : nothing;
    const missed = { errors: beyond(errors, own.errors), remarks: beyond(remarks, own.remarks) };
    this.#known = { judge, stored, mistaken, missed };
  }

  /** What is to be said now; nothing while it cannot be judged here. */
  now(post: Posted): Said | undefined {
    if (this.#known === undefined) return undefined;
    const { judge, stored, mistaken, missed } = this.#known;
    const { errors, remarks, notices } = judge(post, stored);
    return {
      errors: corrected(errors, mistaken.errors, missed.errors),
      remarks: corrected(remarks, mistaken.remarks, missed.remarks),
      notices,
    };
  }

  /** What stands in the fields is being saved. */
  sending(post: Posted): void {
    this.#sent = post;
  }

  /** It was saved, and the server said this of it. */
  saved(said: Spoken): void {
    this.#said = said;
    this.#isOfSent = true;
    if (this.#known === undefined) return;
    const { judge, stored } = this.#known;
    const own = judge(this.#sent, stored);
    this.#compare(own, judge, own.value);
  }
}
