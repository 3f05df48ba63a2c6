/** Logs for operators carry ids and codes, never answers, contacts or tokens. */

import { currentRequest } from './request-context.ts';

/** What an operator may read of an event. Values are ids, codes and numbers only. */
type LogFields = Readonly<Record<string, string | number | boolean>>;

export interface OperatorLog {
  info(event: string, fields?: LogFields): void;
  /** `error` tells its class and where it was thrown; its message may quote data and stays out. */
  error(event: string, error: unknown, fields?: LogFields): void;
}

/** The class of an error, the name of an AWS error included, and the code lines it went through. */
function traceOf(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  return { error: error.name, trace: frames.slice(0, 8).join(' ') };
}

/** CloudWatch has an event for each line, and finds events by the names in their JSON. */
export function writeLine(to: Pick<NodeJS.WriteStream, 'write'>, line: object): void {
  to.write(`${JSON.stringify(line)}\n`);
}

/** One JSON object a line, each with the ids of the request that it is about. */
export function createOperatorLog(service: string): OperatorLog {
  const headOf = (level: 'INFO' | 'ERROR', message: string) => ({
    level,
    message,
    timestamp: new Date().toISOString(),
    service,
    ...currentRequest(),
  });
  return {
    info: (event, fields = {}) => writeLine(process.stdout, { ...headOf('INFO', event), ...fields }),
    error: (event, error, fields = {}) =>
      writeLine(process.stderr, { ...headOf('ERROR', event), ...fields, ...traceOf(error) }),
  };
}

/** The same log, whose failures are passed over: a line that cannot be written must not break the answer that it is about. */
export function neverFailingLog(log: OperatorLog): OperatorLog {
  return {
    info: (...event) => unlessItFails(() => log.info(...event)),
    error: (...event) => unlessItFails(() => log.error(...event)),
  };
}

/** Does what tells operators something, and passes over its failure, which could be told nowhere. */
export function unlessItFails(tell: () => void): void {
  try {
    tell();
  } catch {
    // The log is what failed.
  }
}
