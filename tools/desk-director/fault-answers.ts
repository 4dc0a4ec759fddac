import { wait } from './wait.ts';

export interface PreparedAnswer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

/** How an answer goes wrong. */
export type FaultKind =
  | ({ kind: 'status' } & PreparedAnswer)
  /** The usual answer, delayed. If the client leaves before the delay ends, nothing is done. */
  | { kind: 'delay'; ms: number }
  /** The connection closes before the answer, or after its headers and half of its body. */
  | { kind: 'reset'; when: 'before' | 'amid' }
  | { kind: 'redirect'; status: number; to: string }
  /** An HTML page, by default with status 200. */
  | { kind: 'html'; status?: number }
  /** A complete HTTP answer with incomplete JSON. */
  | { kind: 'truncated' }
  /** Status 200 with any JSON. */
  | { kind: 'json'; value: unknown }
  /** Status 200 with an empty body. */
  | { kind: 'empty' }
  /** A list of `bytes` bytes with a very long name, as fast as the client reads it. */
  | { kind: 'huge'; bytes: number }
  /** The same list, slowly. */
  | { kind: 'drip'; bytesPerSecond: number; bytes: number };

/** The kinds of fault that are answers, sent in place of the usual one. */
type AnswerFault = Exclude<FaultKind, { kind: 'delay' | 'reset' }>;

const PAGE =
  '<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Sign in</h1></body></html>';

/** A list with one entry. The name of the entry goes between the two. */
const BEGIN = '{"results":[{"id":1,"name":"';
const END = '"}],"totalResults":1}';

/** The first half of an answer, and the length of the whole answer. */
export const halfAnswer = { text: BEGIN, length: 2 * BEGIN.length };

const CHUNK_BYTES = 64 * 1024;
const DRIPS_PER_SECOND = 20;

/** @param clientLeft stops an answer that is still being sent */
export function faultAnswer(fault: AnswerFault, clientLeft: AbortSignal): Response {
  switch (fault.kind) {
    case 'status': {
      const { status, headers = {}, body = null } = fault;
      return new Response(body, { status, headers });
    }
    case 'redirect':
      return new Response(null, { status: fault.status, headers: { location: fault.to } });
    case 'html': {
      const headers = { 'content-type': 'text/html; charset=utf-8' };
      return new Response(PAGE, { status: fault.status ?? 200, headers });
    }
    case 'truncated':
      return json(BEGIN);
    case 'json':
      return Response.json(fault.value);
    case 'empty':
      return new Response(null);
    case 'huge':
      return json(ReadableStream.from(listOf(fault.bytes, CHUNK_BYTES)));
    case 'drip': {
      // Below one byte per drip, there are fewer drips per second.
      const perSecond = Math.min(DRIPS_PER_SECOND, fault.bytesPerSecond);
      const pieces = listOf(fault.bytes, Math.floor(fault.bytesPerSecond / perSecond));
      return json(ReadableStream.from(slowly(pieces, 1000 / perSecond, clientLeft)));
    }
  }
}

function json(body: string | ReadableStream<Uint8Array>): Response {
  return new Response(body, { headers: { 'content-type': 'application/json' } });
}

/** The JSON of the list in `bytes` bytes, or in as many as the list needs without a name. */
function* listOf(bytes: number, chunkBytes: number): Generator<Buffer> {
  yield* piecesOf(BEGIN, chunkBytes);
  let missing = bytes - BEGIN.length - END.length;
  for (; missing > 0; missing -= chunkBytes) {
    yield Buffer.alloc(Math.min(missing, chunkBytes), 'x');
  }
  yield* piecesOf(END, chunkBytes);
}

function* piecesOf(text: string, bytes: number): Generator<Buffer> {
  for (let from = 0; from < text.length; from += bytes) {
    yield Buffer.from(text.slice(from, from + bytes));
  }
}

async function* slowly(
  pieces: Iterable<Buffer>,
  ms: number,
  clientLeft: AbortSignal,
): AsyncGenerator<Buffer> {
  for (const piece of pieces) {
    yield piece;
    if (!(await wait(ms, clientLeft))) return;
  }
}
