import type { Chats } from '../desk-director/chats.ts';
import { dotNetTime } from '../desk-director/clock.ts';
import { contacts, members } from '../desk-director/people.ts';
import type { Callback, ChatSessionPayload, Person } from '../desk-director/session.ts';
import { textIn } from './posted-form.ts';

/**
 * Makes the change that a form of the page asks for. Throws when there is no such chat, change or
 * person, or when the status of the chat does not allow the change.
 */
export function changeChat(
  chats: Chats,
  change: string,
  id: string,
  form: FormData,
): ChatSessionPayload {
  const filled = (name: string) => textIn(form, name)?.trim() || undefined;
  const contact = personIn(contacts, filled('contact'));
  switch (change) {
    case 'request':
      return chats.request({ contact, name: filled('name') });
    case 'leave-callback':
      return chats.leaveCallback(callbackIn(form, filled), { contact, name: filled('name') });
    case 'push': {
      const member = personIn(members, filled('member'));
      return chats.push({ member, contact, ticketId: filled('ticket') });
    }
    case 'join':
      return chats.join(id);
    case 'miss':
      return chats.miss(id);
    case 'askForCallback':
      return chats.askForCallback(id, callbackIn(form, filled));
    case 'complete':
      return chats.complete(id, { note: filled('note') });
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

function personIn(people: Readonly<Record<string, Person>>, userId: string | undefined) {
  const found = Object.values(people).find((person) => person.userId === userId);
  if (found === undefined && userId !== undefined)
    throw new Error(`There is no person "${userId}".`);
  return found;
}
