import type { ChatSessionPayload } from '../sandbox/desk-director/session.ts';
import { createRandom } from './random.ts';
import { changedSession } from './sessions.ts';

/**
 * So many sessions of all statuses, with people and companies, the same ones each time; about as
 * large as the documented example. No two have the same id: the platform refuses a bare app's then.
 */
export function delivery(size: number): ChatSessionPayload[] {
  const random = createRandom(1);
  const sessions = Array.from({ length: size }, (_, index) => ({
    ...changedSession(random, index),
    id: `${1_773_129_600 + index}-${1001 + index}`,
  }));
  // As it comes from the wire: what is parsed shares no object.
  return JSON.parse(JSON.stringify(sessions));
}
