import type { Bundle, ZObject } from 'zapier-platform-core';
import { asObject, idText, isBlank, type JsonObject, list, propertyOf, text } from '../values.ts';
import { LIST } from './boundary.ts';
import { type ApiRequest, send } from './send.ts';

/** One entry of a list of the API: its id, its name, and its other properties with a single value. */
export interface ListEntry {
  readonly id: string;
  readonly name: string;
  readonly [further: string]: string;
}

/**
 * Reads a list of the API (`{ results: [{ id, name }] }`). An entry without a name gets its id as its
 * name. An entry without an id, or with the id of an earlier entry, is left out. So is an entry whose
 * id holds a secret, and each other property with a secret. Rejects with an owner's error for any other
 * answer, and when no entry of a filled list has an id.
 */
export async function getList(
  z: ZObject,
  bundle: Bundle,
  request: ApiRequest,
): Promise<ListEntry[]> {
  const answer = await send(z, bundle, { ...request, rule: LIST });
  const { data, leftOut, refuseFailure, notTheApi } = answer;
  await refuseFailure(['results']);
  const results = listIn(data);
  if (results === null) throw notTheApi(data === undefined ? 'api' : 'list');
  const byId = new Map<string, ListEntry>();
  for (const entry of list(results, asObject)) {
    const id = idText(propertyOf(entry, 'id'));
    if (id === null || byId.has(id)) continue;
    const name = propertyOf(entry, 'name');
    const named: ListEntry = { id, name: (isBlank(name) ? null : text(name)) ?? id };
    byId.set(id, { ...named, ...singleValues(entry), ...named });
  }
  if (results.length > 0 && byId.size === 0 && leftOut.length === 0) throw notTheApi('list');
  return [...byId.values()];
}

/**
 * The list in an answer: its `results`, otherwise the answer itself or the only list in it. Null when
 * there is none.
 */
export function listIn(data: unknown): readonly unknown[] | null {
  if (Array.isArray(data)) return data;
  const answer = asObject(data);
  const results = propertyOf(answer, 'results');
  // .NET: a list without entries may be null.
  if (results === null) return [];
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
