import { readFileSync } from 'node:fs';
import zapier from 'zapier-platform-core';

// What Zapier's wrapper of a packaged app does, and the first delivery. Plain JavaScript, so that
// nothing is measured but the start of an app.
const [, , appPath, trigger, deliveryPath] = process.argv;
const { default: app } = await import(appPath);
const { results } = await zapier.createAppHandler(app)({
  command: 'execute',
  method: `triggers.${trigger}.operation.perform`,
  bundle: {
    inputData: {},
    authData: {},
    meta: {},
    cleanedRequest: JSON.parse(readFileSync(deliveryPath, 'utf8')),
  },
  customLogger: () => undefined,
});
// Since the process was started.
const milliseconds = performance.now();
const { user, system } = process.cpuUsage();
if (results.length !== 1) throw new Error('There is no record.');
process.send({
  milliseconds,
  processorMilliseconds: (user + system) / 1000,
  bytes: process.resourceUsage().maxRSS * 1024,
});
process.disconnect();
