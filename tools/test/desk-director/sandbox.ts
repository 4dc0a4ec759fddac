import { afterEach, beforeEach } from '@jest/globals';
import { type DeskDirector, startDeskDirector } from '../../desk-director/server.ts';
import { clientOf } from './client.ts';
import { type Receiver, startReceiver } from './receiver.ts';

/* A sandbox, and a receiver of deliveries. Each test of a file that imports this one gets new ones. */

export let site: DeskDirector;
export let receiver: Receiver;
beforeEach(async () => {
  [site, receiver] = await Promise.all([startDeskDirector(), startReceiver()]);
});
afterEach(() => Promise.all([site.stop(), receiver.stop()]));

export const { ask, described, refusal } = clientOf(() => site);
