/** The values of a Zap, such as `statuses: missed, completed`. */
export function settingsOf(input: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(input).map(([key, value]) => `${key}: ${wordsFor(value)}`);
  return parts.join(' · ') || 'all chats';
}

function wordsFor(value: unknown): string {
  if (Array.isArray(value)) return value.map(wordsFor).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
