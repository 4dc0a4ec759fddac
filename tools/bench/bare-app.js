import zapier, { defineApp } from 'zapier-platform-core';

// The smallest app with a hook: it returns what it is given. Like every real app, it imports the platform.
export default defineApp({
  version: '1.0.0',
  platformVersion: zapier.version,
  triggers: {
    chat_session_status_changed: {
      key: 'chat_session_status_changed',
      noun: 'Delivery',
      display: { label: 'Delivery', description: 'Triggers when something is delivered.' },
      operation: {
        type: 'hook',
        performSubscribe: () => ({}),
        performUnsubscribe: () => ({}),
        perform: (_z, bundle) => bundle.cleanedRequest,
        performList: () => [],
        sample: { id: '1' },
      },
    },
  },
});
