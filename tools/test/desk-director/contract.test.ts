import { afterAll, describe, expect, test } from '@jest/globals';
import { type OperationId, operationOf } from '../../../src/deskdirector/operations.ts';
import { startDeskDirector } from '../../desk-director/server.ts';
import { call } from './client.ts';

/**
 * The operations of the published connector that the sandbox has, by their published ids. A parameter
 * of the query is followed by its type, and by a question mark when it is optional. An id in braces is
 * an int32 unless its name is one of `TEXT_IDS`.
 */
const PUBLISHED: Readonly<Record<OperationId, string>> = {
  TestConnection: 'GET /connections/test',
  ListChatWebhookEvents: 'GET /chat-webhook-events',
  GetChatWorkflowRequestParameterSchema:
    'GET /schema/chat-workflow-webhook/$parameters?type=string',
  CreateChatWebhook: 'POST /chat-workflows?type=string',
  DeleteChatWebhook: 'DELETE /chat-workflows/{workflowId}?token=string?',
  GetChatSession: 'GET /chat-sessions/{sessionId}',
  AddChatSystemMessage: 'POST /chat-sessions/{sessionId}/system-messages',
  InviteUsersToChat: 'POST /chat-sessions/{sessionId}/invite',
  GetContact: 'GET /contacts/{contactId}',
  GetMember: 'GET /members/{memberId}',
  GetCompany: 'GET /companies/{companyId}',
  CreateContactNotification: 'POST /contacts/{contactId}/notifications',
  CreateMemberNotification: 'POST /members/{memberId}/notifications',
  GetTicket: 'GET /tickets/{ticketId}',
  CreateTicket: 'POST /tickets?requestTypeId=int32',
  UpdateTicket: 'PATCH /tickets/{ticketId}',
  GetDynamicSchema: 'GET /schema/dynamic-types/{typeId}',
  GetCreateTicketRequestSchema: 'GET /schema/ticket/$create-request?requestTypeId=int32',
  ListBoards: 'GET /service/boards',
  ListCompanies: 'GET /companies',
  ListMembers: 'GET /members',
  ListPriorities: 'GET /service/priorities',
  ListRequestTypes: 'GET /service/request-types?withSomethingElse=boolean?',
  ListSources: 'GET /service/sources',
  ListStatuses: 'GET /service/statuses?boardId=int32',
  FindContacts: 'POST /contacts/find',
  FindMembers: 'POST /members/find',
  FindCompanies: 'POST /companies/find',
  FindTickets: 'POST /tickets/find',
  FindUserGroups: 'POST /user-groups/find',
  CreateContact: 'POST /contacts',
  ListTicketWebhookEvents: 'GET /ticket-workflow-events',
  CreateTicketWorkflow: 'POST /ticket-workflows?type=string',
  DeleteTicketWorkflow: 'DELETE /ticket-workflows/{workflowId}?token=string?',
  GetTicketTriggerAdvancedFilterSchema:
    'GET /schema/ticket-workflow-webhook/$advanced-filters?type=string',
  GetTicketWorkflowTriggerSchema: 'GET /schema/ticket-workflow-webhook/$request?type=string',
  ListWorkflowTypes: 'GET /workflow-types',
  ListWorkflows: 'GET /workflows?take=int32?&skip=int32?&type=string?',
  GetWorkflowRequestParameterSchema:
    'GET /schema/workflow-types/{type}/$parameters?workflowId=string',
  GetWorkflowTriggerSchema: 'GET /schema/workflow-webhook/$request?type=string',
  SubscribeToWorkflow: 'POST /workflows/{workflowId}/actions?type=string',
  UnsubscribeFromWorkflow: 'DELETE /workflows/{workflowId}/actions/{actionId}?token=string?',
  ListForms: 'GET /forms?take=int32?&skip=int32?',
  GetFormResult_V2: 'GET /v2/forms/{formId}/results/{resultId}',
  GetFormResultSchemaV2: 'GET /schema/v2/form/{formId}/$result-response',
  GetTicketTasks: 'GET /tickets/{ticketId}/tasks',
  CreateTicketTasks: 'POST /tickets/{ticketId}/tasks',
  ListTicketTaskTemplates: 'GET /ticket-task-templates',
  ListEmailTemplates: 'GET /email-templates?take=int32?&skip=int32?',
  GetEmailTemplateProperties: 'GET /schema/email-templates/{emailTemplateId}/$render-request',
  GenerateEmailFromTemplate: 'POST /email-templates/{emailTemplateId}/render',
};
const TEXT_IDS = /\{(?:workflowId|sessionId|typeId|type|emailTemplateId)\}/;
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const NOTHING = 'There is nothing at this address.';

