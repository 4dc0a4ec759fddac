import { afterAll } from '@jest/globals';
import { createAppProcess } from '../zap-runner/app-process.ts';
import { BUILT_APP } from '../zap-runner/zap-runner.ts';

/** One process of the built app for all tests of a file, since its start takes long. */
export const sharedApp = createAppProcess(BUILT_APP, {});
afterAll(sharedApp.stop);
