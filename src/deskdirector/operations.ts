/**
 * The things that parameters of operations stand for, by the published names of the parameters. Other
 * parameters stand for nothing that an owner knows.
 */
const THINGS = {
  boardId: 'board',
  companyId: 'company',
  contactId: 'contact',
  emailTemplateId: 'email template',
  formId: 'form',
  memberId: 'member',
  requestTypeId: 'request type',
  resultId: 'form result',
  sessionId: 'chat session',
  ticketId: 'ticket',
  workflowId: 'workflow',
} as const;

/**
 * The request for the schema of a body or of an answer: by the id of a type, or by what the owner filled
 * in.
 */
export type Description =
  | {
      readonly operation: 'GetDynamicSchema';
      readonly parameters: { readonly typeId: string };
    }
  | {
      readonly operation:
        | 'GetCreateTicketRequestSchema'
        | 'GetEmailTemplateProperties'
        | 'GetFormResultSchemaV2';
      readonly parameters?: undefined;
    };

/** An operation of DeskDirector's connector. */
interface Operation {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /**
   * The path below the connector API, with the query. `{ticketId}` stands for the value of that
   * parameter. `{?token}` stands for `?token=` and the value, or for nothing without a value.
   * RFC 6570: URI templates.
   */
  readonly path: string;
  /** What the operation does, in words that follow "may". */
  readonly does: string;
  /** What else an owner can do when the site refuses the input. */
  readonly instead?: string;
  /** The kind of thing that the operation makes. Its id is in the answer. */
  readonly makes?: 'contact' | 'notification' | 'task list' | 'ticket';
  /** The kind of thing that the operation searches for. The ids are in the answer. */
  readonly finds?: 'company' | 'contact' | 'member' | 'ticket' | 'user group';
  /** Whether the operation changes nothing, although it is a POST. */
  readonly isSafe?: true;
  /** Describes the body of the request. */
  readonly body?: Description;
  /** Describes the answer. */
  readonly answer?: Description;
  /** What belongs to a subscription, which the operation makes. */
  readonly subscription?: SubscriptionOperations;
}

interface SubscriptionOperations {
  /** Lists the events that can be subscribed to. Those of workflows are the workflows themselves. */
  readonly events?: 'ListChatWebhookEvents' | 'ListTicketWebhookEvents';
  /** Describes the filters that the site itself applies. */
  readonly filters:
    | 'GetChatWorkflowRequestParameterSchema'
    | 'GetTicketTriggerAdvancedFilterSchema'
    | 'GetWorkflowRequestParameterSchema';
  /** Describes what the site delivers. The app knows the payload of chats. */
  readonly payload?: 'GetTicketWorkflowTriggerSchema' | 'GetWorkflowTriggerSchema';
  /** Ends the subscription. */
  readonly end: 'DeleteChatWebhook' | 'DeleteTicketWorkflow' | 'UnsubscribeFromWorkflow';
}

/** DeskDirector describes most bodies and answers by a named type. */
const type = (typeId: string) =>
  ({ operation: 'GetDynamicSchema', parameters: { typeId } }) as const;

