import type { Fault, FaultKind } from '../desk-director/server.ts';

/** A fault that you can switch on for every answer of the site's API. */
export interface FaultSwitch {
  readonly key: string;
  readonly label: string;
  readonly fault: FaultKind;
}

const status = (
  key: string,
  label: string,
  code: number,
  headers: Readonly<Record<string, string>> = {},
): FaultSwitch => ({
  key,
  label: `${label} (${code})`,
  fault: { kind: 'status', status: code, headers },
});

export const faultSwitches: readonly FaultSwitch[] = [
  status('unauthorized', 'Refuses the key', 401),
  status('forbidden', 'Forbids the request', 403),
  status('missing', 'Does not find the API', 404),
  status('throttled', 'Asks to slow down', 429, { 'retry-after': '60' }),
  status('broken', 'Internal error', 500),
  status('down', 'Is down', 503),
  { key: 'late', label: 'Answers 3 s late', fault: { kind: 'delay', ms: 3000 } },
  { key: 'reset', label: 'Closes the connection', fault: { kind: 'reset', when: 'before' } },
  { key: 'page', label: 'Answers with a page', fault: { kind: 'html' } },
  { key: 'truncated', label: 'Answers with incomplete JSON', fault: { kind: 'truncated' } },
  { key: 'other', label: 'Answers with other JSON', fault: { kind: 'json', value: 'maintenance' } },
];

/** The fault for every request to the API, until the faults are cleared. */
export const forAllAnswers = (fault: FaultKind): Fault => ({
  ...fault,
  path: /^\//,
  times: Number.POSITIVE_INFINITY,
});
