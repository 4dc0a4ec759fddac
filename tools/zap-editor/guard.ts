import type { HttpBindings } from '@hono/node-server';
import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { hostsOf } from '../common/loopback.ts';

/** Refuses requests from other pages: any page in the browser could post forms to the editor. */
export const onlyThePage: MiddlewareHandler<{ Bindings: HttpBindings }> = async (context, next) => {
  const origin = context.req.header('origin');
  const origins = hostsOf(context.env.incoming).map((host) => `http://${host}`);
  const isForeign = origin !== undefined && !origins.includes(origin);
  // Browsers send the origin with every request that can change something.
  const mayChange = context.req.method !== 'GET' && context.req.method !== 'HEAD';
  if (isForeign || (mayChange && origin === undefined)) {
    return context.text("Only the editor's own page may send this request.", 403);
  }
  return next();
};

/** Lets the page load files from this server only. */
export const securityHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
  // With "no-referrer", browsers omit the origin of the page's own requests.
  referrerPolicy: 'same-origin',
  // The editor has no TLS.
  strictTransportSecurity: false,
});
