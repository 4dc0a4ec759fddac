import type { EditorState } from '../routes/state.ts';
import { deskDirectorSection } from './desk-director.ts';
import { runDetail, runList } from './history.ts';
import { type Html, html } from './html.ts';
import { mappingSection } from './mapping.ts';
import { zapSection } from './zap.ts';

/** What htmx is to do otherwise: `open` is the reader's own, and styles come from the style sheet. */
const HTMX_CONFIG = JSON.stringify({
  includeIndicatorCSS: false,
  history: false,
  morphIgnore: ['data-htmx-powered', 'open'],
});

/** The whole page. */
export function page(state: EditorState, example: string): Html {
  const workbench = state.workbench();
  const shown = state.shownRun();
  return html`<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <meta name="htmx-config" content="${HTMX_CONFIG}">
  <title>DeskDirector in the Zap editor</title>
  <link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
  <link rel="stylesheet" href="/assets/editor.css">
  <script src="/assets/htmx.js" defer></script>
  <script src="/assets/editor.js" defer></script>
</head>
<body>
  <a class="skip" href="#zap">Skip to the Zap</a>
  <header class="top">
    <img src="/assets/icon.svg" alt="" width="36" height="36">
    <div>
      <h1>DeskDirector in the Zap editor</h1>
      <p>The integration as it is built now, with a DeskDirector and a Zapier on this computer alone.</p>
    </div>
    <nav aria-label="Parts of the page">
      <a href="#zap">Zap</a> <a href="#desk-director">DeskDirector</a> <a href="#history">History</a>
    </nav>
    <form hx-post="/reset" hx-disable="find button"><button class="quiet">Reset</button></form>
  </header>
  <div class="progress" role="progressbar" aria-label="Working"></div>
  <p id="said" class="visually-hidden" role="status"></p>
  <p id="oops" class="notice is-bad" role="alert" hidden></p>
  <main>
    ${zapSection(workbench)}
    ${deskDirectorSection(workbench, example)}
    <section id="history" aria-labelledby="history-title">
      <h2 id="history-title">Zap history</h2>
      <div class="history">
        <div id="runs">${runList(workbench.history, shown)}</div>
        <div id="run" class="card">${runDetail(shown)}</div>
      </div>
    </section>
    ${mappingSection(state.template, state.preview())}
  </main>
  <div hx-sse:connect="/live" hx-swap="none" hx-target="this"></div>
</body>
</html>`;
}
