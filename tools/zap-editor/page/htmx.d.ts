/** The page loads htmx before its own script. */
declare const htmx: import('htmx.org').Htmx;
