import {
  contactOf,
  readChatSession,
  statusName,
  type User,
} from '../../../src/chat-session/payload.ts';
import { shortened, text, texts } from '../../../src/values.ts';
import { allowed, type ChatChange } from '../../desk-director/chats.ts';
import type { ChatMessage } from '../../desk-director/message-log.ts';
import type { Notification } from '../../desk-director/notifications.ts';
import { contacts, isMember, members } from '../../desk-director/people.ts';
import type { Callback, ChatSessionPayload, Person } from '../../desk-director/session.ts';
import type { TicketDetails } from '../../desk-director/tickets.ts';
import { newsOf } from '../chat-news.ts';
import { type NextThing, nextThing } from '../next-thing.ts';
import type { Workbench } from '../workbench.ts';
import { clockTime, type Html, html, when } from './html.ts';
import { signView } from './signs.ts';

/** The DeskDirector: its customers, technicians and chats, and what came of the Zaps. */
export function deskDirectorSection(workbench: Workbench): Html {
  return html`<section id="desk-director" aria-labelledby="desk-director-title">
    <h2 id="desk-director-title">Be the customer</h2>
    <div class="card">
      <div id="next">${nextView(workbench)}</div>
      <div id="starts" class="start-forms">${startForms(workbench)}</div>
      <div id="chat-alert"></div>
      <h3>Chats</h3>
      <div id="chats" hx-target:inherited="#chat-alert">${chatCards(workbench)}</div>
    </div>
    <div class="card" id="portals">${portals(workbench)}</div>
  </section>`;
}

/** Tells the style sheet which form starts the next thing to do. */
export function nextView(workbench: Workbench): Html {
  const next = nextThing(workbench);
  return html`<span data-next="${next.at === 'start' ? next.start : ''}"></span>`;
}

/** Such as `Quilla Fernwhistle (501)`. The actions take the number. */
const nameAndId = (name: string | null, id: number | null): string =>
  id === null ? (name ?? 'nobody') : `${name} (${id})`;

const picker = (
  id: string,
  name: string,
  label: string,
  people: readonly Person[],
  chosen?: Person,
): Html => html`<div class="form-field"><label for="${id}">${label}</label>
    <select id="${id}" name="${name}">${people.map(
      (person) =>
        html`<option value="${person.userId}" ${when(person === chosen, () => html`selected`)}>${nameAndId(person.name, person.entityId)}</option>`,
    )}</select></div>`;

/** The forms that start a chat. The customer is one whose company the Zap waits for. */
export function startForms({ draft }: Workbench): Html {
  const companies = texts(draft.zap?.inputData.company_ids);
  const people = Object.values(contacts);
  const wanted = people.find(({ company }) => companies.includes(String(company?.entityId)));
  return html`<form id="start-request" hx-post="/chats/request" hx-target="#chat-alert" data-frame>
    <h4>A customer asks for a chat</h4>
    ${picker('request-contact', 'contact', 'Customer', people, wanted)}
    <div class="form-field"><label for="request-name">Chat name</label>
      <input type="text" id="request-name" name="name" autocomplete="off" placeholder="Chosen by DeskDirector"></div>
    <button class="quiet" data-start="request">Ask for a chat</button>
  </form>
  <details id="leave-callback"><summary>A customer leaves a callback</summary>
    <form id="start-leave-callback" hx-post="/chats/leave-callback" hx-target="#chat-alert" data-frame>
      ${picker('callback-contact', 'contact', 'Customer', people, wanted)}
      ${callbackFields('new')}
      <button class="quiet" data-start="leave-callback">Leave the callback</button>
    </form>
  </details>
  <details id="push"><summary>A technician starts a chat</summary>
    <form id="start-push" hx-post="/chats/push" hx-target="#chat-alert" data-frame>
      ${picker('push-member', 'member', 'Technician', Object.values(members))}
      ${picker('push-contact', 'contact', 'Customer to invite', people, wanted)}
      <div class="form-field"><label for="push-ticket">Ticket</label>
        <input type="text" id="push-ticket" name="ticket" autocomplete="off" inputmode="numeric" placeholder="None"></div>
      <button class="quiet" data-start="push">Start a chat</button>
    </form>
  </details>`;
}

