import { plural } from '../../common/plural.ts';
import type { AppRecord } from '../../zap-runner/mapping.ts';
import type { Result } from '../result.ts';
import { type Html, html } from './html.ts';

/** How something stands. Each sign has its own colour and its own shape. */
export type Sign =
  | 'todo'
  | 'done'
  | 'untested'
  | 'nothing'
  | 'stopped'
  | 'failed'
  | 'skipped'
  | 'attention';

const GLYPHS: Readonly<Record<Sign, string>> = {
  todo: '',
  done: '✓',
  untested: '',
  nothing: '0',
  stopped: '■',
  failed: '✕',
  skipped: '–',
  attention: '!',
};

/** A sign for the eye. Words beside it say the same. */
export const signView = (sign: Sign): Html =>
  html`<span class="sign is-${sign}" aria-hidden="true"><span>${GLYPHS[sign]}</span></span>`;

/** How a test ended, as a sign and in words. */
export function testState(tested: Result<readonly AppRecord[]> | null): {
  sign: Sign;
  words: string;
} {
  if (tested === null) return { sign: 'untested', words: 'Not tested' };
  if ('found' in tested) {
    const count = tested.found.length;
    return count === 0
      ? { sign: 'nothing', words: 'Nothing found' }
      : { sign: 'done', words: plural(count, 'record') };
  }
  switch (tested.reason) {
    case 'stopped':
      return { sign: 'stopped', words: 'Stopped' };
    case 'waits':
      return { sign: 'untested', words: 'Waits for a choice' };
    default:
      return { sign: 'failed', words: 'The test failed' };
  }
}
