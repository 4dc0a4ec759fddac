import { rowsIn, textsOf } from './form-data.ts';
import type { StepDraft } from './step-draft.ts';

/** The values of a step in the words of its form, such as `New Statuses: Abandoned`. */
export function settingsOf({ fields, input, dropdowns }: StepDraft): string {
  const parts = fields.flatMap(({ key, label, choices, dynamic }) => {
    const loaded = dropdowns.get(dynamic ?? '');
    const offered = choices ?? (loaded && 'found' in loaded ? loaded.found : []);
    const rows = rowsIn(input[key]).flatMap((row) => Object.values(row));
    const values = [...textsOf(input[key]), ...rows].map((value) => {
      const name = offered.find((choice) => choice.value === value)?.label;
      return name === undefined ? value : choices === null ? `${name} (${value})` : name;
    });
    return values.length === 0 ? [] : `${label}: ${values.join(', ')}`;
  });
  return parts.join(' · ') || 'All';
}