/** A card for each chat, the latest first. */
export function chatCards(workbench: Workbench): Html {
  const { chats } = workbench.deskDirector;
  const sessions = chats.list();
  const next = nextThing(workbench);
  if (sessions.length === 0) return html`<p class="hint">No chats yet.</p>`;
  return html`<ul>${sessions.map((session) => chatCard(session, chats.messages(session.id), workbench, next))}</ul>`;
}

/** What came of the Zaps: notifications, tickets, and what other apps would get. */
export function portals({ deskDirector: { notifications, tickets }, messages }: Workbench): Html {
  const all = notifications.list();
  const isFor = (isForMembers: boolean) =>
    all.filter(({ recipient }) => isMember(recipient) === isForMembers).map(notificationCard);
  return html`<h3>What came of it</h3>
    <div class="portals">
      ${entryList('messages', 'Other apps', messages.map(messageCard), 'Nothing was sent yet.')}
      ${entryList('tickets', 'Tickets', tickets.list().map(ticketCard), 'No tickets yet.')}
      ${entryList('tech-portal', 'Tech portal', isFor(true), 'No notifications yet.')}
      ${entryList('client-portal', 'Client portal', isFor(false), 'No notifications yet.')}
    </div>`;
}

const entryList = (id: string, title: string, entries: readonly Html[], none: string): Html =>
  html`<div id="${id}"><h4 id="${id}-title">${title}</h4>${
    entries.length === 0
      ? html`<p class="hint">${none}</p>`
      : html`<ul aria-labelledby="${id}-title">${entries}</ul>`
  }</div>`;

const messageCard = ({ at, text: words }: Workbench['messages'][number]): Html =>
  html`<li class="entry"><p>${shortened(words, 500)} <span class="hint">${clockTime(at)}</span></p></li>`;

const notificationCard = ({ recipient, sentDateTime, body }: Notification): Html =>
  html`<li class="entry">
    <p><strong>${recipient.name}</strong> <span class="hint">${clockTime(new Date(sentDateTime))}</span></p>
    ${when(text(body.title), (title) => html`<p><b>${shortened(title, 200)}</b></p>`)}
    <p>${shortened(text(body.message) ?? '', 500)}</p>
    <dl class="facts">${fact('Ticket', text(body.ticketId) ?? undefined)}</dl>
  </li>`;

const ticketCard = (ticket: TicketDetails): Html => html`<li class="entry" id="ticket-${ticket.id}">
    <p class="chat-head"><strong>${ticket.id}: ${shortened(ticket.summary, 200)}</strong>
      <span class="status">${ticket.status.name}</span></p>
    <dl class="facts">
      ${fact('Request type', ticket.requestType.name)}
      ${fact('Board', ticket.board.name)}
      ${fact('Contact', ticket.contact?.name)}
      ${fact('Company', ticket.company?.name)}
      ${fact('Technician', ticket.owner?.name)}
      ${fact('Chat', ticket.chatSessionId ?? undefined)}
      ${ticket.notes.map((note) => fact('Note', shortened(note.text, 500)))}
    </dl>
  </li>`;

function chatCard(
  session: ChatSessionPayload,
  messages: readonly ChatMessage[],
  workbench: Workbench,
  next: NextThing,
): Html {
  const { id, name, status, callback, closeRecord, reference } = session;
  const { users, targetUsers } = readChatSession(session);
  const contact = contactOf(readChatSession(session));
  return html`<li id="chat-${id}" class="chat" tabindex="-1" data-frame>
    <p class="chat-head">
      <strong>${shortened(name, 200)}</strong>
      <span class="status is-${status}">${statusName(status)}</span>
    </p>
    <dl class="facts">
      ${fact('Customer', nameAndId(contact.name, contact.entityId))}
      ${fact('Company', contact.company.name ?? undefined)}
      ${fact('In the chat', personNames(users))}
      ${fact('Invited', personNames(targetUsers))}
      ${fact('Ticket', reference?.id)}
      ${fact('Callback', callback && callbackWords(callback))}
      ${fact('Note', closeRecord?.note)}
      ${messages.map(({ body }) => fact('System message', shortened(String(body.message ?? ''), 500)))}
      ${fact('Session ID', html`<code>${id}</code>`)}
    </dl>
    ${newsView(session, workbench, next)}
    ${changeButtons(session, next)}
  </li>`;
}