/** A search: a POST that changes nothing. */
const find = <const Path extends string, const Thing extends string>(
  path: Path,
  types: string,
  finds: Thing,
) =>
  ({
    method: 'POST',
    path: `/${path}/find`,
    does: `search for a ${finds}`,
    finds,
    isSafe: true,
    body: type(`Find${types}Request`),
  }) as const;

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
    path: '/schema/chat-workflow-webhook/$parameters?type={type}',
    does: 'read the filters for chats',
  },
  CreateChatWebhook: {
    method: 'POST',
    path: '/chat-workflows?type={type}',
    does: 'make a workflow for chats',
    subscription: {
      events: 'ListChatWebhookEvents',
      filters: 'GetChatWorkflowRequestParameterSchema',
      end: 'DeleteChatWebhook',
    },
  },
  DeleteChatWebhook: {
    method: 'DELETE',
    path: '/chat-workflows/{workflowId}{?token}',
    does: 'delete a workflow for chats',
  },

  GetChatSession: {
    method: 'GET',
    path: '/chat-sessions/{sessionId}',
    does: 'look up a chat session',
  },
  AddChatSystemMessage: {
    method: 'POST',
    path: '/chat-sessions/{sessionId}/system-messages',
    does: 'send a system message in a chat',
    body: type('CreateChatMessageRequest'),
  },
  InviteUsersToChat: {
    method: 'POST',
    path: '/chat-sessions/{sessionId}/invite',
    does: 'invite users to a chat',
    body: type('CreateChatInviteRequest'),
  },

  GetContact: {
    method: 'GET',
    path: '/contacts/{contactId}',
    does: 'look up a contact',
    answer: type('ContactDetails'),
  },
  GetMember: {
    method: 'GET',
    path: '/members/{memberId}',
    does: 'look up a member',
    answer: type('MemberDetails'),
  },
  GetCompany: {
    method: 'GET',
    path: '/companies/{companyId}',
    does: 'look up a company',
    answer: type('CompanyDetails'),
  },
  CreateContact: {
    method: 'POST',
    path: '/contacts',
    does: 'create a contact',
    instead: 'If the contact exists already, use Find or Create Contact instead.',
    makes: 'contact',
    body: type('CreateContactRequest'),
    answer: type('ContactDetails'),
  },
  FindContacts: find('contacts', 'Contacts', 'contact'),
  FindMembers: find('members', 'Members', 'member'),
  FindCompanies: find('companies', 'Companies', 'company'),
  FindTickets: find('tickets', 'Tickets', 'ticket'),
  FindUserGroups: {
    ...find('user-groups', 'UserGroups', 'user group'),
    answer: type('FindUserGroupsResponse'),
  },
  CreateContactNotification: {
    method: 'POST',
    path: '/contacts/{contactId}/notifications',
    does: 'send a notification to a contact',
    makes: 'notification',
    body: type('CreateContactNotificationRequest'),
    answer: type('CreateNotificationResponse'),
  },
  CreateMemberNotification: {
    method: 'POST',
    path: '/members/{memberId}/notifications',
    does: 'send a notification to a member',
    makes: 'notification',
    body: type('CreateMemberNotificationRequest'),
    answer: type('CreateNotificationResponse'),
  },

  GetTicket: {
    method: 'GET',
    path: '/tickets/{ticketId}',
    does: 'look up a ticket',
    answer: type('TicketDetails'),
  },
  CreateTicket: {
    method: 'POST',
    path: '/tickets?requestTypeId={requestTypeId}',
    does: 'create a ticket',
    makes: 'ticket',
    body: { operation: 'GetCreateTicketRequestSchema' },
    answer: type('TicketDetails'),
  },
  UpdateTicket: {
    method: 'PATCH',
    path: '/tickets/{ticketId}',
    does: 'update a ticket',
    body: type('UpdateTicketRequest'),
    answer: type('TicketDetails'),
  },

  ListTicketWebhookEvents: {
    method: 'GET',
    path: '/ticket-workflow-events',
    does: 'list the events of tickets',
  },
  GetTicketTriggerAdvancedFilterSchema: {
    method: 'GET',
    path: '/schema/ticket-workflow-webhook/$advanced-filters?type={type}',
    does: 'read the filters for tickets',
  },
  GetTicketWorkflowTriggerSchema: {
    method: 'GET',
    path: '/schema/ticket-workflow-webhook/$request?type={type}',
    does: 'read the description of an event of tickets',
  },
  CreateTicketWorkflow: {
    method: 'POST',
    path: '/ticket-workflows?type={type}',
    does: 'make a workflow for tickets',
    subscription: {
      events: 'ListTicketWebhookEvents',
      filters: 'GetTicketTriggerAdvancedFilterSchema',
      payload: 'GetTicketWorkflowTriggerSchema',
      end: 'DeleteTicketWorkflow',
    },
  },
  DeleteTicketWorkflow: {
    method: 'DELETE',
    path: '/ticket-workflows/{workflowId}{?token}',
    does: 'delete a workflow for tickets',
  },

  GetTicketTasks: {
    method: 'GET',
    path: '/tickets/{ticketId}/tasks',
    does: 'look up the tasks of a ticket',
    answer: type('GetTicketTaskListsResponse'),
  },
  CreateTicketTasks: {
    method: 'POST',
    path: '/tickets/{ticketId}/tasks',
    does: 'create tasks of a ticket',
    makes: 'task list',
    body: type('CreateTicketTasksRequest'),
    answer: type('TicketTaskList'),
  },

  GetWorkflowRequestParameterSchema: {
    method: 'GET',
    path: '/schema/workflow-types/{type}/$parameters?workflowId={workflowId}',
    does: 'read the parameters of a workflow',
  },
  GetWorkflowTriggerSchema: {
    method: 'GET',
    path: '/schema/workflow-webhook/$request?type={type}',
    does: 'read the description of an event of a workflow',
  },
  SubscribeToWorkflow: {
    method: 'POST',
    path: '/workflows/{workflowId}/actions?type={type}',
    does: 'add an action to a workflow',
    subscription: {
      filters: 'GetWorkflowRequestParameterSchema',
      payload: 'GetWorkflowTriggerSchema',
      end: 'UnsubscribeFromWorkflow',
    },
  },
  UnsubscribeFromWorkflow: {
    method: 'DELETE',
    path: '/workflows/{workflowId}/actions/{actionId}{?token}',
    does: 'remove an action from a workflow',
  },

  GetFormResult_V2: {
    method: 'GET',
    path: '/v2/forms/{formId}/results/{resultId}',
    does: 'look up a form result',
    answer: { operation: 'GetFormResultSchemaV2' },
  },
  GetFormResultSchemaV2: {
    method: 'GET',
    path: '/schema/v2/form/{formId}/$result-response',
    does: 'read the description of a form',
  },

  GenerateEmailFromTemplate: {
    method: 'POST',
    path: '/email-templates/{emailTemplateId}/render',
    does: 'make an e-mail from a template',
    isSafe: true,
    body: { operation: 'GetEmailTemplateProperties' },
    answer: type('CreateEmailFromTemplateResponse'),
  },
  GetEmailTemplateProperties: {
    method: 'GET',
    path: '/schema/email-templates/{emailTemplateId}/$render-request',
    does: 'read the fields of an e-mail template',
  },

  GetDynamicSchema: {
    method: 'GET',
    path: '/schema/dynamic-types/{typeId}',
    does: 'read the description of a form',
  },
  GetCreateTicketRequestSchema: {
    method: 'GET',
    path: '/schema/ticket/$create-request?requestTypeId={requestTypeId}',
    does: 'read the form of a ticket',
  },

  ListBoards: { method: 'GET', path: '/service/boards', does: 'list boards' },
  ListCompanies: { method: 'GET', path: '/companies', does: 'list companies' },
  ListEmailTemplates: {
    method: 'GET',
    path: '/email-templates?take={take}&skip={skip}',
    does: 'list e-mail templates',
  },
  ListForms: { method: 'GET', path: '/forms?take={take}&skip={skip}', does: 'list forms' },
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
    path: '/service/statuses?boardId={boardId}',
    does: 'list the statuses of a board',
  },
  ListTicketTaskTemplates: {
    method: 'GET',
    path: '/ticket-task-templates',
    does: 'list templates of tasks',
  },
  ListWorkflowTypes: { method: 'GET', path: '/workflow-types', does: 'list types of workflows' },
  ListWorkflows: {
    method: 'GET',
    path: '/workflows?type={type}&take={take}&skip={skip}',
    does: 'list workflows',
  },
} as const satisfies Record<string, Operation>;

