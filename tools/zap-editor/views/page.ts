import type { Workbench } from '../workbench.ts';
import { deskDirectorSection } from './desk-director.ts';
import { developersSection } from './developers.ts';
import { historyView } from './history.ts';
import { type Html, html } from './html.ts';
import { mappingDialog } from './mapping.ts';
import { zapSection } from './zap.ts';

/** htmx keeps each `open` attribute as the user set it, and adds no styles. */
const HTMX_CONFIG = JSON.stringify({
  // The steps of an app have their own time limits.
  defaultTimeout: 0,
  includeIndicatorCSS: false,
  history: false,
  morphIgnore: ['data-htmx-powered', 'open'],
});

/** @param instance tells one start of the editor from another */
export function page(workbench: Workbench, example: string, instance: string): Html {
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
<body hx-sync:inherited="drop">
  <a class="skip" href="#zap">Skip to the Zap</a>
  <header class="top">
    <img src="/assets/icon.svg" alt="" width="36" height="36">
    <div>
      <h1>DeskDirector in the Zap editor</h1>
      <p>Build a Zap, then be its customer. All of it happens on this computer.</p>
    </div>
    <nav aria-label="Parts of the page">
      <a href="#zap">Zap</a> <a href="#desk-director">Customer</a> <a href="#history">Runs</a>
    </nav>
  </header>
  <div class="progress" role="progressbar" aria-label="Working"></div>
  <p id="said" class="visually-hidden" role="status"></p>
  <p id="oops" class="notice is-bad" role="alert"></p>
  <p id="gone" class="notice" role="status" hidden>The editor was started anew in its terminal. Your former Zap,
    its chats and its history are gone.</p>
  <main>
    ${zapSection(workbench)}
    ${deskDirectorSection(workbench)}
    <section id="history" aria-labelledby="history-title">
      <h2 id="history-title">Zap history</h2>
      <div id="history-view" hx-target:inherited="#history-view" hx-swap:inherited="innerMorph">
        ${historyView(workbench)}
      </div>
    </section>
    <section id="more" aria-label="More">
      ${developersSection(workbench, example)}
      <button type="button" class="quiet" command="show-modal" commandfor="reset">Start over…</button>
    </section>
  </main>
  ${mappingDialog}
  <dialog id="reset" aria-labelledby="reset-title">
    <h2 id="reset-title">Start over?</h2>
    <p>The Zap that you are building, the Zaps that are on, all chats, tickets and notifications, and the
      history will be gone.</p>
    <form method="dialog" class="buttons">
      <button class="primary" autofocus>Keep everything</button>
      <button type="button" class="quiet" hx-post="/reset" hx-swap="none">Start over</button>
    </form>
  </dialog>
  <span id="instance" hidden>${instance}</span>
  <div id="live" hx-sse:connect="/live" hx-swap="none" hx-target="this"
    hx-config='{"sse":{"pauseOnBackground":false}}'></div>
</body>
</html>`;
}
