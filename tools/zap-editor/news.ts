import { passesSubscription } from '../desk-director/filters.ts';
import type { ChatSessionPayload } from '../desk-director/session.ts';
import type { Outcome } from './outcome.ts';
import type { HistoryEntry, Workbench } from './workbench.ts';

/** What came of something: its latest run, or why there is none. */
export interface News extends Outcome {
  readonly entry: HistoryEntry | null;
}

/** What came of a chat, a ticket or another start. Null when nothing did. */
export function newsOf(subject: string, { history }: Workbench): News | null {
  const entries = history.filter(({ subjects }) => subjects.includes(subject));
  const entry = entries.find(({ run }) => run.records.length > 0) ?? entries[0];
  return entry === undefined ? null : { ...entry.outcome, entry };
}

/** What came of a chat, or why nothing did. Null when no Zap is on. */
export function newsOfChat(chat: ChatSessionPayload, workbench: Workbench): News | null {
  const { activeZaps, deskDirector } = workbench;
  const none = (words: string): News => ({ sign: 'skipped', words, entry: null });
  const [active] = activeZaps;
  const news = newsOf(`chat-${chat.id}`, workbench);
  if (news !== null || active === undefined) return news;
  const subscription = deskDirector.subscriptions.find(({ url }) => url.endsWith(active.zap.id));
  if (subscription !== undefined && !passesSubscription(subscription.parameters, chat)) {
    return none('Not sent: the filters of the site kept it back');
  }
  if (chat.status === 'created' && active.zap.trigger === 'chat_session_status_changed') {
    return none('No run yet: the Zap waits for a change of status');
  }
  if (Date.parse(chat.lastModifiedDateTime) < active.since.getTime()) {
    return none('No run: this was before the Zap was on');
  }
  return none('No run yet');
}
