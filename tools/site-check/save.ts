import { stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { listCount, newSiteFile, type SiteFile } from '../desk-director/site-file.ts';
import { eventsIn } from './findings.ts';
import { FILTERS, TYPE } from './reading.ts';
import type { Exchange } from './recorder.ts';
import { answerStructure, schemaStructure } from './structure.ts';
import type { Facts } from './table.ts';

const TICKET_FORM = '/schema/ticket/$create-request?';

/** Rejects when there is something at the path already, or no folder for it. */
export async function refuseExisting(path: string): Promise<void> {
  if (/[\\/]$/.test(path)) throw new Error(`${path} is no file. Give --save the name of a file.`);
  const folder = await stat(dirname(path)).catch(() => null);
  if (!folder?.isDirectory()) throw new Error(`There is no folder ${dirname(path)} for --save.`);
  const there = await stat(path).catch(() => null);
  if (there !== null) throw new Error(`${path} exists already. Choose another file for --save.`);
}

/**
 * The structure of what a site said: no key, no text, and no host, person or company that is known to
 * be one.
 */
export function siteFile(facts: Facts): SiteFile {
  const { exchanges, triggers, names, lookUp, listening, ticket } = facts;
  const read = exchanges.filter(({ status }) => status < 300);
  const structure = ({ data }: Exchange) => schemaStructure(data, names);
  const at = (start: string) => read.filter(({ path }) => path.startsWith(start));
  const offered = eventsIn(read) ?? [];
  const filtersOf = (id: string) => read.find(({ path }) => path === `${FILTERS}${id}`);
  return {
    ...newSiteFile,
    app: packageJson.version,
    // The app can't tell two events with the same ID from each other.
    events: offered
      .filter(({ id }, n) => offered.findIndex((one) => one.id === id) === n)
      .map(({ id, name }) => {
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
    lists: Object.fromEntries(read.flatMap(({ path, data }) => listCount(path, data))),
    subscription:
      listening?.idFoundIn === 'body' ? 'body' : listening?.idFoundIn ? 'location' : null,
    session: lookUp === null ? null : answerStructure(lookUp.data ?? null, names),
    delivery: answerStructure(listening?.deliveries[0] ?? null, names),
    ticketDelivery: answerStructure(ticket?.deliveries[0] ?? null, names),
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
  const unread = facts.unknownNames.map((label) => `“${label}”`).join(' and ');
  const unknown = `${unread} could not be read. The names there are not known to the check, so they may be in the file. `;
  await agree(
    `The file keeps the ids and names of the events of chats, the names of properties, their kinds, and how many companies, members and other entries there are. It leaves out the key, all texts, the titles, descriptions, defaults and choices of the forms, and of names what may be part of the address of the site or of the name of a person or a company (${facts.names.replaced} here). ${unread === '' ? '' : unknown}The check can't know every name: look through the file before you send it.`,
  );
  await writeFile(path, text, { flag: 'wx' });
}
