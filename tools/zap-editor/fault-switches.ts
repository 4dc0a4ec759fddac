import type { Fault, FaultKind } from '../desk-director/server.ts';

const MEGABYTE = 1024 * 1024;
const headers = { 'retry-after': '60' };

const FAULTS: readonly (readonly [key: string, label: string, fault: FaultKind])[] = [
  ['late', 'Answers 3 s late', { kind: 'delay', ms: 3000 }],
  ['unauthorized', 'Refuses the key (401)', { kind: 'status', status: 401 }],
  ['forbidden', 'Forbids the request (403)', { kind: 'status', status: 403 }],
  ['missing', 'Does not find the API (404)', { kind: 'status', status: 404 }],
  ['throttled', 'Asks to slow down (429)', { kind: 'status', status: 429, headers }],
  ['broken', 'Internal error (500)', { kind: 'status', status: 500 }],
  ['down', 'Is down (503)', { kind: 'status', status: 503 }],
  ['reset', 'Closes the connection', { kind: 'reset', when: 'before' }],
  ['amid', 'Stops amid its answer', { kind: 'reset', when: 'amid' }],
  ['redirect', 'Redirects', { kind: 'redirect', status: 302, to: 'https://a.example.com/' }],
  ['page', 'Answers with a page', { kind: 'html' }],
  ['truncated', 'Answers with incomplete JSON', { kind: 'truncated' }],
  ['other', 'Answers with other JSON', { kind: 'json', value: 'maintenance' }],
  ['empty', 'Answers with nothing', { kind: 'empty' }],
  ['huge', 'Answers with 6 MB', { kind: 'huge', bytes: 6 * MEGABYTE }],
  ['drip', 'Answers 10 bytes a second', { kind: 'drip', bytesPerSecond: 10, bytes: MEGABYTE }],
];

/** The faults that you can switch on for every answer of the site's API. */
export const faultSwitches = FAULTS.map(([key, label, fault]) => ({ key, label, fault }));

export type FaultSwitch = (typeof faultSwitches)[number];

/** The fault for every request to the API, until the faults are cleared. */
export const forAllAnswers = (fault: FaultKind): Fault => ({
  ...fault,
  path: /^\//,
  times: Number.POSITIVE_INFINITY,
});
