/** Begins the note in a form whose fields can't be shown. */
export const NO_FIELDS = "The fields of your DeskDirector site can't be shown:";

const MADE_UP_ID =
  "holds a made-up ID: it belongs to the made-up chat of the trigger's test, or to a step whose test was skipped.";

/** Why an action does not send a made-up ID, after the label of its field. */
export const MADE_UP_ID_SENT = `${MADE_UP_ID} Nothing was sent, since your site has no such thing. For a test, put a real ID in its place, leave the field empty if it is optional, or skip the test. Map the field again before you turn the Zap on.`;

/** What is wrong with a made-up ID in a search outside a test, after the label of its field. */
export const MADE_UP_ID_IN_RUN = `${MADE_UP_ID} Your site has no such thing. The ID was filled in as a fixed value, so it is the same in every run. Map the field again.`;
/** The code of the error of a list or a form that waits for a choice of its owner. Nothing failed. */
export const WAITS_FOR_CHOICE = 'WaitsForChoice';

/** Begins the warning for a result whose description can't be read. */
export const NO_RESULT = "The site's description of the result can't be read:";
