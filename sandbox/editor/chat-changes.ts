import type { Chats } from '../desk-director/chats.ts';
import { contacts, members } from '../desk-director/people.ts';
import type { Callback, Person } from '../desk-director/session.ts';

/**
 * Lets people do what a form of the page says. Throws, in words, when the chat is unknown or its
 * status does not allow it.
 */
export function changeChat(chats: Chats, change: string, id: string, form: FormData): void {
  const filled = (name: string) => String(form.get(name) ?? '').trim() || undefined;
  switch (change) {
    case 'request':
      chats.request({ contact: personIn(contacts, filled('contact')), name: filled('name') });
      return;
    case 'leave-callback':
      chats.leaveCallback(callbackIn(form, filled), {
        contact: personIn(contacts, filled('contact')),
        name: filled('name'),
      });
      return;
    case 'push':
      chats.push({
        member: personIn(members, filled('member')),
        contact: personIn(contacts, filled('contact')),
        ticketId: filled('ticket'),
      });
      return;
    case 'join':
      chats.join(id);
      return;
    case 'miss':
      chats.miss(id);
      return;
    case 'callback':
      chats.askForCallback(id, callbackIn(form, filled));
      return;
    case 'complete':
      chats.complete(id, { note: filled('note') });
      return;
    default:
      throw new Error(`Nobody can ${change} a chat.`);
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

/** None, when nothing is filled in. The times are of this computer's time zone. */
function timeWindow(start: string, end: string, number: number): { start: string; end: string }[] {
  if (start === '' && end === '') return [];
  const [from, to] = [new Date(start), new Date(end)];
  if (!(from < to)) throw new Error(`Time window ${number} needs a start, and an end behind it.`);
  return [{ start: dotNetTime(from), end: dotNetTime(to) }];
}

/** As DeskDirector writes it. */
const dotNetTime = (time: Date): string => time.toISOString().replace('Z', '0000Z');

const personIn = (people: Readonly<Record<string, Person>>, userId: string | undefined) =>
  Object.values(people).find((user) => user.userId === userId);
