/** An operation of DeskDirector's connector. */
interface Operation {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** The path below the connector API. `{id}` stands for the id of a session, workflow or type. */
  readonly path: string;
  /** The DeskDirector type of the request body. */
  readonly body?: string;
}

/**
 * The operations that this app uses, by their published ids. No other file knows a path of the API.
 * DeskDirector: connector API.
 */
const OPERATIONS = {
  TestConnection: { method: 'GET', path: '/connections/test' },

  ListChatWebhookEvents: { method: 'GET', path: '/chat-webhook-events' },
  GetChatWorkflowRequestParameterSchema: {
    method: 'GET',
    path: '/schema/chat-workflow-webhook/$parameters',
  },
  CreateChatWebhook: { method: 'POST', path: '/chat-workflows' },
  DeleteChatWebhook: { method: 'DELETE', path: '/chat-workflows/{id}' },

  GetChatSession: { method: 'GET', path: '/chat-sessions/{id}' },
  AddChatSystemMessage: {
    method: 'POST',
    path: '/chat-sessions/{id}/system-messages',
    body: 'CreateChatMessageRequest',
  },
  InviteUsersToChat: {
    method: 'POST',
    path: '/chat-sessions/{id}/invite',
    body: 'CreateChatInviteRequest',
  },

  GetDynamicSchema: { method: 'GET', path: '/schema/dynamic-types/{id}' },
  ListCompanies: { method: 'GET', path: '/companies' },
  ListMembers: { method: 'GET', path: '/members' },
} as const satisfies Record<string, Operation>;

export type OperationId = keyof typeof OPERATIONS;

/** An operation whose body has a DeskDirector type. */
export type ActionId = {
  [Id in OperationId]: (typeof OPERATIONS)[Id] extends { body: string } ? Id : never;
}[OperationId];

/** The DeskDirector type of an action's body. */
export const bodyType = (action: ActionId): string => OPERATIONS[action].body;

const API = '/api/v2/automate/connector';

/** The method and the path of a request for an operation. */
export function requestLine(
  operation: OperationId,
  id = '',
): { readonly method: Operation['method']; readonly path: string } {
  const { method, path } = OPERATIONS[operation];
  return { method, path: `${API}${path.replace('{id}', () => encodeURIComponent(id))}` };
}
