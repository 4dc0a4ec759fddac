import { dotNetTime } from '../desk-director/clock.ts';
import { contacts, members } from '../desk-director/people.ts';
import { entryWith } from '../desk-director/requests.ts';
import { requestTypesWithSomethingElse } from '../desk-director/service.ts';
import type { Callback, ChatSessionPayload, Person } from '../desk-director/session.ts';
import { textIn } from './posted-form.ts';
import type { Workbench } from './workbench.ts';

/** The customers who can start something. */
export const customers: readonly Person[] = [
  ...Object.values(contacts),
  // A chat can name a customer without an ID. In JSON, a number that is none becomes null.
  { ...contacts.quilla, entityId: Number.NaN, userId: 'sandbox~c~0' },
];

/**
 * Makes the change that a form of the page asks for. Resolves with the id of the element that shows what
 * came of it. Rejects when there is no such chat, ticket, change or person, or when the status of the
 * chat does not allow the change.
 */
export async function changeSite(
  workbench: Workbench,
  change: string,
  id: string,
  form: FormData,
): Promise<string> {
  const { chats, tickets, workflows } = workbench.deskDirector;
  const filled = (name: string) => textIn(form, name)?.trim() || undefined;
  const contact = personIn(customers, filled('contact'));
  const shown = (chat: ChatSessionPayload) => `chat-${chat.id}`;
  const ticket = { boardId: filled('board'), statusId: filled('status'), note: filled('note') };
  switch (change) {
    case 'request':
      return shown(chats.request({ contact, name: filled('name') }));
    case 'leave-callback':
      return shown(chats.leaveCallback(callbackIn(form, filled), { contact }));
    case 'push': {
      const member = personIn(Object.values(members), filled('member'));
      return shown(chats.push({ member, contact, ticketId: filled('ticket') }));
    }
    case 'join':
      return shown(chats.join(id));
    case 'miss':
      return shown(chats.miss(id));
    case 'askForCallback':
      return shown(chats.askForCallback(id, callbackIn(form, filled)));
    case 'complete':
      return shown(chats.complete(id, { note: filled('note') }));
    case 'ticket': {
      const somethingElse = entryWith(0, 'request type', requestTypesWithSomethingElse, 404);
      const contactId = contact?.entityId || undefined;
      const made = { ...ticket, summary: filled('summary'), contactId };
      return `ticket-${tickets.create(somethingElse, made).id}`;
    }
    case 'update':
      return `ticket-${tickets.update(Number(id), ticket).id}`;
    case 'workflow':
      workflows.run(filled('workflow') ?? '', Number(filled('ticket')) || undefined);
      return 'news-workflow';
    case 'new_email': {
      const waiting = workbench.activeZaps.filter(({ zap }) => zap.trigger === change);
      if (waiting.length === 0) throw new Error('No Zap that is on begins with a mail.');
      await workbench.deliver(waiting, JSON.stringify(Object.fromEntries(form)));
      return 'news-new_email';
    }
    default:
      throw new Error(`There is no change "${change}".`);
  }
}

function callbackIn(form: FormData, filled: (name: string) => string | undefined): Callback {
  const starts = form.getAll('start').map(String);
  const ends = form.getAll('end').map(String);
  const windows = starts.flatMap((start, index) => timeWindow(start, ends[index] ?? '', index + 1));
  const phone = filled('phone');
  const note = filled('note');
  return {
    type: filled('type') === 'chat' ? 'chat' : 'phone',
    ...(phone !== undefined && { phone }),
    ...(note !== undefined && { note }),
    ...(windows.length > 0 && { preferredTime: windows }),
  };
}

/** A time window, or none when nothing is filled in. The input is in this computer's time zone. */
function timeWindow(start: string, end: string, number: number): { start: string; end: string }[] {
  if (start === '' && end === '') return [];
  const [from, to] = [new Date(start), new Date(end)];
  if (!(from < to)) throw new Error(`Time window ${number} needs a start and a later end.`);
  return [{ start: dotNetTime(from.getTime()), end: dotNetTime(to.getTime()) }];
}

function personIn(people: readonly Person[], userId: string | undefined) {
  const found = people.find((person) => person.userId === userId);
  if (found === undefined && userId !== undefined)
    throw new Error(`There is no person "${userId}".`);
  return found;
}
