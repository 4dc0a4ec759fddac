import { stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import packageJson from '#package.json' with { type: 'json' };
import { listCount, newSiteFile, type SiteFile } from '../sandbox/site-file.ts';
import type { Exchange } from './app.ts';
import { eventsIn, FILTERS, TYPE } from './reading.ts';
import { answerStructure, schemaStructure } from './structure.ts';
import type { Facts } from './table.ts';

const TICKET_FORM = '/schema/ticket/$create-request?';

/** Rejects when there is something at the path already, or no folder for it. */
export async function refuseExisting(path: string): Promise<void> {
  const folder = await stat(dirname(path)).catch(() => null);
  if (!folder?.isDirectory()) throw new Error(`There is no folder ${dirname(path)} for --save.`);
  const there = await stat(path).catch(() => null);
  if (there !== null) throw new Error(`${path} exists already. Choose another file for --save.`);
}

/** The structure of what a site said: no key, no host, no person, no company and no text. */
export function siteFile(facts: Facts): SiteFile {
  const { exchanges, triggers, names, lookUp, listening } = facts;
  const read = exchanges.filter(({ status }) => status < 300);
  const structure = ({ data }: Exchange) => schemaStructure(data, names);
  const at = (start: string) => read.filter(({ path }) => path.startsWith(start));
  const filtersOf = (id: string) => read.find(({ path }) => path === `${FILTERS}${id}`);
  return {
    ...newSiteFile,
    app: packageJson.version,
    events: (eventsIn(read) ?? []).map(({ id, name }) => {
      const filters = filtersOf(id);
      return {
        id: names.event(id),
        name: names.event(name),
        trigger: triggers.find(({ event }) => event?.id === id)?.key ?? null,
        filters: filters === undefined ? null : structure(filters),
      };
    }),
    types: Object.fromEntries(
      at(TYPE).map((one) => [names.property(one.path.slice(TYPE.length)), structure(one)]),
    ),
    ticketForms: at(TICKET_FORM).map(structure),
    lists: Object.fromEntries(
      read.flatMap(({ path, data }) => {
        const count = listCount(path, data);
        return count === null ? [] : [count];
      }),
    ),
    subscription:
      listening?.idFoundIn === 'body' ? 'body' : listening?.idFoundIn ? 'location' : null,
    session: lookUp === null ? null : answerStructure(lookUp.data ?? null, names),
    delivery: answerStructure(listening?.deliveries[0] ?? null, names),
  };
}

/**
 * Says what the file leaves out, asks, and writes it. Rejects when a file is there already.
 *
 * @param agree says something, and rejects unless the person agrees
 */
export async function saveSite(
  path: string,
  facts: Facts,
  agree: (words: string) => Promise<void>,
): Promise<void> {
  const file = siteFile(facts);
  const text = `${JSON.stringify(file, null, 2)}\n`;
  await agree(
    `The file keeps the ids and names of the events, the names of properties, their kinds, and how many choices there are. It leaves out the key, the address of the site, every person, company and text, the titles, descriptions, defaults and choices of the forms, and names that may be somebody's (${facts.names.replaced} here).`,
  );
  await writeFile(path, text, { flag: 'wx' });
}
