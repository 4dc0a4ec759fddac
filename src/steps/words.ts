/** Begins the note in a form whose fields can't be shown. */
export const NO_FIELDS = "The fields of your DeskDirector site can't be shown:";

/** Begins the warning for a result whose description can't be read. */
export const NO_RESULT = "The site's description of the result can't be read:";
