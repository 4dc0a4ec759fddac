import { afterEach, beforeEach } from '@jest/globals';
import { type DeskDirector, startDeskDirector } from '../../desk-director/server.ts';
import { startZapRunner, type ZapRunner } from '../../zap-runner/zap-runner.ts';
import { sharedApp } from '../built-app.ts';

/* A sandbox and a Zap runner. Each test of a file that imports this one gets new ones. */

export let site: DeskDirector;
export let zapier: ZapRunner;
/** The environment variables of the app, which a test may change. */
export let environment: Record<string, string>;
beforeEach(async () => {
  site = await startDeskDirector();
  environment = { DESKDIRECTOR_BASE_URL: site.url };
  const authData = { site: 'support', apiKey: site.apiKey };
  zapier = await startZapRunner({ authData, environment, app: sharedApp });
});
afterEach(async () => {
  await zapier.stop();
  await site.stop();
});
