import type { InputField, InputFieldGroup } from '../../zap-runner/app-definition.ts';
import { isFilledIn } from '../form-data.ts';
import { type Html, html, when } from './html.ts';
import { type FormState, inputFields, isWrong } from './input-fields.ts';

/** The fields of a form in Zapier's order: first the fields without a group, then group by group. */
export function groupedFields(
  fields: readonly InputField[],
  groups: readonly InputFieldGroup[],
  state: FormState,
): Html {
  const keys = groups.map(({ key }) => key);
  const fieldsIn = (key: string) => fields.filter(({ group }) => group === key);
  return html`${inputFields(
    fields.filter(({ group }) => group === null || !keys.includes(group)),
    state,
  )}
  ${groups.map((group) => fieldGroup(group, fieldsIn(group.key), state))}`;
}

function fieldGroup(group: InputFieldGroup, fields: readonly InputField[], state: FormState): Html {
  const { key, label, isCollapsed } = group;
  if (fields.length === 0) return html``;
  const id = `group-${key}`;
  if (isCollapsed) {
    const isOpen = fields.some((field) => isWrong(field, state) || isFilledIn(field, state.input));
    return html`<details class="field-group" id="${id}" ${when(isOpen, () => html`open`)}>
      <summary><h5>${label || 'More fields'}</h5></summary>
      ${inputFields(fields, state)}
    </details>`;
  }
  return html`<div class="field-group" id="${id}"
    ${when(label, () => html`role="group" aria-labelledby="${id}-label"`)}>
    ${when(label, (text) => html`<h5 id="${id}-label">${text}</h5>`)}
    ${inputFields(fields, state)}
  </div>`;
}