export type OperationId = keyof typeof OPERATIONS;

type ParametersIn<Path> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? ParametersIn<Rest> &
      (Name extends `?${infer Optional}`
        ? { readonly [P in Optional]?: string | undefined }
        : { readonly [P in Name]: string })
  : unknown;

/** The values of the parameters of an operation, by their published names. */
export type ParametersOf<Id extends OperationId> = ParametersIn<(typeof OPERATIONS)[Id]['path']>;

/** The published names of the parameters of an operation. */
export type ParameterOf<Id extends OperationId> = Id extends OperationId
  ? keyof ParametersOf<Id> & string
  : never;

/** The values of the parameters of any operation. */
export type ParameterValues = Readonly<Record<string, string | undefined>>;

/** An operation, and the values of its parameters. */
export type Call<Id extends OperationId = OperationId> = Id extends OperationId
  ? { readonly operation: Id } & ([ParameterOf<Id>] extends [never]
      ? { readonly parameters?: undefined }
      : { readonly parameters: ParametersOf<Id> })
  : never;

/** The ids of the operations whose entry in the table has this property. */
type With<Property extends keyof Operation> = {
  [Id in OperationId]: (typeof OPERATIONS)[Id] extends { [P in Property]: unknown } ? Id : never;
}[OperationId];

