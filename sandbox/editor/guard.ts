import type { HttpBindings } from '@hono/node-server';
import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { hostsOf } from '../loopback.ts';

/** Lets only the page itself in: another page that a browser has open could post forms to it. */
export const onlyThePage: MiddlewareHandler<{ Bindings: HttpBindings }> = async (context, next) => {
  const origin = context.req.header('origin');
  const origins = hostsOf(context.env.incoming).map((host) => `http://${host}`);
  const isForeign = origin !== undefined && !origins.includes(origin);
  // Browsers name the origin of whatever may change something.
  const mayChange = context.req.method !== 'GET' && context.req.method !== 'HEAD';
  if (isForeign || (mayChange && origin === undefined)) {
    return context.text('Only the page itself may do this.', 403);
  }
  return next();
};

/** What browsers are told of the page: it lives on what this server gives it, and on nothing else. */
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
  // With none at all, browsers would not name the origin of what the page posts either.
  referrerPolicy: 'same-origin',
  // There is no TLS on this computer.
  strictTransportSecurity: false,
});
