/** Begins the note in a form whose fields can't be shown. */
export const NO_FIELDS = "The fields of your DeskDirector site can't be shown:";

/** The code of the error of a list or a form that waits for a choice of its owner. Nothing failed. */
export const WAITS_FOR_CHOICE = 'WaitsForChoice';

/** Begins the warning for a result whose description can't be read. */
export const NO_RESULT = "The site's description of the result can't be read:";