const operations = Object.entries(PUBLISHED).map(([id, published]) => {
  const [, method = '', path = '', query = ''] = /^(\w+) ([^?]+)\??(.*)$/.exec(published) ?? [];
  const parameters = query.split('&').flatMap((parameter) => {
    const [, name = '', type = '', optional] = /^(\w+)=(\w+)(\?)?$/.exec(parameter) ?? [];
    return name === ''
      ? []
      : [{ id, method, path, name, type, isRequired: optional === undefined }];
  });
  return { id, method, path, parameters };
});
const parameters = operations.flatMap((operation) => operation.parameters);

const site = await startDeskDirector();
afterAll(() => site.stop());

const withId = (path: string, id: string) => path.slice(1).replace(/\{\w+\}/g, id);
/** Whether a path is one of the paths with ids in braces that a published path stands for. */
const isAt = (published: string, path: string) =>
  new RegExp(`^${published.replaceAll('$', '\\$').replace(/\{\w+\}/g, '[^/]+')}$`).test(path);
async function answer(method: string, path: string) {
  const response = await call(site, method, path);
  return { status: response.status, text: await response.text() };
}

test.each(operations)('the app sends $id as published', ({ id, method, path, parameters }) => {
  const operation = operationOf(id as OperationId);
  const [ownPath, ownQuery = ''] = operation.path.split(/\{?\?/);
  expect(`${operation.method} ${ownPath}`).toBe(`${method} ${path}`);
  const own = ownQuery.split('&').flatMap((one) => one.match(/^\w+/) ?? []);
  expect(parameters.map(({ name }) => name)).toEqual(expect.arrayContaining(own));
  const required = parameters.filter(({ isRequired }) => isRequired).map(({ name }) => name);
  expect(own).toEqual(expect.arrayContaining(required));
});

test.each(operations)('the sandbox answers $id', async ({ method, path }) => {
  expect((await answer(method, withId(path, '1'))).text).not.toContain(NOTHING);
});

test.each([...new Set(operations.map(({ path }) => path))])(
  'the sandbox answers to no other method at %s',
  async (path) => {
    const published = operations.filter((one) => isAt(one.path, path)).map(({ method }) => method);
    for (const method of METHODS.filter((one) => !published.includes(one))) {
      expect((await answer(method, withId(path, '71'))).text).toContain(NOTHING);
    }
  },
);

describe('the sandbox refuses', () => {
  test.each(parameters.filter(({ isRequired }) => isRequired))(
    '$id without $name',
    async ({ method, path }) => {
      expect(await answer(method, withId(path, '1'))).toMatchObject({ status: 400 });
    },
  );

  test.each(parameters.filter(({ type }) => type !== 'string'))(
    '$id with a $name that is no $type',
    async ({ method, path, name }) => {
      for (const value of ['x', '1.5', '2147483648']) {
        const refusal = await answer(method, `${withId(path, '1')}?${name}=${value}`);
        expect(refusal).toMatchObject({ status: 400 });
      }
    },
  );

  test.each(operations.filter(({ path }) => path.includes('{') && !TEXT_IDS.test(path)))(
    '$id with an id that is no int32',
    async ({ method, path }) => {
      for (const id of ['x', '1.5', '2147483648', 'sandbox~c~501']) {
        expect(await answer(method, withId(path, id))).toMatchObject({ status: 400 });
      }
    },
  );
});
