import type { HttpBindings } from '@hono/node-server';
import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

/**
 * Lets only the page itself in. Another page that a browser has open could otherwise reach this
 * server by a name of its own that it lets point here (DNS rebinding), or post forms to it.
 */
export const onlyThisComputer: MiddlewareHandler<{ Bindings: HttpBindings }> = async (
  context,
  next,
) => {
  const { localPort } = context.env.incoming.socket;
  // Of the usual port browsers don't speak.
  const port = localPort === 80 ? '' : `:${localPort}`;
  const hosts = ['127.0.0.1', 'localhost'].map((name) => `${name}${port}`);
  if (!hosts.includes(context.req.header('host') ?? '')) {
    return context.text(`This page is at http://${hosts[0]}/ only.`, 421);
  }
  const origin = context.req.header('origin');
  const isForeign = origin !== undefined && !hosts.some((host) => origin === `http://${host}`);
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
