import type { Authentication, Bundle, ZObject } from 'zapier-platform-core';
import { refusedKey } from './deskdirector/failures.ts';
import { send } from './deskdirector/http.ts';
import { isObject } from './values.ts';

/**
 * Asks the site whether it takes the key. What comes back names the connection: the host.
 * A refused key is a plain error here: there is no connection yet that could have expired.
 */
async function test(z: ZObject, bundle: Bundle): Promise<{ site: string }> {
  const request = { operation: 'TestConnection', accept: [401] } as const;
  const { site, status, data, isEmpty, said, notTheApi } = await send(z, bundle, request);
  if (status === 401) throw refusedKey(site, said);
  if (!isObject(data) && !isEmpty) throw notTheApi();
  return { site };
}

export const authentication: Authentication = {
  type: 'custom',
  test,
  // What the test returned, rather than what was typed.
  connectionLabel: '{{bundle.inputData.site}}',
  fields: [
    {
      // Zapier censors every value of a connection in its logs, but not one by this name: with another
      // one whoever helps an owner could not read which site a request went to.
      key: 'site',
      label: 'Site Host',
      type: 'string',
      required: true,
      placeholder: 'support.deskdirector.com',
      helpText:
        'Type the address of your DeskDirector site, such as `support.deskdirector.com` or your own domain. [Where to find it](https://help.deskdirector.com/article/25rahghew1-desk-director-api).',
    },
    {
      key: 'apiKey',
      label: 'API Key',
      type: 'password',
      required: true,
      helpText:
        'Open the Developer Corner of the DeskDirector admin portal and make an API key there. [How to get an API key](https://help.deskdirector.com/article/fheiam50fg-developer-corner#api_key).',
    },
  ],
};
