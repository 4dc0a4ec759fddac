import type { Bundle, PlainInputField, ZObject } from 'zapier-platform-core';
import { ownerError, WAITS_FOR_CHOICE } from '../src/deskdirector/errors.ts';
import { tellableName } from '../src/deskdirector/events.ts';
import { readList } from '../src/deskdirector/list.ts';
import { isPathSegment } from '../src/deskdirector/sendable-id.ts';
import { WORKFLOW_TYPE } from '../src/site-form/lists.ts';
import { eventHook } from '../src/steps/event-hook.ts';
import { text } from '../src/values.ts';

const TYPE: PlainInputField = {
  key: WORKFLOW_TYPE,
  label: 'Workflow Type',
  type: 'string',
  required: true,
  dynamic: 'workflow_type_list.id.name',
  altersDynamicFields: true,
  helpText: 'Choose by name what starts the workflow, or fill in the ID of the type.',
};

const WORKFLOW: PlainInputField = {
  key: 'workflow_id',
  label: 'Workflow',
  type: 'string',
  required: true,
  dynamic: 'workflow_list.id.name',
  dependsOn: [WORKFLOW_TYPE],
  altersDynamicFields: true,
  helpText: 'Choose a workflow of the admin portal by name, or fill in its ID.',
};

/** The type and the id of the workflow that the owner chose. Throws an owner's error without them. */
function chosen({ inputData }: Bundle): { type: string; workflowId: string } {
  const filledIn = ({ key, label }: PlainInputField): string => {
    const value = text(inputData[key])?.trim() ?? '';
    if (value !== '' && isPathSegment(value)) return value;
    throw ownerError(
      `The field "${label}" is empty, or holds no ID. Choose one from its list: the other fields depend on it.`,
      WAITS_FOR_CHOICE,
    );
  };
  return { type: filledIn(TYPE), workflowId: filledIn(WORKFLOW) };
}

/** Rejects with an owner's error when the site has no such workflow of the type, or no longer. */
async function checkWorkflow(z: ZObject, bundle: Bundle): Promise<void> {
  const { type, workflowId } = chosen(bundle);
  const { entries, isCut } = await readList(z, bundle, 'ListWorkflows', { type }, workflowId);
  // The ID of a workflow after those that were read can be typed.
  if (isCut || entries.some(({ id }) => id === workflowId)) return;
  const name = await tellableName(bundle, `${workflowId} of the type ${type}`);
  throw ownerError(
    `Your DeskDirector site has no workflow ${name}, or no longer. So the Zap was not turned on. Choose another workflow, and turn the Zap on again.`,
    'WorkflowNotFound',
  );
}

/** Runs when a workflow runs that an administrator has drawn in DeskDirector. */
export default eventHook({
  key: 'workflow_triggered',
  noun: 'Workflow',
  label: 'Workflow Triggered',
  description:
    'Triggers when a workflow runs that an administrator made in the DeskDirector admin portal, such as one for a form. Needs the type and the workflow; your site decides what it gives, such as the ID of a form result.',
  operation: 'SubscribeToWorkflow',
  inputFields: [
    {
      key: 'test_note',
      type: 'copy',
      helpText:
        'What you see while testing this trigger is made up from the description of your site, because DeskDirector has no way to list real runs of a workflow. Its texts begin with "Example", and its IDs are 2000001001. In a test, a search finds a made-up result for such an ID, and an action does not send it.',
    },
    TYPE,
    WORKFLOW,
  ],
  parameters: async (_z, bundle) => chosen(bundle),
  check: checkWorkflow,
  makeBody: (_bundle, url, filters) => ({ url, parameters: filters }),
});
