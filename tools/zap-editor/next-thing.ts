import { texts } from '../../src/values.ts';
import type { ChatChange } from '../desk-director/chats.ts';
import type { ChatSessionPayload } from '../desk-director/session.ts';
import type { Workbench } from './workbench.ts';
import { isChanged } from './zap-draft.ts';

/** How something starts that a Zap may run for: a chat, a ticket, or what has no card on the page. */
export const STARTS = [
  'request',
  'leave-callback',
  'push',
  'ticket',
  'workflow',
  'new_email',
] as const;
export type Start = (typeof STARTS)[number];

/** The next thing to do. Its button is the only solid one. */
export interface NextThing {
  /** The name by which views know the button; empty when nothing is to be done outside of the Zap. */
  readonly button: string;
  /** The id of the element to go to: a form, a chat or a ticket. */
  readonly subject: string;
}

/**
 * The next thing to do once the Zap is on: to be the customer, so that something happens that the trigger
 * waits for; then to look at the run.
 */
export function nextThing(workbench: Workbench): NextThing {
  const { draft, activeZaps, isCustomer, deskDirector, history, chosenRun, zapier } = workbench;
  const active = activeZaps.find(({ zap }) => zap === draft.zap);
  const nothing = { button: '', subject: 'start-request' };
  if (active === undefined || isChanged(draft) || !draft.isPublishing || !isCustomer)
    return nothing;
  const { trigger, inputData } = active.zap;
  const isSince = (one: { createdDateTime: string }) =>
    Date.parse(one.createdDateTime) >= active.since.getTime();
  const start = startOf(trigger, texts(inputData.statuses), texts(inputData.session_types));
  const chat = startsChat(start) ? deskDirector.chats.list().find(isSince) : undefined;
  const ticket = start === 'ticket' ? deskDirector.tickets.list().find(isSince) : undefined;
  const subject = chat ? `chat-${chat.id}` : ticket ? `ticket-${ticket.id}` : start;
  const ran = history.find(
    ({ run, subjects }) =>
      run.zap === active.zap && run.records.length > 0 && subjects.includes(subject),
  );
  if (ran !== undefined) {
    return ran.number === chosenRun ? nothing : { button: `run-of-${subject}`, subject };
  }
  const isForNew = trigger === 'new_chat_session';
  const change = chat && !isForNew ? changeTo(texts(inputData.statuses), chat) : undefined;
  if (change !== undefined) return { button: `${change}-${chat?.id}`, subject };
  if (zapier.waiting > 0) return nothing;
  if (ticket && trigger === 'ticket_event') return { button: `update-${ticket.id}`, subject };
  return { button: `start-${start}`, subject: `start-${start}` };
}

const startsChat = (start: Start): boolean => !Object.values(START_OF).includes(start);

/** What starts the things that a trigger runs for, when these are no chats. */
export const START_OF: Readonly<Record<string, Start>> = {
  new_ticket: 'ticket',
  ticket_event: 'ticket',
  workflow_triggered: 'workflow',
  new_email: 'new_email',
};

/** How something begins that a Zap waits for. */
function startOf(trigger: string, statuses: readonly string[], types: readonly string[]): Start {
  const start = START_OF[trigger];
  if (start !== undefined || trigger !== 'new_chat_session') return start ?? 'request';
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
