import { contactOf, readChatSession } from '../../../src/chat-session/payload.ts';
import { shortened, text } from '../../../src/values.ts';
import { allowed, type ChatChange } from '../../desk-director/chats.ts';
import type { ChatMessage } from '../../desk-director/message-log.ts';
import type { Notification } from '../../desk-director/notifications.ts';
import { contacts, isMember, members } from '../../desk-director/people.ts';
import type {
  Callback,
  ChatSessionPayload,
  ChatSessionStatus,
  Person,
} from '../../desk-director/session.ts';
import type { TicketDetails } from '../../desk-director/tickets.ts';
import { type FaultSwitch, faultSwitches } from '../fault-switches.ts';
import type { ActiveZap } from '../setup.ts';
import type { Workbench } from '../workbench.ts';
import { alertBox, clockTime, type Html, html, when } from './html.ts';

type SiteState = Pick<Workbench, 'deskDirector' | 'activeZaps' | 'fault'>;

/** The DeskDirector: its chats, deliveries by hand, and faults. */
export function deskDirectorSection(state: SiteState, example: string): Html {
  return html`<section id="desk-director" aria-labelledby="desk-director-title">
    <h2 id="desk-director-title">DeskDirector</h2>
    <div class="card">
      <h3>Chats</h3>
      ${startForms}
      <div id="chats" hx-target:inherited="#chat-alert">${chatCards(state)}</div>
      <div id="chat-alert"></div>
    </div>
    <div class="card" id="portals">${portals(state)}</div>
    <div class="card">
      <h3>Post a delivery by hand</h3>
      <form hx-post="/deliveries" hx-target="#delivery-answer">
        <div class="form-field" id="delivery-target">${deliveryTarget(state.activeZaps)}</div>
        <div class="form-field">
          <label for="delivery-body">Body</label>
          <textarea id="delivery-body" name="body" rows="10" spellcheck="false" class="code">${example}</textarea>
          <p class="hint">DeskDirector's documented example. You can change it, or post any other text.</p>
        </div>
        <p class="buttons">
          <button class="primary">Post the delivery</button>
        </p>
        <div id="delivery-answer"></div>
      </form>
    </div>
    <div class="card" id="faults">${faultForm(state.fault)}</div>
  </section>`;
}

const picker = (id: string, name: string, label: string, people: readonly Person[]): Html =>
  html`<div class="form-field"><label for="${id}">${label}</label>
    <select id="${id}" name="${name}">${people.map(
      (person) => html`<option value="${person.userId}">${person.name}</option>`,
    )}</select></div>`;

const startForms = html`<div class="start-forms">
  <form hx-post="/chats/request" hx-target="#chat-alert">
    <h4>A customer</h4>
    ${picker('request-contact', 'contact', 'Customer', Object.values(contacts))}
    <div class="form-field"><label for="request-name">Chat name</label>
      <input type="text" id="request-name" name="name" autocomplete="off" placeholder="Chosen by DeskDirector"></div>
    <p class="buttons">
      <button class="primary">Ask for a chat</button>
      <button class="quiet" hx-post="/chats/leave-callback" hx-target="#chat-alert">Leave a callback instead</button>
    </p>
    <input type="hidden" name="phone" value="+1 202-555-0143">
  </form>
  <form hx-post="/chats/push" hx-target="#chat-alert">
    <h4>A technician</h4>
    ${picker('push-member', 'member', 'Technician', Object.values(members))}
    ${picker('push-contact', 'contact', 'Customer to invite', Object.values(contacts))}
    <div class="form-field"><label for="push-ticket">Ticket ID</label>
      <input type="text" id="push-ticket" name="ticket" autocomplete="off" inputmode="numeric" placeholder="None"></div>
    <button class="quiet">Start a chat</button>
  </form>
</div>`;

/** A card for each chat, the latest first. */
export function chatCards({ deskDirector: { chats } }: SiteState): Html {
  const sessions = chats.list();
  if (sessions.length === 0) return html`<p class="hint">No chats yet.</p>`;
  return html`<ul>${sessions.map((session) => chatCard(session, chats.messages(session.id)))}</ul>`;
}

/** What the portals of both sides show: the notifications, and the tickets. */
export function portals({ deskDirector: { notifications, tickets } }: SiteState): Html {
  const all = notifications.list();
  const [forMembers, forContacts] = [true, false].map((isFor) =>
    all.filter(({ recipient }) => isMember(recipient) === isFor),
  );
  return html`<h3>Notifications and tickets</h3>
    <div class="portals">
      ${notificationList('Client portal', forContacts)}
      ${notificationList('Tech portal', forMembers)}
    </div>
    <h4 id="tickets-title">Tickets</h4>
    ${entryList('tickets-title', tickets.list().map(ticketCard), 'No tickets yet.')}`;
}

function notificationList(portal: string, notifications: readonly Notification[] = []): Html {
  const id = portal.toLowerCase().replace(' ', '-');
  const cards = notifications.map(notificationCard);
  return html`<div id="${id}"><h4 id="${id}-title">${portal}</h4>
    ${entryList(`${id}-title`, cards, 'No notifications yet.')}</div>`;
}

const entryList = (title: string, entries: readonly Html[], none: string): Html =>
  entries.length === 0
    ? html`<p class="hint">${none}</p>`
    : html`<ul aria-labelledby="${title}">${entries}</ul>`;

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

/** The names of the statuses in DeskDirector's portals. */
const PORTAL_STATUSES: Readonly<Record<ChatSessionStatus, string>> = {
  created: 'Waiting',
  handled: 'Handled',
  missed: 'Abandoned',
  completed: 'Completed',
  callback: 'Callback',
};

