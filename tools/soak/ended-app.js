import { createRequire } from 'node:module';
import zapier from 'zapier-platform-core';
import app from '../../dist/index.js';

// The platform ends a process after 250 runs if it uses more memory than this; with 0, it always does.
createRequire(import.meta.url)('zapier-platform-core/src/constants').KILL_MAX_LIMIT = 0;

export const handler = zapier.createAppHandler(app);
