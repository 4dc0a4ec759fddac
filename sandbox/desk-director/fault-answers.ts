import { setTimeout as sleep } from 'node:timers/promises';

/** What goes wrong with an answer. */
export type FaultKind =
  | { kind: 'status'; status: number; headers?: Record<string, string>; body?: string }
  /** The usual answer, but late. Of a client that left meanwhile the request is not handled. */
  | { kind: 'delay'; ms: number }
  /** The connection ends before any answer, or after the headers and half of a body. */
  | { kind: 'reset'; when: 'before' | 'amid' }
  | { kind: 'redirect'; status: number; to: string }
  /** A page; with status 200 when none is given. */
  | { kind: 'html'; status?: number }
  /** A whole answer by HTTP, whose JSON is cut. */
  | { kind: 'truncated' }
  /** Status 200 with any JSON, such as that of another kind than a client expects. */
  | { kind: 'json'; value: unknown }
  /** Status 200 and no body. */
  | { kind: 'empty' }
  /** A list with a very long name, in so many bytes, as fast as they are read. */
  | { kind: 'huge'; bytes: number }
  /** The same list, a few bytes at a time. */
  | { kind: 'drip'; bytesPerSecond: number; bytes: number };

/** A kind of fault that is nothing but another answer. */
export type AnswerFault = Exclude<FaultKind, { kind: 'delay' | 'reset' }>;

const PAGE =
  '<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Sign in</h1></body></html>';

/** The beginning and the end of a list with one entry, between which its name goes. */
const BEGIN = '{"results":[{"id":1,"name":"';
const END = '"}],"totalResults":1}';

/** The first half of an answer, and what its length was to be. */
export const halfAnswer = { text: BEGIN, length: 2 * BEGIN.length };

const CHUNK_BYTES = 64 * 1024;
const DRIPS_PER_SECOND = 20;

/** @param left ends what is still to be sent, once nobody is there to read it */
export function faultAnswer(fault: AnswerFault, left: AbortSignal): Response {
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
      // Slower than a byte per drip, the drips come more seldom.
      const perSecond = Math.min(DRIPS_PER_SECOND, fault.bytesPerSecond);
      const pieces = listOf(fault.bytes, Math.floor(fault.bytesPerSecond / perSecond));
      return json(ReadableStream.from(slowly(pieces, 1000 / perSecond, left)));
    }
  }
}

function json(body: string | ReadableStream<Uint8Array>): Response {
  return new Response(body, { headers: { 'content-type': 'application/json' } });
}

/** The JSON of a list, in so many bytes, but never fewer than it takes without a name. */
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
  left: AbortSignal,
): AsyncGenerator<Buffer> {
  for (const piece of pieces) {
    yield piece;
    if (!(await waited(ms, left))) return;
  }
}

/** False as soon as nobody waits any more. */
export async function waited(ms: number, left: AbortSignal): Promise<boolean> {
  try {
    await sleep(ms, undefined, { signal: left });
    return true;
  } catch {
    return false;
  }
}
