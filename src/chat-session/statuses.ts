/** The published statuses of a chat: the API's word, the portals' word, and what it means. */
const STATUSES = [
  { status: 'created', name: 'Waiting', meaning: 'nobody has joined yet' },
  { status: 'handled', name: 'Handled', meaning: 'a technician joined' },
  { status: 'missed', name: 'Abandoned', meaning: 'the customer left before anybody joined' },
  { status: 'completed', name: 'Completed', meaning: 'a technician closed the chat' },
  { status: 'callback', name: 'Callback', meaning: 'the customer asked to be called back' },
].map(({ meaning, ...status }) => ({ ...status, label: `${status.name}: ${meaning}` }));

/** What the portals call a status; a status that nobody published as it came. Case is ignored. */
export function statusName(status: string | null): string | null {
  const word = status?.toLowerCase();
  return STATUSES.find((published) => published.status === word)?.name ?? status;
}

/** These statuses, each with the label of its choice in a filter. */
export function statusChoices(offered: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    STATUSES.filter(({ status }) => offered.includes(status)).map(({ status, label }) => [
      status,
      label,
    ]),
  );
}

/**
 * The API's word for a published status, given by its word in the API, its word in the portals or its
 * label, in any case; null for anything else.
 */
export function publishedStatus(written: unknown): string | null {
  const word = typeof written === 'string' ? written.toLowerCase() : null;
  const published = STATUSES.find((status) =>
    Object.values(status).some((one) => one.toLowerCase() === word),
  );
  return published?.status ?? null;
}