/** What the Zap did about a chat. */
function newsView(session: ChatSessionPayload, workbench: Workbench, next: NextThing): Html {
  const isNext = next.at === 'run' && next.id === session.id;
  return when(
    newsOf(session, workbench),
    ({
      sign,
      words,
      entry,
    }) => html`<p class="news" id="news-${session.id}">${signView(sign)} <span>${words}</span>
      ${when(
        entry,
        ({ number }) =>
          html`<button type="button" class="${isNext ? 'primary' : 'quiet'}" hx-post="/runs/${number}/show"
            hx-target="#history-view" hx-swap="innerMorph">See the run</button>`,
      )}</p>`,
  );
}

const fact = (label: string, value: Html | string | undefined): Html =>
  when(value, (found) => html`<div><dt>${label}</dt><dd>${found}</dd></div>`);

const personNames = (people: readonly User[]): string =>
  people.map(({ name, entityId }) => nameAndId(name, entityId)).join(', ');

function callbackWords({ type, phone, note, preferredTime = [] }: Callback): string {
  const windows = preferredTime.map(({ start, end }) => `${minute(start)} to ${minute(end)}`);
  return [type, phone, note, ...windows].filter((part) => part !== undefined).join(' · ');
}

const minute = (time: string): string => time.slice(0, 16).replace('T', ' ');

/** Buttons for the changes that the status of a chat allows. */
function changeButtons({ id, status, targetUsers }: ChatSessionPayload, next: NextThing): Html {
  const can = (change: ChatChange) => allowed[change].includes(status);
  const look = (change: ChatChange) =>
    next.at === 'chat' && next.id === id && next.change === change ? 'primary' : 'quiet';
  const isInvited = targetUsers.length > 0;
  const button = (change: ChatChange, label: string) =>
    html`<button type="button" class="${look(change)}" id="${change}-${id}" hx-post="/chats/${id}/${change}">${label}</button>`;
  return html`<div class="changes">
    ${when(can('join') && status === 'created', () =>
      button('join', isInvited ? 'Customer joins' : 'Technician joins'),
    )}
    ${when(can('miss'), () =>
      button('miss', isInvited ? 'Customer does not come' : 'Customer leaves'),
    )}
    ${when(
      can('complete'),
      () => html`<form class="inline" id="complete-${id}" hx-post="/chats/${id}/complete">
        <label class="visually-hidden" for="note-${id}">Note on closing</label>
        <input type="text" id="note-${id}" name="note" autocomplete="off" placeholder="Note on closing">
        <button class="${look('complete')}">Complete</button>
      </form>`,
    )}
    ${when(
      can('askForCallback'),
      () => html`<details id="callback-${id}" ${when(look('askForCallback') === 'primary', () => html`open`)}>
        <summary>Leave a callback</summary>
        <form hx-post="/chats/${id}/askForCallback">
          ${callbackFields(id)}
          <button class="${look('askForCallback')}">Ask for the callback</button>
        </form>
      </details>`,
    )}
  </div>`;
}

const callbackFields = (
  id: string,
): Html => html`<div class="form-field"><label for="type-${id}">Callback by</label>
    <select id="type-${id}" name="type"><option>phone</option><option>chat</option></select></div>
  <div class="form-field"><label for="phone-${id}">Phone</label>
    <input type="tel" id="phone-${id}" name="phone" value="+1 202-555-0143" autocomplete="off"></div>
  <div class="form-field"><label for="callback-note-${id}">Note</label>
    <input type="text" id="callback-note-${id}" name="note" autocomplete="off"></div>
  ${[1, 2].map(
    (n) => html`<fieldset class="form-field window"><legend>Time window ${n}</legend>
      <label for="start-${n}-${id}">from</label>
      <input type="datetime-local" id="start-${n}-${id}" name="start">
      <label for="end-${n}-${id}">to</label>
      <input type="datetime-local" id="end-${n}-${id}" name="end">
    </fieldset>`,
  )}`;
