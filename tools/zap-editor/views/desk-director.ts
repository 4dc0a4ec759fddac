import {
  contactOf,
  readChatSession,
  statusName,
  type User,
} from '../../../src/chat-session/payload.ts';
import { shortened, text, texts } from '../../../src/values.ts';
import { allowed, type ChatChange } from '../../desk-director/chats.ts';
import type { Notification } from '../../desk-director/notifications.ts';
import { isMember, members } from '../../desk-director/people.ts';
import { boards } from '../../desk-director/service.ts';
import type { Callback, ChatSessionPayload, Person } from '../../desk-director/session.ts';
import type { TicketDetails } from '../../desk-director/tickets.ts';
import { workflows } from '../../desk-director/workflows.ts';
import { type News, newsOf, newsOfChat } from '../news.ts';
import { type NextThing, nextThing, STARTS, type Start } from '../next-thing.ts';
import { customers } from '../site-changes.ts';
import type { HistoryEntry, Workbench } from '../workbench.ts';
import { clockTime, type Html, html, when } from './html.ts';
import { signView } from './signs.ts';

/** The DeskDirector: what customers and technicians do there, and what came of the Zaps. */
export function deskDirectorSection(workbench: Workbench): Html {
  return html`<section id="desk-director" aria-labelledby="desk-director-title">
    <h2 id="desk-director-title">Be the customer</h2>
    <div class="card">
      <div id="starts">${startForms(workbench)}</div>
      <div id="chat-alert"></div>
      <div id="cards" hx-target:inherited="#chat-alert">${cards(workbench)}</div>
    </div>
    <div class="card" id="portals">${portals(workbench)}</div>
  </section>`;
}

/** The look of a button: at most one is solid. */
const look = ({ button }: NextThing, id: string): string => (button === id ? 'primary' : 'quiet');

/** Such as `Quilla Fernwhistle (501)`. The actions take the number. */
const nameAndId = (name: string | null, id: number | null): string =>
  id === null ? (name ?? 'nobody') : `${name} (${id || 'without an ID'})`;

/** A control with its label. */
const labelled = (id: string, label: string, control: Html): Html =>
  html`<div class="form-field"><label for="${id}">${label}</label>${control}</div>`;

const textField = (id: string, name: string, label: string, value = '', placeholder = ''): Html =>
  labelled(
    id,
    label,
    html`<input type="text" id="${id}" name="${name}" value="${value}" autocomplete="off" placeholder="${placeholder}">`,
  );

const select = (
  id: string,
  name: string,
  label: string,
  choices: readonly { value: string | number; label: string }[],
  chosen?: string | number,
): Html =>
  labelled(
    id,
    label,
    html`<select id="${id}" name="${name}">${choices.map(
      (choice) =>
        html`<option value="${choice.value}" ${when(choice.value === chosen, () => html`selected`)}>${choice.label}</option>`,
    )}</select>`,
  );

const named = ({ id, name }: { id: string | number; name: string }) => ({ value: id, label: name });
const person = ({ userId, name, entityId }: Person) => ({
  value: userId,
  label: nameAndId(name, entityId),
});

interface StartForm {
  readonly title: string;
  readonly button: string;
  readonly fields: (customer: Html, workbench: Workbench) => Html;
}

const START_FORMS: Readonly<Record<Start, StartForm>> = {
  request: {
    title: 'A customer asks for a chat',
    button: 'Ask for a chat',
    fields: (customer) =>
      html`${customer} ${textField('request-name', 'name', 'Chat name', '', 'Chosen by DeskDirector')}`,
  },
  'leave-callback': {
    title: 'A customer leaves a callback',
    button: 'Leave the callback',
    fields: (customer) => html`${customer} ${callbackFields('new')}`,
  },
  push: {
    title: 'A technician starts a chat',
    button: 'Start a chat',
    fields: (customer) => html`
      ${select('push-member', 'member', 'Technician', Object.values(members).map(person))}
      ${customer} ${textField('push-ticket', 'ticket', 'Ticket', '', 'None')}`,
  },
  ticket: {
    title: 'A customer makes a ticket',
    button: 'Make the ticket',
    fields: (customer) => html`${customer}
      ${textField('ticket-summary', 'summary', 'Summary', 'The printer hums')}
      ${select('ticket-board', 'board', 'Board', boards.map(named))}`,
  },
  workflow: {
    title: 'A workflow of the admin portal runs',
    button: 'Run the workflow',
    fields: () => html`
      ${select('workflow-name', 'workflow', 'Workflow', workflows.map(named), 'onboarding')}
      ${textField('workflow-ticket', 'ticket', 'Ticket that it is for', '', 'None, for a form')}`,
  },
  new_email: {
    title: 'A mail arrives in another app',
    button: 'Send the mail',
    fields: (_, { definition }) => {
      const step = definition.steps.find(({ key }) => key === 'new_email');
      return html`${step?.outputFields.map(({ key, label }) =>
        textField(`new_email-${key}`, key, label, text(step.sample[key]) ?? ''),
      )}`;
    },
  },
};

