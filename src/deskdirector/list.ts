import type { Bundle, ZObject } from 'zapier-platform-core';
import { asObject, idText, isBlank, type JsonObject, list, propertyOf, text } from '../values.ts';
import { LIST } from './boundary.ts';
import { warn } from './errors.ts';
import {
  type Call,
  callOf,
  type ListId,
  type ParameterValues,
  parametersOf,
} from './operations.ts';
import { deadlineOf } from './retry.ts';
import { send } from './send.ts';

/** One entry of a list of the API: its id, its name, and its other properties with a single value. */
export interface ListEntry {
  readonly id: string;
  readonly name: string;
  readonly [further: string]: string;
}

/** The entries of a page, for the lists that come in pages. */
const PAGE = 100;
/** The most entries that are read of a list in pages. Nobody finds an entry among more. */
const MOST_ENTRIES = 2_000;
/** The least time for one more page. */
const LEAST_MS = 8_000;

/**
 * Reads a list of the API (`{ results: [{ id, name }] }`). An entry without a name gets its id as its
 * name. An entry without an id, or with the id of an earlier entry, is left out. So is an entry whose
 * id holds a secret, and each other property with a secret. A list in pages is read until a page brings no
 * new id; the log says when it was too long to be read to the end. Rejects with an owner's error for any
 * other answer, and when no entry of a filled list has an id.
 */
export async function getList(
  z: ZObject,
  bundle: Bundle,
  operation: ListId,
  parameters: ParameterValues = {},
): Promise<ListEntry[]> {
  return (await readList(z, bundle, operation, parameters)).entries;
}

/**
 * Reads a list by the rule of `getList`. `isCut` tells whether the list is too long to be read to its end.
 *
 * @param wanted the id of an entry: no page after that with this entry is read
 */
export async function readList(
  z: ZObject,
  bundle: Bundle,
  operation: ListId,
  parameters: ParameterValues,
  wanted = '',
): Promise<{ entries: ListEntry[]; isCut: boolean }> {
  const byId = new Map<string, ListEntry>();
  const isPaged = parametersOf(operation).some((name) => name === 'skip');
  for (let skip = 0; ; ) {
    const known = byId.size;
    const values: ParameterValues = { ...parameters, take: `${PAGE}`, skip: `${skip}` };
    skip += await addEntries(
      z,
      bundle,
      callOf(operation, (name) => values[name]),
      byId,
    );
    if (!isPaged || byId.size === known || byId.has(wanted))
      return { entries: [...byId.values()], isCut: false };
    if (byId.size >= MOST_ENTRIES || deadlineOf(z) - Date.now() < LEAST_MS) {
      const entries = [...byId.values()].slice(0, MOST_ENTRIES);
      warn(z, `Only the first ${entries.length} entries of the list were read.`);
      return { entries, isCut: true };
    }
  }
}

/** Adds the entries of an answer. Resolves with the number of its results, to be skipped by the next page. */
async function addEntries(
  z: ZObject,
  bundle: Bundle,
  call: Call<ListId>,
  byId: Map<string, ListEntry>,
): Promise<number> {
  const request = { ...call, described: ['results'], rule: LIST };
  const { data, leftOut, notTheApi } = await send(z, bundle, request);
  const results = listIn(data);
  if (results === null) throw notTheApi(data === undefined ? 'api' : 'list');
  let usable = 0;
  for (const entry of list(results, asObject)) {
    const id = idText(propertyOf(entry, 'id'));
    if (id === null) continue;
    usable += 1;
    if (byId.has(id)) continue;
    const name = propertyOf(entry, 'name');
    const named: ListEntry = { id, name: (isBlank(name) ? null : text(name)) ?? id };
    byId.set(id, { ...named, ...singleValues(entry), ...named });
  }
  if (results.length > 0 && usable === 0 && leftOut.length === 0) throw notTheApi('list');
  return results.length;
}

/**
 * The list in an answer: its `results`, otherwise the answer itself or the only list in it. Null when
 * there is none.
 */
export function listIn(data: unknown): readonly unknown[] | null {
  if (Array.isArray(data)) return data;
  const answer = asObject(data);
  const results = propertyOf(answer, 'results');
  // .NET: a list without entries may be null, and what is null may be left out.
  const isLeftOut = results === undefined && propertyOf(answer, 'totalResults') === 0;
  if (results === null || isLeftOut) return [];
  const lists = (results === undefined ? Object.values(answer) : [results]).filter(Array.isArray);
  const [only, another] = lists;
  return another === undefined ? (only ?? null) : null;
}

/** The properties of an entry that hold a single value, as text. */
function singleValues(entry: JsonObject): Record<string, string> {
  return Object.fromEntries(
    Object.entries(entry).flatMap(([name, value]): [string, string][] => {
      const single = text(value);
      // A dropdown can only address such names. Names that every JavaScript object has are skipped.
      return single === null || !/^[a-z]\w*$/i.test(name) || name in {} ? [] : [[name, single]];
    }),
  );
}
