import fc from 'fast-check';
import { chatSessionOutputFields } from '../../src/chat-session/fields.ts';
import { asObject } from '../../src/values.ts';
import example from '../../tools/desk-director/documented-example.json' with { type: 'json' };
import { flaws } from '../helpers/output-fields.ts';
import { spoilt } from './changes.ts';
import { anyJson, trickyText } from './property.ts';

const two = (n: number) => String(n).padStart(2, '0');

/** Dates and times that are just readable, and just unreadable. */
const dateText = fc.oneof(
  fc.constantFrom(
    '0000-00-00',
    '2018-02-30T00:00:00Z',
    '9999-12-31T23:59:59.9999999Z',
    '9999-12-31T23:59:59.9999999-14:00',
    '0001-01-01T00:00:00Z',
    '0001-01-01T00:00:00',
    '2026-03-10T14:00:00',
  ),
  fc
    .record({
      year: fc.oneof(fc.constantFrom(0, 1, 99, 100, 9999), fc.integer({ min: 0, max: 9999 })),
      month: fc.integer({ min: 0, max: 13 }),
      day: fc.integer({ min: 0, max: 32 }),
      hour: fc.integer({ min: 0, max: 24 }),
      minute: fc.integer({ min: 0, max: 60 }),
      second: fc.constantFrom('', ':00', ':59', ':59.9999999', ':00,5', ':60', ':07.'),
      zone: fc.constantFrom('Z', '+00:00', '-00:00', '+14:00', '-1200', '+23:59', '+02', '', '+24'),
    })
    .map(
      ({ year, month, day, hour, minute, second, zone }) =>
        `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}${second}${zone}`,
    ),
);

/** Strings that a payload has, and any others. */
export const anyText = fc.oneof(
  { weight: 3, arbitrary: dateText },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ...['a~c~1', 'a~m~2', 'a~b~c~5', 'a~c~', 'a~c~1~', '~m~0', 'a~C~1'],
      ...['created', 'handled', 'completed', 'missed', 'callback', 'request', 'push', 'ticket'],
      ...['42', '-7', '12.5', '9007199254740993', 'Casey', ''],
    ),
  },
  trickyText,
  fc.string({ unit: 'binary', maxLength: 12 }),
);

const scalar = fc.oneof(
  { weight: 4, arbitrary: anyText },
  fc.integer(),
  fc.double(),
  fc.constantFrom(null, true, false, 0, 1, 3101, -0, 2 ** 53, 1e300, 0.1),
  anyJson,
);

const [documented] = example;
const date = '2026-03-10T13:00:00Z';
/** The documented example, with what it lacks. */
const COMPLETE = {
  ...documented,
  report: { creatorWaited: 1, handledDateTime: date, chatDuration: 2 },
  reference: { type: 'ticket', id: '7' },
  callback: { type: 'phone', phone: '7', note: 'x', preferredTime: [{ start: date, end: date }] },
  targetUsers: [documented?.creator],
  closeRecord: { ...documented?.closeRecord, note: 'x' },
};

/** What stands in a payload, in any place, or any JSON. */
const alike = fc.oneof(
  { weight: 2, arbitrary: scalar },
  fc.constantFrom<unknown>(COMPLETE, ...Object.values(COMPLETE)),
);

const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 5, arbitrary: value }, { weight: 1, arbitrary: alike });

/** A session, with any value in some of its properties. */
export const goodEntry: fc.Arbitrary<Record<string, unknown>> = fc
  .tuple(
    // There are few ids, so that some come twice. `1` and `"1"` are the same id.
    fc.oneof(
      fc.constantFrom('a', 'A', 'b', '7', 7, 0, -1.5, '__proto__', 'constructor', ' '),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 5 }),
    ),
    fc.array(fc.tuple(fc.integer({ min: 1, max: 90 }), fc.oneof(anyText, alike)), {
      maxLength: 20,
    }),
  )
  .map(([id, changes]) => ({ ...asObject(spoilt(COMPLETE, changes)), id }));

/** An entry of a list that may be no session: a ping, or an envelope, with an id and a type of its own. */
const oddEntry = fc
  .tuple(
    fc.constantFrom<unknown>(undefined, null, '', true, false, {}, ['a'], 'a'),
    maybe(anyText),
    fc.constantFrom('hook_id', 'data', 'Status'),
    alike,
  )
  .map(([id, type, name, value]) => ({ id, type, [name]: value ?? null }));

/** Any JSON value as the body of a delivery, with sessions much more often than by chance. */
export const anyBody: fc.Arbitrary<unknown> = fc
  .oneof(
    { weight: 3, arbitrary: fc.array(fc.oneof(goodEntry, oddEntry, alike), { maxLength: 5 }) },
    goodEntry,
    alike,
    anyJson,
  )
  .map((value) => JSON.parse(JSON.stringify(value)));

/** The ways in which Zapier hands a body over. */
export const anyBundle: fc.Arbitrary<Record<string, unknown>> = fc
  .tuple(anyBody, fc.constantFrom('value', 'text', 'padded text', 'raw text', 'cut text'))
  .map(([body, form]): Record<string, unknown> => {
    const text = JSON.stringify(body);
    if (form === 'value') return { cleanedRequest: body };
    if (form === 'text') return { cleanedRequest: text };
    if (form === 'padded text') return { cleanedRequest: `\uFEFF ${text}\r\n` };
    if (form === 'raw text') return { rawRequest: { content: text } };
    return { rawRequest: { content: text.slice(0, -1) } };
  });

/** Input for the filters: none, valid values, and any JSON. */
export const anyFilters: fc.Arbitrary<Record<string, unknown>> = fc.oneof(
  fc.constant({}),
  fc.record(
    {
      session_types: maybe(fc.array(fc.constantFrom('request', 'push', '', ' push '))),
      statuses: maybe(
        fc.array(fc.constantFrom('created', 'handled', 'missed', 'parked', ',', null)),
      ),
      company_ids: maybe(fc.array(fc.constantFrom(3101, '3102', ' 3103 ', 'x'))),
    },
    { requiredKeys: [] },
  ),
);

const FIELDS = chatSessionOutputFields([]);

/** How a record differs from its output fields; [] when it does not. */
export function flawsOf(value: unknown): string[] {
  const record = asObject(value);
  const keys = Object.keys(record).join();
  if (keys !== FIELDS.map(({ key }) => key).join()) return [`has the keys ${keys}`];
  const times = FIELDS.flatMap(({ key, type }) => (type === 'datetime' ? record[key] : []));
  // A time exists when JavaScript writes it as it was.
  const others = times.filter((time) => time !== null && new Date(`${time}`).toJSON() !== time);
  return [...flaws(record, FIELDS), ...others.map((time) => `${time} is no time`)];
}
