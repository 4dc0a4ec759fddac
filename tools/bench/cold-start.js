import { readFileSync } from 'node:fs';
import zapier from 'zapier-platform-core';

// Does what Zapier's wrapper of a packaged app does, and runs the first delivery. Plain JavaScript: Node
// would need time to strip types.
const [, , appPath, deliveryPath] = process.argv;
const { default: app } = await import(appPath);
const { results } = await zapier.createAppHandler(app)({
  command: 'execute',
  method: 'triggers.chat_session_status_changed.operation.perform',
  bundle: {
    inputData: {},
    authData: {},
    meta: {},
    cleanedRequest: JSON.parse(readFileSync(deliveryPath, 'utf8')),
  },
  customLogger: () => undefined,
});
// In milliseconds since the start of the process.
const wall = performance.now();
const { user, system } = process.cpuUsage();
if (results.length !== 1) throw new Error('The delivery has no record.');
process.send({
  wall,
  // Of all threads of the process.
  processor: (user + system) / 1000,
  bytes: process.resourceUsage().maxRSS * 1024,
});
process.disconnect();
