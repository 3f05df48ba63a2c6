/** Which request is being answered, known to every line of the log that it causes. */

import { AsyncLocalStorage } from 'node:async_hooks';

export interface RequestIds {
  /** The gateway's, which its access log has too; made up on a laptop. */
  readonly requestId: string;
  /** Lambda's, under which the platform tells of a crash or a time-out. */
  readonly functionRequestId?: string | undefined;
}

const current = new AsyncLocalStorage<RequestIds>();

/** Runs `action`, and whatever it starts, as part of a request. */
export function inRequest<T>(ids: RequestIds, action: () => T): T {
  return current.run(ids, action);
}

export function currentRequest(): RequestIds | undefined {
  return current.getStore();
}
