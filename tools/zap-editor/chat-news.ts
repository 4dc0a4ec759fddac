import { passesChatFilters } from '../desk-director/chat-filters.ts';
import type { ChatSessionPayload } from '../desk-director/session.ts';
import type { Outcome } from './outcome.ts';
import type { HistoryEntry, Workbench } from './workbench.ts';

/** What came of a chat: its latest run, or why there is none. Null when no Zap is on. */
export interface ChatNews extends Outcome {
  readonly entry: HistoryEntry | null;
}

export function newsOf(chat: ChatSessionPayload, workbench: Workbench): ChatNews | null {
  const { activeZaps, deskDirector, history } = workbench;
  const entries = history.filter(({ chatIds }) => chatIds.includes(chat.id));
  const entry = entries.find(({ run }) => run.records.length > 0) ?? entries[0];
  const none = (words: string): ChatNews => ({ sign: 'skipped', words, entry: null });
  if (entry !== undefined) return { ...entry.outcome, entry };
  const [active] = activeZaps;
  if (active === undefined) return null;
  const subscription = deskDirector.subscriptions.find(({ url }) => url.endsWith(active.zap.id));
  const isNew = chat.status === 'created';
  if (subscription !== undefined && !passesChatFilters(subscription.parameters, chat)) {
    return none('Not sent: the filters of the site kept it back');
  }
  if (isNew && active.zap.trigger === 'chat_session_status_changed') {
    return none('No run yet: the Zap waits for a change of status');
  }
  if (Date.parse(chat.lastModifiedDateTime) < active.since.getTime()) {
    return none('No run: this was before the Zap was on');
  }
  return none('No run yet');
}
