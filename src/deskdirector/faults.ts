import { expiredConnection, ownerError } from './errors.ts';

/**
 * What an owner is told about a request that DeskDirector didn't fulfil, by its HTTP status.
 * `said` is DeskDirector's own short error text, if there is one.
 */
export function fault(status: number, site: string, said: string): Error {
  const words = (message: string) => ownerError(message, 'DeskDirectorError', status);

  if (status === 401) return expiredConnection(refusedKeyWords(site));
  if (status === 403) {
    return words(
      `The API key works, but may not do this on ${site} (403).${said} Ask your DeskDirector administrator whether the key's owner is an administrator and your plan includes the connector.`,
    );
  }
  if (status === 404) {
    return words(
      `${site} does not offer the API this needs (404).${said} Check the Site Host of your account, and ask DeskDirector whether your plan includes the connector.`,
    );
  }
  if (status < 400) {
    return words(
      `${site} answered with a redirect (${status}), which is not followed. Correct the Site Host of your account to the address your site has now.`,
    );
  }
  if (status < 500) {
    return words(
      `${site} refused the request (${status}).${said} Check the fields of this step and try again.`,
    );
  }
  return words(
    `${site} had an internal error (${status}).${said} Try again later; if it stays, tell DeskDirector's support.`,
  );
}

/** A key that the site did not take while an account is being connected. */
export function refusedKey(site: string): Error {
  return ownerError(refusedKeyWords(site), 'AuthenticationError', 401);
}

function refusedKeyWords(site: string): string {
  return `${site} did not accept the API key (401). Make a new key in the Developer Corner of the DeskDirector admin portal, then connect your account again.`;
}

/** No answer at all, or none in time. */
export function unreachable(site: string, reason: unknown): Error {
  return ownerError(
    `${site} can't be reached now (${reason}). Check the Site Host of your account and that the site is up, then try again.`,
    'DeskDirectorUnreachable',
  );
}

/** An answer that the API would never give, an HTML page for example. */
export function notTheApi(site: string, answer: number | string): Error {
  return ownerError(
    `${site} answered (${answer}), but not as DeskDirector's API does. Check that the Site Host of your account is your DeskDirector site.`,
    'NotDeskDirector',
  );
}