/** An operation that searches, by a body that the site describes. */
export type FindId = With<'finds'>;
/** An operation of an action, with a body that the site describes. */
export type ActionId = Exclude<With<'body'>, FindId>;
/** An operation that makes a subscription. */
export type SubscribeId = With<'subscription'>;
/** An operation that ends a subscription. */
export type EndId = (typeof OPERATIONS)[SubscribeId]['subscription']['end'];
/** An operation whose answer the site describes. */
export type DescribedId = With<'answer'>;

/** The table's entry for an operation. */
export const operationOf = <Id extends OperationId>(id: Id): Operation & (typeof OPERATIONS)[Id] =>
  OPERATIONS[id];

/** Whether an operation is the action of a step. */
export const isAction = (id: OperationId): id is ActionId =>
  'body' in OPERATIONS[id] && !('finds' in OPERATIONS[id]);

/** The operations of actions, with a body that the site describes. */
export const ACTIONS = (Object.keys(OPERATIONS) as OperationId[]).filter(isAction);

/** The published ids of the operations, and of the types that describe bodies and answers. */
export const publishedIds = (): string[] =>
  Object.entries<Operation>(OPERATIONS).flatMap(([id, { body, answer }]) =>
    [id, body?.parameters?.typeId, answer?.parameters?.typeId].filter((name) => name !== undefined),
  );

/** The published names of the parameters of an operation, in the order of its path. */
export const parametersOf = <Id extends OperationId>(id: Id): ParameterOf<Id>[] =>
  [...OPERATIONS[id].path.matchAll(/\{\??(\w+)\}/g)].map(([, name]) => name as ParameterOf<Id>);

/** The call of an operation, with the values of its parameters as a function reads them. */
export const callOf = <Id extends OperationId>(
  operation: Id,
  read: (parameter: ParameterOf<Id>) => string | undefined,
): Call<Id> => {
  const values = parametersOf(operation).map((name) => [name, read(name)]);
  return { operation, parameters: Object.fromEntries(values) } as Call<Id>;
};

/**
 * The last parameter of an operation that stands for a thing that owners know, and what that thing is.
 * Undefined when there is none.
 */
export function subjectOf(id: OperationId): { parameter: string; thing: string } | undefined {
  const things: Readonly<Record<string, string>> = THINGS;
  const parameter: string | undefined = parametersOf(id).findLast((name) => name in THINGS);
  const thing = things[parameter ?? ''];
  return parameter === undefined || thing === undefined ? undefined : { parameter, thing };
}

/** The id of the thing that a call is about; null when it is about none. */
export function subjectIdIn({ operation, parameters }: Call): string | null {
  const values: ParameterValues = { ...parameters };
  return values[subjectOf(operation)?.parameter ?? ''] ?? null;
}

/** An operation that lists the entries of a dropdown, or the events of a trigger. */
export type ListId = Extract<OperationId, `List${string}`>;

/** Whether an operation is such a list. */
export const isListOperation = (id: OperationId): id is ListId => id.startsWith('List');

/** Whether an operation changes something on the site. */
export const changesSite = (id: OperationId): boolean =>
  OPERATIONS[id].method !== 'GET' && !('isSafe' in OPERATIONS[id]);

/** Whether sending the request of an operation twice has the same effect as sending it once. */
export const isRepeatable = (id: OperationId): boolean =>
  !changesSite(id) || OPERATIONS[id].method === 'DELETE';
