import { expect, test } from '@jest/globals';
import { allHaveRun, createTicket, site, turnOn, zapier } from './zaps.ts';

/* The recipes of the user guide for tickets and workflows. */

const INK = { summary: 'Ink', contactId: 501 };

/** The records and the errors of all runs. */
async function runs() {
  await allHaveRun();
  const errors = zapier.runs.flatMap(({ error, stepRuns }) => [
    error,
    ...stepRuns.flat().map((step) => step.error),
  ]);
  expect(errors.filter((error) => error !== null)).toEqual([]);
  return zapier.runs.flatMap(({ records }) => records);
}

test('a Zap tells about new tickets on a board', async () => {
  const zap = await turnOn('new_ticket', { board_id: '21' });
  const id = createTicket(INK);
  createTicket({ ...INK, boardId: 22 });
  site.tickets.update(id, { note: 'Ordered.', statusId: 212 });

  expect(await runs()).toMatchObject([
    {
      id: `${id}`,
      ticketId: id,
      ticket: { summary: 'Ink', board: { id: 21 }, priority: { id: null } },
    },
  ]);
  await zapier.turnOff(zap);
  expect(site.subscriptions).toEqual([]);
});

test('when a ticket gets a status, a Zap tells the customer', async () => {
  await turnOn(
    'ticket_event',
    { event: 'ticket-status-changed', board_id: '21', status_id: '214' },
    {
      find_ticket: { ticket_id: '{{1.id}}' },
      send_contact_notification: {
        contact_id: '{{2.contact__id}}',
        title: '{{2.summary}}',
        message: 'From {{1.previousStatus}} to {{1.ticket__status__name}}',
      },
    },
  );
  const id = createTicket(INK);
  site.tickets.update(id, { statusId: 212 });
  site.tickets.update(id, { statusId: 214 });

  expect(await runs()).toHaveLength(1);
  expect(site.notifications.list()).toMatchObject([
    { recipient: { id: 501 }, body: { title: 'Ink', message: 'From In Progress to Closed' } },
  ]);
});

test('a form result becomes a ticket with tasks and a welcome mail', async () => {
  const zap = await turnOn(
    'workflow_triggered',
    { workflow_type: 'form', workflow_id: 'onboarding' },
    {
      find_form_result: { form_id: '{{1.form__id}}', result_id: '{{1.resultId}}' },
      create_ticket: { request_type_id: '0', summary: 'Welcome {{2.answers__employeeName}}' },
      create_ticket_tasks: { ticket_id: '{{3.id}}', templateId: 'new-employee' },
      create_email_from_template: {
        email_template_id: 'welcome',
        firstName: '{{2.answers__employeeName}}',
        company: 'Fernwhistle',
        startsOn: '{{2.answers__startsAt}}',
      },
    },
  );
  site.workflows.run('onboarding');
  site.workflows.run('reminder', createTicket(INK));

  expect(await runs()).toMatchObject([{ resultId: '9007199254740993', ticketId: null }]);
  const [found, ticket, , email] = zapier.runs[0]?.stepRuns[0] ?? [];
  expect(found?.records).toMatchObject([
    {
      id: '9007199254740993',
      resultId: '9007199254740993',
      answers: { employeeName: 'Merle Foghorn' },
    },
  ]);
  const ticketId = Number(ticket?.records[0]?.id);
  expect(site.tasks.of(ticketId)).toMatchObject([{ name: 'New employee' }]);
  expect(email?.records).toMatchObject([{ subject: 'Welcome to Fernwhistle, Merle Foghorn' }]);

  await zapier.turnOff(zap);
  expect(site.subscriptions).toEqual([]);
});