/**
 * The forms that start something, and what came of it when that has no card. The customer is one whose
 * company the Zap waits for.
 */
export function startForms(workbench: Workbench): Html {
  const companies = texts(workbench.draft.zap?.inputData.company_ids);
  const wanted = customers.find(({ company }) => companies.includes(String(company?.entityId)));
  const next = nextThing(workbench);
  return html`${STARTS.map((start) => {
    const { title, button, fields } = START_FORMS[start];
    const hasCard = start !== 'workflow' && start !== 'new_email';
    const id = `${start}-contact`;
    const customer = select(id, 'contact', 'Customer', customers.map(person), wanted?.userId);
    return html`<details id="${start}" ${when(start === 'request', () => html`open`)}>
      <summary>${title}</summary>
      <form id="start-${start}" hx-post="/changes/${start}" hx-target="#chat-alert" data-frame>
        ${fields(customer, workbench)}
        <button class="${look(next, `start-${start}`)}">${button}</button>
        ${when(!hasCard, () => newsView(start, newsOf(start, workbench), next))}
      </form>
    </details>`;
  })}`;
}

/** A card for each chat and each ticket, the latest first. */
export function cards(workbench: Workbench): Html {
  const { chats, tickets } = workbench.deskDirector;
  const next = nextThing(workbench);
  const chatList = chats.list().map((one) => chatCard(one, workbench, next));
  const ticketList = tickets.list().map((one) => ticketCard(one, workbench, next));
  return html`${cardList('chats', 'Chats', chatList, 'No chats yet.')}
    ${cardList('tickets', 'Tickets', ticketList, 'No tickets yet.')}`;
}

/** What came of the Zaps: notifications, and what other apps would get. */
export function portals({ deskDirector: { notifications }, history }: Workbench): Html {
  const all = notifications.list();
  const isFor = (isForMembers: boolean) =>
    all.filter(({ recipient }) => isMember(recipient) === isForMembers).map(notificationCard);
  return html`<h3>What came of it</h3>
    <div class="portals">
      ${cardList('messages', 'Other apps', history.flatMap(messageCards), 'Nothing was sent yet.')}
      ${cardList('tech-portal', 'Tech portal', isFor(true), 'No notifications yet.')}
      ${cardList('client-portal', 'Client portal', isFor(false), 'No notifications yet.')}
    </div>`;
}

const cardList = (id: string, title: string, entries: readonly Html[], none: string): Html =>
  html`<div id="${id}"><h4 id="${id}-title">${title}</h4>${
    entries.length === 0
      ? html`<p class="hint">${none}</p>`
      : html`<ul aria-labelledby="${id}-title">${entries}</ul>`
  }</div>`;

/** What the stand-ins of a run would have sent. */
const messageCards = ({ at, run: { zap, stepRuns } }: HistoryEntry): Html[] =>
  stepRuns.flatMap((steps) =>
    steps.flatMap(({ records }, index) => {
      const words = text(records[0]?.text);
      return zap.steps[index]?.step.kind !== 'standIns' || words === null
        ? []
        : html`<li class="entry"><p>${shortened(words, 500)} <span class="hint">${clockTime(at)}</span></p></li>`;
    }),
  );

const notificationCard = ({ recipient, sentDateTime, body }: Notification): Html =>
  html`<li class="entry">
    <p><strong>${recipient.name}</strong> <span class="hint">${clockTime(new Date(sentDateTime))}</span></p>
    ${when(text(body.title), (title) => html`<p><b>${shortened(title, 200)}</b></p>`)}
    <p>${shortened(text(body.message) ?? '', 500)}</p>
    <dl class="facts">${fact('Ticket', text(body.ticketId) ?? undefined)}</dl>
  </li>`;

/** A chat or a ticket. */
const card = (
  subject: string,
  { title, status, look }: { title: string; status: string; look: string },
  ...parts: readonly Html[]
): Html => html`<li id="${subject}" class="chat" tabindex="-1" data-frame>
    <p class="chat-head"><strong>${shortened(title, 200)}</strong>
      <span class="status is-${look}">${status}</span></p>
    ${parts}
  </li>`;

