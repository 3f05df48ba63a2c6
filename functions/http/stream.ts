/**
 * The application behind a gateway that streams: an answer goes out as it is made, so that a file may be larger than
 * what Lambda hands over in one piece (6 MB), and is nowhere kept whole.
 */

import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { neverFailingLog } from '../platform/logger.ts';
import type { OperatorLog } from '../platform/logger.ts';
import { problemResponse } from '../platform/problem-response.ts';
import { gatewayEvent, requestOf } from './gateway-event.ts';

/** What stands in front of the body: the gateway knows these names and no other. */
export interface AnswerHead {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly multiValueHeaders: Readonly<Record<string, readonly string[]>>;
}

interface LambdaContext {
  readonly awsRequestId: string;
}

/** What the runtime is given as `handler`, as far as we know it. */
export type StreamingHandler = (event: unknown, out: Writable, context: LambdaContext) => Promise<void>;

/** What Node on Lambda brings along for functions that stream. */
export interface LambdaStreaming {
  streamifyResponse(handler: StreamingHandler): StreamingHandler;
  readonly HttpResponseStream: { from(out: Writable, head: AnswerHead): Writable };
}

declare global {
  // oxlint-disable-next-line no-var -- only a `var` declares a property of the global object
  var awslambda: LambdaStreaming;
}

export interface CallEnvironment {
  /** `address`: from where the gateway was called. */
  readonly requestContext: { readonly requestId: string; readonly address?: string | undefined };
  readonly lambdaContext: LambdaContext;
}

interface Application {
  fetch(request: Request, environment: CallEnvironment): Response | Promise<Response>;
}

function headOf({ status, headers }: Response): AnswerHead {
  const single = [...headers].filter(([name]) => name !== 'set-cookie');
  const cookies = headers.getSetCookie();
  return {
    statusCode: status,
    headers: Object.fromEntries(single),
    multiValueHeaders: cookies.length === 0 ? {} : { 'set-cookie': cookies },
  };
}

async function answerTo(event: unknown, context: LambdaContext, application: Application): Promise<Response> {
  const parsed = gatewayEvent.safeParse(event);
  if (!parsed.success) return problemResponse({ code: 'malformed-request' });
  let request: Request;
  try {
    request = requestOf(parsed.data);
  } catch {
    return problemResponse({ code: 'malformed-request' });
  }
  const { requestId, identity } = parsed.data.requestContext;
  return application.fetch(request, {
    requestContext: { requestId, address: identity?.sourceIp },
    lambdaContext: { awsRequestId: context.awsRequestId },
  });
}

/** Milliseconds for which nothing more is taken before the caller counts as gone: a slow line takes a little all along. */
const patience = 10_000;

/** The caller takes no more of the answer. */
class CallerGone extends Error {
  override readonly name = 'CallerGone';
}

/** Hands on what the body gives, and says when a piece is not taken in time. */
async function* takenInTime(
  body: ReadableStream<Uint8Array>,
  milliseconds: number,
  late: (reason: CallerGone) => void,
): AsyncGenerator<Uint8Array> {
  for await (const piece of body) {
    const timer = setTimeout(() => late(new CallerGone()), milliseconds);
    try {
      yield piece;
    } finally {
      clearTimeout(timer);
    }
  }
}

/**
 * The handler of a Lambda whose integration streams.
 *
 * A body that breaks off ends the invocation with its error: the caller sees that the file is cut short instead of
 * taking the part for the whole, whether or not the gateway hands on how long it is. A caller who goes away leaves no
 * trace but that nothing is taken any more: then what is being read for the answer ends too.
 */
export function streamingHandler(
  application: Application,
  log: OperatorLog,
  { patienceMilliseconds = patience }: { readonly patienceMilliseconds?: number } = {},
): StreamingHandler {
  return awslambda.streamifyResponse(async (event, out, context) => {
    const answer = await answerTo(event, context, application);
    const body = awslambda.HttpResponseStream.from(out, headOf(answer));
    // The head goes out with the first write, of which an empty answer has none.
    body.write('');
    try {
      if (answer.body !== null) {
        const pieces = takenInTime(answer.body, patienceMilliseconds, (reason) => body.destroy(reason));
        await pipeline(pieces, body, { end: false });
      }
    } catch (error) {
      neverFailingLog(log).error('answer broke off', error, {
        status: answer.status,
        functionRequestId: context.awsRequestId,
      });
      throw error;
    }
    body.end();
  });
}
