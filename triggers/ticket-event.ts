import type { Bundle } from 'zapier-platform-core';
import { ownerError, WAITS_FOR_CHOICE } from '../src/deskdirector/errors.ts';
import { checkEvent } from '../src/deskdirector/events.ts';
import { ticketHook } from '../src/steps/ticket-hook.ts';
import { text } from '../src/values.ts';

/** The event that the owner chose. Throws an owner's error when there is none. */
function chosenEvent({ inputData }: Bundle): string {
  const event = text(inputData.event)?.trim();
  if (event) return event;
  throw ownerError(
    'No event is chosen. Choose one in the field "Event": the filters of your DeskDirector site and the fields of the event depend on it.',
    WAITS_FOR_CHOICE,
  );
}

/**
 * Runs once for each event of the kind that the owner chose. Which events there are only the site tells,
 * so none of them is called an update here.
 */
export default ticketHook({
  key: 'ticket_event',
  noun: 'Ticket Event',
  label: 'Ticket Event',
  description:
    'Triggers when the event that you choose happens to a ticket, such as a new status or a note. Your DeskDirector site lists the events, and a Zap runs for one of them.',
  inputFields: [
    {
      key: 'event',
      label: 'Event',
      type: 'string',
      required: true,
      dynamic: 'ticket_event_list.id.name',
      altersDynamicFields: true,
      helpText:
        'Choose the event to run for by name. Your DeskDirector site decides which events there are.',
    },
  ],
  workflowName: 'Zapier: Ticket Event',
  parameters: async (_z, bundle) => ({ type: chosenEvent(bundle) }),
  check: (z, bundle) => checkEvent(z, bundle, 'CreateTicketWorkflow', chosenEvent(bundle)),
});
