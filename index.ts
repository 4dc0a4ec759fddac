import zapier, { defineApp } from 'zapier-platform-core';
import packageJson from '#package.json' with { type: 'json' };
import createContact from './creates/create-contact.ts';
import createEmailFromTemplate from './creates/create-email-from-template.ts';
import createTicket from './creates/create-ticket.ts';
import createTicketTasks from './creates/create-ticket-tasks.ts';
import inviteUsersToChat from './creates/invite-users-to-chat.ts';
import sendChatSystemMessage from './creates/send-chat-system-message.ts';
import sendContactNotification from './creates/send-contact-notification.ts';
import sendMemberNotification from './creates/send-member-notification.ts';
import updateTicket from './creates/update-ticket.ts';
import findChatSession from './searches/find-chat-session.ts';
import findCompany from './searches/find-company.ts';
import findContact from './searches/find-contact.ts';
import findFormResult from './searches/find-form-result.ts';
import findMember from './searches/find-member.ts';
import findTicket from './searches/find-ticket.ts';
import findTicketTasks from './searches/find-ticket-tasks.ts';
import findUserGroup from './searches/find-user-group.ts';
import { authentication } from './src/authentication.ts';
import chatSessionStatusChanged from './triggers/chat-session-status-changed.ts';
import lists from './triggers/lists.ts';
import newChatSession from './triggers/new-chat-session.ts';
import newTicket from './triggers/new-ticket.ts';
import ticketEvent from './triggers/ticket-event.ts';
import workflowTriggered from './triggers/workflow-triggered.ts';

export default defineApp({
  version: packageJson.version,
  platformVersion: zapier.version,

  flags: {
    // The app itself reads blank input. Zapier: D028.
    cleanInputData: false,
    // The app has its own User-Agent, and Zapier's patch would log each such request twice.
    skipHttpPatch: true,
    // The app turns a 429 into an error itself, in src/deskdirector/failures.ts.
    throwForThrottlingEarly: false,
  },

  authentication,

  triggers: {
    [newChatSession.key]: newChatSession,
    [chatSessionStatusChanged.key]: chatSessionStatusChanged,
    [newTicket.key]: newTicket,
    [ticketEvent.key]: ticketEvent,
    [workflowTriggered.key]: workflowTriggered,
    ...lists,
  },

  searches: {
    [findChatSession.key]: findChatSession,
    [findContact.key]: findContact,
    [findMember.key]: findMember,
    [findCompany.key]: findCompany,
    [findTicket.key]: findTicket,
    [findTicketTasks.key]: findTicketTasks,
    [findFormResult.key]: findFormResult,
    [findUserGroup.key]: findUserGroup,
  },

  creates: {
    [createContact.key]: createContact,
    [createTicket.key]: createTicket,
    [updateTicket.key]: updateTicket,
    [createTicketTasks.key]: createTicketTasks,
    [createEmailFromTemplate.key]: createEmailFromTemplate,
    [sendContactNotification.key]: sendContactNotification,
    [sendMemberNotification.key]: sendMemberNotification,
    [sendChatSystemMessage.key]: sendChatSystemMessage,
    [inviteUsersToChat.key]: inviteUsersToChat,
  },

  searchOrCreates: {
    [findContact.key]: {
      key: findContact.key,
      display: {
        label: 'Find or Create Contact',
        description:
          'Finds a contact by the search fields of your DeskDirector site, such as an e-mail address, and creates the contact with the fields of Create Contact when none is found. Gives the ID and the same fields either way.',
      },
      search: findContact.key,
      create: createContact.key,
    },
  },
});
