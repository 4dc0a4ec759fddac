import type { Authentication, Bundle, ZObject } from 'zapier-platform-core';
import { send } from './deskdirector/send.ts';
import { isObject } from './values.ts';

/**
 * Asks the site whether the API key is valid. Resolves with the host, which labels the connection.
 * Rejects with an owner's error.
 */
async function test(z: ZObject, bundle: Bundle): Promise<{ site: string }> {
  const request = { operation: 'TestConnection', described: ['id'] } as const;
  const { site, data, isEmpty, notTheApi } = await send(z, bundle, request);
  if (!isObject(data) && !isEmpty) throw notTheApi();
  return { site };
}

export const authentication: Authentication = {
  type: 'custom',
  test,
  // The host that the test returned. What the owner typed may look different.
  connectionLabel: '{{bundle.inputData.site}}',
  fields: [
    {
      // Zapier's logs show the value of this key, so that support can read the host of a request. The
      // values of most other keys are censored there.
      key: 'site',
      label: 'Site Host',
      type: 'string',
      required: true,
      // The label of the connection shows the host.
      isNoSecret: true,
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
        "Open the Developer Corner of the DeskDirector admin portal and make an API key there. A key that may only read can't turn on a Zap or run an action. [How to get an API key](https://help.deskdirector.com/article/fheiam50fg-developer-corner#api_key).",
    },
  ],
};
