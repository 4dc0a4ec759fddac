import zapier from 'zapier-platform-core';
import app from '../../dist/index.js';

// The built app with so much memory in use that the platform ends its process after the 250th run.
const ballast = Buffer.alloc(480e6, 1);

const appHandler = zapier.createAppHandler(app);
export const handler = (event) => (ballast.length > 0 ? appHandler(event) : undefined);
