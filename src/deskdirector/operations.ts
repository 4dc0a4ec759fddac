/** A kind of thing that has an id in DeskDirector. */
export type Entity = 'chat session' | 'company' | 'contact' | 'member' | 'request type' | 'ticket';

/**
 * The request for the schema of a body or of an answer. `id` is the id of a type. When `id` is
 * missing, the request takes the id that the owner filled in.
 */
interface Description {
  readonly operation: 'GetDynamicSchema' | 'GetCreateTicketRequestSchema';
  readonly id?: string;
}

/** An operation of DeskDirector's connector. */
interface Operation {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** The path below the connector API, with the query. `{id}` stands for an id. */
  readonly path: string;
  /** What the operation does, in words that follow "may". */
  readonly does: string;
  /** The kind of thing whose id an owner fills in. */
  readonly entity?: Entity;
  /** The kind of thing that the operation makes. Its id is in the answer. */
  readonly makes?: 'notification' | 'ticket';
  /**
   * The kind of thing that the answer depends on. Its id is in the query, and an owner chooses it.
   */
  readonly dependsOn?: 'request type' | 'board';
  /** Describes the body of the request. */
  readonly body?: Description;
  /** Describes the answer. */
  readonly answer?: Description;
}

/** DeskDirector describes most bodies and answers by a named type. */
const type = (id: string) => ({ operation: 'GetDynamicSchema', id }) as const;

/**
 * The operations that this app uses, by their published ids. No other file knows the path of an
 * operation.
 * DeskDirector: connector API.
 */
const OPERATIONS = {
  TestConnection: { method: 'GET', path: '/connections/test', does: 'test the connection' },

  ListChatWebhookEvents: {
    method: 'GET',
    path: '/chat-webhook-events',
    does: 'list the events of chats',
  },
  GetChatWorkflowRequestParameterSchema: {
    method: 'GET',
    path: '/schema/chat-workflow-webhook/$parameters?type={id}',
    does: 'read the filters for chats',
  },
  CreateChatWebhook: {
    method: 'POST',
    path: '/chat-workflows?type={id}',
    does: 'make a workflow for chats',
  },
  DeleteChatWebhook: {
    method: 'DELETE',
    path: '/chat-workflows/{id}',
    does: 'delete a workflow for chats',
  },

  GetChatSession: {
    method: 'GET',
    path: '/chat-sessions/{id}',
    does: 'look up a chat session',
    entity: 'chat session',
  },
  AddChatSystemMessage: {
    method: 'POST',
    path: '/chat-sessions/{id}/system-messages',
    does: 'send a system message in a chat',
    entity: 'chat session',
    body: type('CreateChatMessageRequest'),
  },
  InviteUsersToChat: {
    method: 'POST',
    path: '/chat-sessions/{id}/invite',
    does: 'invite users to a chat',
    entity: 'chat session',
    body: type('CreateChatInviteRequest'),
  },

  GetContact: {
    method: 'GET',
    path: '/contacts/{id}',
    does: 'look up a contact',
    entity: 'contact',
    answer: type('ContactDetails'),
  },
  GetMember: {
    method: 'GET',
    path: '/members/{id}',
    does: 'look up a member',
    entity: 'member',
    answer: type('MemberDetails'),
  },
  GetCompany: {
    method: 'GET',
    path: '/companies/{id}',
    does: 'look up a company',
    entity: 'company',
    answer: type('CompanyDetails'),
  },
  CreateContactNotification: {
    method: 'POST',
    path: '/contacts/{id}/notifications',
    does: 'send a notification to a contact',
    entity: 'contact',
    makes: 'notification',
    body: type('CreateContactNotificationRequest'),
    answer: type('CreateNotificationResponse'),
  },
  CreateMemberNotification: {
    method: 'POST',
    path: '/members/{id}/notifications',
    does: 'send a notification to a member',
    entity: 'member',
    makes: 'notification',
    body: type('CreateMemberNotificationRequest'),
    answer: type('CreateNotificationResponse'),
  },

  GetTicket: {
    method: 'GET',
    path: '/tickets/{id}',
    does: 'look up a ticket',
    entity: 'ticket',
    answer: type('TicketDetails'),
  },
  CreateTicket: {
    method: 'POST',
    path: '/tickets?requestTypeId={id}',
    does: 'create a ticket',
    entity: 'request type',
    makes: 'ticket',
    body: { operation: 'GetCreateTicketRequestSchema' },
    answer: type('TicketDetails'),
  },
  UpdateTicket: {
    method: 'PATCH',
    path: '/tickets/{id}',
    does: 'update a ticket',
    entity: 'ticket',
    body: type('UpdateTicketRequest'),
    answer: type('TicketDetails'),
  },

  GetDynamicSchema: {
    method: 'GET',
    path: '/schema/dynamic-types/{id}',
    does: 'read the description of a form',
  },
  GetCreateTicketRequestSchema: {
    method: 'GET',
    path: '/schema/ticket/$create-request?requestTypeId={id}',
    does: 'read the form of a ticket',
    dependsOn: 'request type',
  },

  ListBoards: { method: 'GET', path: '/service/boards', does: 'list boards' },
  ListCompanies: { method: 'GET', path: '/companies', does: 'list companies' },
  ListMembers: { method: 'GET', path: '/members', does: 'list members' },
  ListPriorities: { method: 'GET', path: '/service/priorities', does: 'list priorities' },
  ListRequestTypes: {
    method: 'GET',
    path: '/service/request-types?withSomethingElse=true',
    does: 'list request types',
  },
  ListSources: { method: 'GET', path: '/service/sources', does: 'list sources' },
  ListStatuses: {
    method: 'GET',
    path: '/service/statuses?boardId={id}',
    does: 'list the statuses of a board',
    dependsOn: 'board',
  },
} as const satisfies Record<string, Operation>;

export type OperationId = keyof typeof OPERATIONS;

/** The ids of the operations whose entry in the table has this property. */
type With<Property extends keyof Operation> = {
  [Id in OperationId]: (typeof OPERATIONS)[Id] extends { [P in Property]: unknown } ? Id : never;
}[OperationId];

/** An operation that changes something, with a body that the site describes. */
export type ActionId = With<'body'>;
/** An operation on one thing, by its id. */
export type EntityOperationId = With<'entity'>;

/** Whether an operation is the action of a step. */
export const isAction = (id: OperationId): id is ActionId => 'body' in OPERATIONS[id];

/** The operations that change something, with a body that the site describes. */
export const ACTIONS = (Object.keys(OPERATIONS) as OperationId[]).filter(isAction);

/** The published ids of the operations, and of the types that describe bodies and answers. */
export const publishedIds = (): string[] =>
  Object.entries<Operation>(OPERATIONS).flatMap(([id, { body, answer }]) =>
    [id, body?.id, answer?.id].filter((name) => name !== undefined),
  );

/** The table's entry for an operation. */
export const operationOf = <Id extends OperationId>(id: Id): Operation & (typeof OPERATIONS)[Id] =>
  OPERATIONS[id];

/** Whether an operation lists the entries of a dropdown, or the events of a trigger. */
export const isList = (id: OperationId): boolean => id.startsWith('List');

/** Whether an operation changes something on the site. */
export const changes = (id: OperationId): boolean => OPERATIONS[id].method !== 'GET';

/** Whether sending the request of an operation twice has the same effect as sending it once. */
export const isRepeatable = (id: OperationId): boolean =>
  !changes(id) || OPERATIONS[id].method === 'DELETE';

/** An operation whose answer the site describes. */
export type DescribedId = EntityOperationId & With<'answer'>;
