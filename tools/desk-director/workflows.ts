import { randomUUID } from 'node:crypto';
import { HTTPException } from 'hono/http-exception';
import type { Clock } from './clock.ts';
import { describedSubmitter, type Form, newEmployee } from './forms.ts';
import { entryOf, entryWith } from './requests.ts';
import { chosenFrom } from './schemas/dropdowns.ts';
import { answer, int32, listOf, named, object, request, text, time } from './schemas/objects.ts';
import { ticketSummary as describedTicket } from './schemas/search.ts';
import { type Tickets, ticketSummary } from './tickets.ts';

/*
 * The workflows that administrators have drawn. They are fictional: DeskDirector publishes only that a
 * site lists its types and its workflows and describes them (DeskDirector: connector API).
 */

const priorityIds = listOf('Priorities', chosenFrom('ListPriorities', 'Priority'));
const submitterContains = {
  ...text('Submitted by'),
  description: 'Part of the name. Ignores case.',
};

export const workflowTypes = [
  workflowType('ticket', 'Ticket', { ticket: describedTicket }),
  workflowType('form', 'Form', {
    form: named('Form'),
    resultId: { ...text('Result ID'), description: 'Text, since it may have 19 digits.' },
    submittedBy: describedSubmitter,
    ticketId: { ...int32('Ticket ID'), type: ['integer', 'null'] },
  }),
  /** No workflow has this type. */
  workflowType('approval', 'Approval', { isApproved: { type: 'boolean' } }),
];

export const workflows = [
  workflow('escalation', 'Escalate an Urgent Ticket', ['priorityIds'], { priorityIds }),
  workflow('handover', 'Hand Over at the End of a Shift', [], { priorityIds }),
  workflow('reminder', 'Remind the Technician of a Ticket', [], {}),
  workflow('onboarding', 'Onboard a New Employee', [], { submitterContains }, newEmployee),
];

function workflowType(id: string, name: string, payload: object) {
  return {
    id,
    name,
    /** Describes what is delivered. */
    payload: answer({
      runId: text('Run ID'),
      workflow: object('Workflow', { id: text('ID'), name: text('Name') }),
      triggeredAt: time('Triggered at'),
      ...payload,
    }),
  };
}

/** A workflow for tickets, or for the results of a form. */
function workflow(
  id: string,
  name: string,
  required: readonly string[],
  properties: object,
  form?: Form,
) {
  const parameters = request(required, properties);
  return { id, name, type: form ? 'form' : 'ticket', form, parameters };
}

/** A workflow of a type. Throws the site's refusal. */
export function workflowWith(id: unknown, type: unknown, status: 400 | 404) {
  const workflow = entryOf(id, 'workflow', workflows, status);
  if (workflow.type === type) return workflow;
  const message = `The workflow ${workflow.name} has the type ${workflow.type}, not ${type}.`;
  throw new HTTPException(400, { message });
}

/**
 * The workflows of a site that administrators have drawn.
 *
 * @param announce is called with the payload when a workflow runs
 */
export function createWorkflows(
  now: Clock,
  tickets: Tickets,
  announce: (workflowId: string, payload: object) => void,
) {
  return {
    /**
     * Runs a workflow: one for tickets with this ticket, one for forms with the latest result of its
     * form. Returns the payload. Throws when there is no such workflow or no such ticket.
     */
    run(id: string, ticketId?: number) {
      const { name, form } = entryOf(id, 'workflow', workflows, 404);
      const run = { runId: randomUUID(), workflow: { id, name }, triggeredAt: now() };
      const payload = form
        ? { ...run, ...latestOf(form), ticketId: ticketId ?? null }
        : { ...run, ticket: ticketSummary(entryWith(ticketId, 'ticket', tickets.list(), 404)) };
      announce(id, payload);
      return payload;
    },
  };
}

function latestOf({ id, name, results }: Form) {
  const { id: resultId, submittedBy } = results.at(-1) ?? {};
  return { form: { id, name }, resultId, submittedBy };
}
