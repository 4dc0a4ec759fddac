import zapier, { defineApp } from 'zapier-platform-core';

// The least that is an app: one hook, which returns what it is given.
export default defineApp({
  version: '1.0.0',
  platformVersion: zapier.version,
  triggers: {
    hook: {
      key: 'hook',
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
