import { texts } from '../../src/values.ts';
import type { ChatChange } from '../desk-director/chats.ts';
import type { ChatSessionPayload } from '../desk-director/session.ts';
import type { Workbench } from './workbench.ts';
import { isChanged } from './zap-draft.ts';

/** How a customer or a technician starts a chat. */
export type Start = 'request' | 'leave-callback' | 'push';

/** Where the next thing to do is. Its button is the only solid one of the page. */
export type NextThing =
  | { readonly at: 'zap' | 'publish' | 'nowhere' }
  | { readonly at: 'start'; readonly start: Start }
  | { readonly at: 'chat'; readonly id: string; readonly change: ChatChange }
  | { readonly at: 'run'; readonly id: string };

/**
 * The next thing to do: first in the Zap; once it is on, to be the customer, so that something happens
 * that the trigger waits for; then to look at the run.
 */
export function nextThing(workbench: Workbench): NextThing {
  const { draft, activeZaps, isCustomer, deskDirector, history, chosenRun, zapier } = workbench;
  const active = activeZaps.find(({ zap }) => zap === draft.zap);
  if (active === undefined || isChanged(draft) || !draft.isPublishing) return { at: 'zap' };
  if (!isCustomer) return { at: 'publish' };
  const { trigger, inputData } = active.zap;
  const isForNew = trigger === 'new_chat_session';
  const wanted = texts(inputData.statuses);
  const chat = deskDirector.chats
    .list()
    .find(({ createdDateTime }) => Date.parse(createdDateTime) >= active.since.getTime());
  const ran = history.find(
    ({ run, chatIds }) =>
      run.zap === active.zap && run.records.length > 0 && chatIds.includes(chat?.id ?? ''),
  );
  if (chat !== undefined && ran !== undefined) {
    return ran.number === chosenRun ? { at: 'nowhere' } : { at: 'run', id: chat.id };
  }
  const change = chat && !isForNew ? changeTo(wanted, chat) : undefined;
  if (chat !== undefined && change !== undefined) return { at: 'chat', id: chat.id, change };
  if (zapier.waiting > 0) return { at: 'nowhere' };
  return {
    at: 'start',
    start: isForNew ? startOf(wanted, texts(inputData.session_types)) : 'request',
  };
}

/** How a chat begins that a Zap waits for. */
function startOf(statuses: readonly string[], types: readonly string[]): Start {
  if (types.join() === 'push') return 'push';
  return statuses.join() === 'callback' ? 'leave-callback' : 'request';
}

/** The change that brings a chat nearer to a status, by its status now. */
const CHANGES: Readonly<Record<string, Readonly<Record<string, ChatChange>>>> = {
  handled: { created: 'join' },
  missed: { created: 'miss' },
  callback: { created: 'askForCallback', missed: 'askForCallback' },
  completed: { created: 'join', handled: 'complete', callback: 'complete' },
};

function changeTo(
  wanted: readonly string[],
  { status }: ChatSessionPayload,
): ChatChange | undefined {
  const statuses = wanted.length > 0 ? wanted : ['handled', 'completed'];
  return statuses.flatMap((one) => CHANGES[one]?.[status] ?? [])[0];
}
