import type { Fault, FaultKind } from '../desk-director/server.ts';

/** A fault that you can switch on for every answer of the site's API. */
export interface FaultSwitch {
  readonly key: string;
  readonly label: string;
  readonly fault: FaultKind;
}

const MEGABYTE = 1024 * 1024;

export const faultSwitches: readonly FaultSwitch[] = [
  { key: 'late', label: 'Answers 3 s late', fault: { kind: 'delay', ms: 3000 } },
  { key: 'unauthorized', label: 'Refuses the key (401)', fault: { kind: 'status', status: 401 } },
  { key: 'forbidden', label: 'Forbids the request (403)', fault: { kind: 'status', status: 403 } },
  { key: 'missing', label: 'Does not find the API (404)', fault: { kind: 'status', status: 404 } },
  {
    key: 'throttled',
    label: 'Asks to slow down (429)',
    fault: { kind: 'status', status: 429, headers: { 'retry-after': '60' } },
  },
  { key: 'broken', label: 'Internal error (500)', fault: { kind: 'status', status: 500 } },
  { key: 'down', label: 'Is down (503)', fault: { kind: 'status', status: 503 } },
  { key: 'reset', label: 'Closes the connection', fault: { kind: 'reset', when: 'before' } },
  { key: 'amid', label: 'Stops amid its answer', fault: { kind: 'reset', when: 'amid' } },
  {
    key: 'redirect',
    label: 'Redirects to another site',
    fault: { kind: 'redirect', status: 302, to: 'https://elsewhere.example.com/' },
  },
  { key: 'page', label: 'Answers with a page', fault: { kind: 'html' } },
  { key: 'truncated', label: 'Answers with incomplete JSON', fault: { kind: 'truncated' } },
  { key: 'other', label: 'Answers with other JSON', fault: { kind: 'json', value: 'maintenance' } },
  { key: 'empty', label: 'Answers with nothing', fault: { kind: 'empty' } },
  { key: 'huge', label: 'Answers with 6 MB', fault: { kind: 'huge', bytes: 6 * MEGABYTE } },
  {
    key: 'drip',
    label: 'Answers 10 bytes a second',
    fault: { kind: 'drip', bytesPerSecond: 10, bytes: MEGABYTE },
  },
];

/** The fault for every request to the API, until the faults are cleared. */
export const forAllAnswers = (fault: FaultKind): Fault => ({
  ...fault,
  path: /^\//,
  times: Number.POSITIVE_INFINITY,
});