function chatCard(session: ChatSessionPayload, messages: readonly ChatMessage[]): Html {
  const { id, name, status, users, targetUsers, callback, closeRecord, reference } = session;
  return html`<li id="chat-${id}" class="chat" data-focus-group>
    <p class="chat-head">
      <strong>${shortened(name, 200)}</strong>
      <span class="status is-${status}">${PORTAL_STATUSES[status]}</span>
    </p>
    <dl class="facts">
      ${fact(
        'Session ID',
        html`<code>${id}</code>
        <button type="button" class="tool" data-copy="${id}" aria-label="Copy the session ID ${id}">Copy</button>`,
      )}
      ${fact('Contact Entity ID', contactId(session))}
      ${fact('In the chat', personNames(users))}
      ${fact('Invited', personNames(targetUsers))}
      ${fact('Ticket', reference?.id)}
      ${fact('Callback', callback && callbackWords(callback))}
      ${fact('Note', closeRecord?.note)}
      ${messages.map(({ body }) => fact('System message', shortened(String(body.message ?? ''), 500)))}
    </dl>
    ${changeButtons(session)}
  </li>`;
}

const fact = (label: string, value: Html | string | undefined): Html =>
  when(value, (found) => html`<div><dt>${label}</dt><dd>${found}</dd></div>`);

/** The ID that the searches for contacts take. */
const contactId = (session: ChatSessionPayload): string | undefined =>
  contactOf(readChatSession(session)).entityId?.toString();

const personNames = (people: readonly Person[]): string =>
  people.map(({ name }) => name).join(', ');

function callbackWords({ type, phone, note, preferredTime = [] }: Callback): string {
  const windows = preferredTime.map(({ start, end }) => `${minute(start)} to ${minute(end)}`);
  return [type, phone, note, ...windows].filter((part) => part !== undefined).join(' · ');
}

const minute = (time: string): string => time.slice(0, 16).replace('T', ' ');

/** Buttons for the changes that the status of a chat allows. */
function changeButtons({ id, status, targetUsers }: ChatSessionPayload): Html {
  const can = (change: ChatChange) => allowed[change].includes(status);
  const isInvited = targetUsers.length > 0;
  return html`<div class="changes">
    ${when(can('join') && status === 'created', () =>
      changeButton(id, 'join', isInvited ? 'Customer joins' : 'Technician joins'),
    )}
    ${when(can('miss'), () =>
      changeButton(id, 'miss', isInvited ? 'Customer does not come' : 'Customer leaves'),
    )}
    ${when(can('complete'), () => completeForm(id))}
    ${when(can('askForCallback'), () => callbackForm(id))}
  </div>`;
}

const changeButton = (id: string, change: string, label: string): Html =>
  html`<button type="button" class="quiet" id="${change}-${id}" hx-post="/chats/${id}/${change}">${label}</button>`;

const completeForm = (id: string): Html => html`<form class="inline" id="complete-${id}"
    hx-post="/chats/${id}/complete">
    <label class="visually-hidden" for="note-${id}">Note on closing</label>
    <input type="text" id="note-${id}" name="note" autocomplete="off" placeholder="Note on closing">
    <button class="quiet">Complete</button>
  </form>`;

function callbackForm(id: string): Html {
  return html`<details id="callback-${id}"><summary>Leave a callback</summary>
    <form hx-post="/chats/${id}/callback">
      <div class="form-field"><label for="type-${id}">Callback by</label>
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
      )}
      <button class="quiet">Ask for the callback</button>
    </form>
  </details>`;
}

/** The choice of the Zaps that a delivery by hand goes to. */
export function deliveryTarget(activeZaps: readonly ActiveZap[]): Html {
  const isOne = activeZaps.length === 1;
  const all = activeZaps.length === 0 ? 'No Zap is on yet' : 'Every Zap that is on';
  return html`<label for="delivery-zap">To</label>
    <select id="delivery-zap" name="zap">
      ${when(!isOne, () => html`<option value="">${all}</option>`)}
      ${activeZaps.map(
        ({ zap, step }, index) =>
          html`<option value="${zap.id}">${step.label}${isOne ? '' : ` (${index + 1})`}</option>`,
      )}
    </select>`;
}

/** The answers of the hooks to a delivery by hand. */
export function deliveryAnswer(statuses: readonly number[]): Html {
  if (statuses.length === 0) return alertBox('No Zap is on. Turn one on under Publish.');
  return html`<p class="notice is-good" role="status">Posted. The answer is ${statuses.join(', ')}.
    See the result in the <a href="#history">Zap history</a>.</p>`;
}

export const NO_FAULT = { key: 'none', label: 'None' };

/** The fault switches. At most one of them is on. */
export function faultForm(current: FaultSwitch | null): Html {
  const chosen = current ?? NO_FAULT;
  return html`<details id="fault-switches">
    <summary><h3>Fault</h3> <span class="hint">${chosen.label}</span></summary>
    <form hx-post="/faults" hx-trigger="change" hx-target="#faults" hx-swap="innerMorph">
      <fieldset class="faults"><legend class="hint">Every request to the API of the site meets this fault</legend>
        ${[NO_FAULT, ...faultSwitches].map(
          ({ key, label }) => html`<label class="choice">
            <input type="radio" name="fault" value="${key}" id="fault-${key}"
              ${when(key === chosen.key, () => html`checked`)}> ${label}</label>`,
        )}
      </fieldset>
    </form>
  </details>`;
}
