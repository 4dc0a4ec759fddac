import zapier, { defineApp } from 'zapier-platform-core';
import packageJson from '#package.json' with { type: 'json' };
import inviteUsersToChat from './creates/invite-users-to-chat.ts';
import sendChatSystemMessage from './creates/send-chat-system-message.ts';
import findChatSession from './searches/find-chat-session.ts';
import { authentication } from './src/authentication.ts';
import chatSessionStatusChanged from './triggers/chat-session-status-changed.ts';
import companyList from './triggers/company-list.ts';
import memberList from './triggers/member-list.ts';
import newChatSession from './triggers/new-chat-session.ts';

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
    [companyList.key]: companyList,
    [memberList.key]: memberList,
  },

  searches: {
    [findChatSession.key]: findChatSession,
  },

  creates: {
    [sendChatSystemMessage.key]: sendChatSystemMessage,
    [inviteUsersToChat.key]: inviteUsersToChat,
  },
});
