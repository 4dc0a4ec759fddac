import { asText } from '../../zap-runner/mapping.ts';

/** The values of a Zap, such as `statuses: missed, completed`. */
export function settingsOf(input: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(input).map(([key, value]) => {
    const values = Array.isArray(value) ? value : [value];
    return `${key}: ${values.map(asText).join(', ')}`;
  });
  return parts.join(' · ') || 'all chats';
}