function ticketCard(ticket: TicketDetails, workbench: Workbench, next: NextThing): Html {
  const { id, summary, status, board } = ticket;
  const subject = `ticket-${id}`;
  const update = `update-${id}`;
  const statuses = boards.find((one) => one.id === board.id)?.statuses ?? [];
  const tasks = workbench.deskDirector.tasks.of(id).flatMap((list) => list.tasks);
  return card(
    subject,
    { title: `${summary} (${id})`, status: status.name, look: '' },
    html`<dl class="facts">
      ${fact('Request type', ticket.requestType.name)}
      ${fact('Board', board.name)}
      ${fact('Contact', ticket.contact?.name)}
      ${fact('Company', ticket.company?.name)}
      ${fact('Technician', ticket.owner?.name)}
      ${fact('Description', shortened(ticket.description ?? '', 500))}
      ${fact('Tasks', tasks.map(({ title }) => title).join(', '))}
      ${ticket.notes.map((note) => fact('Note', shortened(note.text, 500)))}
    </dl>`,
    newsView(subject, newsOf(subject, workbench), next),
    html`<details id="${update}" ${when(next.button === update, () => html`open`)}>
      <summary>A technician changes the ticket</summary>
      <form hx-post="/changes/update/${id}">
        ${select(`status-${id}`, 'status', 'New status', statuses.map(named), status.id)}
        ${textField(`note-${id}`, 'note', 'Note')}
        <button class="${look(next, update)}">Change the ticket</button>
      </form>
    </details>`,
  );
}

function chatCard(session: ChatSessionPayload, workbench: Workbench, next: NextThing): Html {
  const { id, name, status, callback, closeRecord, reference } = session;
  const { users, targetUsers } = readChatSession(session);
  const contact = contactOf(readChatSession(session));
  const subject = `chat-${id}`;
  return card(
    subject,
    { title: name, status: statusName(status) ?? status, look: status },
    html`<dl class="facts">
      ${fact('Customer', nameAndId(contact.name, contact.entityId))}
      ${fact('Company', contact.company.name ?? undefined)}
      ${fact('In the chat', personNames(users))}
      ${fact('Invited', personNames(targetUsers))}
      ${fact('Ticket', reference?.id)}
      ${fact('Callback', callback && callbackWords(callback))}
      ${fact('Note', closeRecord?.note)}
      ${workbench.deskDirector.chats
        .messages(id)
        .map(({ body }) => fact('System message', shortened(String(body.message ?? ''), 500)))}
      ${fact('Session ID', html`<code>${id}</code>`)}
    </dl>`,
    newsView(subject, newsOfChat(session, workbench), next),
    changeButtons(session, next),
  );
}

/** What the Zap did about a chat, a ticket or what has no card. */
const newsView = (subject: string, news: News | null, next: NextThing): Html =>
  html`<div id="news-${subject}" tabindex="-1">${when(
    news,
    ({ sign, words, entry }) => html`<p class="news">${signView(sign)} <span>${words}</span>
      ${when(
        entry,
        ({ number }) =>
          html`<button type="button" class="${look(next, `run-of-${subject}`)}"
            hx-post="/runs/${number}/show" hx-target="#history-view" hx-swap="innerMorph">See the run</button>`,
      )}</p>`,
  )}</div>`;

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
  const callback = `askForCallback-${id}`;
  const isInvited = targetUsers.length > 0;
  const button = (change: ChatChange, label: string) =>
    html`<button type="button" class="${look(next, `${change}-${id}`)}" id="${change}-${id}" hx-post="/changes/${change}/${id}">${label}</button>`;
  return html`<div class="changes">
    ${when(can('join') && status === 'created', () =>
      button('join', isInvited ? 'Customer joins' : 'Technician joins'),
    )}
    ${when(can('miss'), () =>
      button('miss', isInvited ? 'Customer does not come' : 'Customer leaves'),
    )}
    ${when(
      can('complete'),
      () => html`<form class="inline" id="complete-${id}" hx-post="/changes/complete/${id}">
        <label class="visually-hidden" for="note-${id}">Note on closing</label>
        <input type="text" id="note-${id}" name="note" autocomplete="off" placeholder="Note on closing">
        <button class="${look(next, `complete-${id}`)}">Complete</button>
      </form>`,
    )}
    ${when(
      can('askForCallback'),
      () => html`<details id="${callback}" ${when(next.button === callback, () => html`open`)}>
        <summary>Leave a callback</summary>
        <form hx-post="/changes/askForCallback/${id}">
          ${callbackFields(id)}
          <button class="${look(next, callback)}">Ask for the callback</button>
        </form>
      </details>`,
    )}
  </div>`;
}

const CALLBACK_TYPES = ['phone', 'chat'].map((type) => named({ id: type, name: type }));

const callbackFields = (id: string): Html => html`
  ${select(`type-${id}`, 'type', 'Callback by', CALLBACK_TYPES)}
  ${textField(`phone-${id}`, 'phone', 'Phone', '+1 202-555-0143')}
  ${textField(`callback-note-${id}`, 'note', 'Note')}
  ${[1, 2].map(
    (n) => html`<fieldset class="form-field"><legend>Time window ${n}</legend>
      ${labelled(`start-${n}-${id}`, 'from', html`<input type="datetime-local" id="start-${n}-${id}" name="start">`)}
      ${labelled(`end-${n}-${id}`, 'to', html`<input type="datetime-local" id="end-${n}-${id}" name="end">`)}
    </fieldset>`,
  )}`;
