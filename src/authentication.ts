import type { Authentication, Bundle, ZObject } from 'zapier-platform-core';
import { isObject } from './chat-session/values.ts';
import { notTheApi, refusedKey } from './deskdirector/faults.ts';
import { send } from './deskdirector/http.ts';

/**
 * Asks the site whether it takes the key. What comes back names the connection: the host.
 * A refused key is a plain error here: there is no connection yet that could have expired.
 */
async function test(z: ZObject, bundle: Bundle): Promise<{ siteHost: string }> {
  const { site, status, data, isEmpty, said } = await send(z, bundle, {
    method: 'GET',
    path: '/connections/test',
    accept: [401],
  });
  if (status === 401) throw refusedKey(site, said);
  if (!isObject(data) && !isEmpty) throw notTheApi(site, status);
  return { siteHost: site };
}

export const authentication: Authentication = {
  type: 'custom',
  test,
  // What the test returned, rather than what was typed.
  connectionLabel: '{{bundle.inputData.siteHost}}',
  fields: [
    {
      key: 'siteHost',
      label: 'Site Host',
      type: 'string',
      required: true,
      placeholder: 'support.deskdirector.com',
      helpText:
        'The address of your DeskDirector site, such as `support.deskdirector.com` or your own domain. [Where to find it](https://help.deskdirector.com/article/25rahghew1-desk-director-api).',
    },
    {
      key: 'apiKey',
      label: 'API Key',
      type: 'password',
      required: true,
      helpText:
        'Made in the Developer Corner of the admin portal. [How to get an API key](https://help.deskdirector.com/article/fheiam50fg-developer-corner#api_key).',
    },
  ],
};
