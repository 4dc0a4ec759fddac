// @ts-check

/*
 * The parts of the page that need no server: it shows what was opened, keeps what is typed, maps fields,
 * searches, and keeps the focus. The server renders everything else.
 */

/** @param {EventTarget | null} target @param {string} selector */
const closest = (target, selector) => {
  const found = target instanceof Element ? target.closest(selector) : null;
  return found instanceof HTMLElement ? found : null;
};

/** @param {string} id */
const byId = (id) => document.getElementById(id);

/** @param {ParentNode} parent @param {string} selector */
const within = (parent, selector) => {
  const found = parent.querySelector(selector);
  return found instanceof HTMLElement ? found : null;
};

document.addEventListener('click', ({ target }) => {
  const openMapping = closest(target, '[data-open-mapping]');
  if (openMapping) openMappingFor(openMapping);
  const map = closest(target, '[data-map]:is(button)');
  if (map) mapField(map.dataset);
  const removePill = closest(target, '[data-remove-pill]');
  if (removePill) takeOut(removePill);
  // A label does not focus a text with pills by itself.
  const label = closest(target, 'label');
  if (label instanceof HTMLLabelElement && !label.control) byId(label.htmlFor)?.focus();
});

/* Showing what was opened */

/** The id of what the server wants to be shown. */
let awaited = '';

/** When it is shown for good. It may not be there yet, or grow when its news arrive. */
let shownAt = 0;

document.addEventListener('reveal', (event) => {
  awaited = event instanceof CustomEvent ? event.detail.id : '';
  shownAt = Date.now() + 1500;
  showAwaited();
});

function showAwaited() {
  const element = byId(awaited);
  if (!element) return;
  show(element);
  remember();
}

// Whoever does something else is not called back.
for (const type of ['pointerdown', 'keydown', 'wheel', 'touchmove']) {
  addEventListener(type, () => (awaited = ''), { capture: true, passive: true });
}

/** Scrolls to an element, and focuses it, or else its first control. @param {HTMLElement} element */
function show(element) {
  for (let at = closest(element, 'details'); at; at = closest(at.parentElement, 'details'))
    at.setAttribute('open', '');
  element.focus({ preventScroll: true });
  if (document.activeElement !== element) focusFirst(element);
  const frame = closest(element, '[data-frame]') ?? element;
  const isTall = frame.getBoundingClientRect().height > innerHeight - 40;
  if (isTall) element.scrollIntoView();
  else frame.scrollIntoView({ block: 'nearest' });
}

/** @param {Element} element */
function focusFirst(element) {
  const first = within(
    element,
    ':is(input:not([type=hidden]), select, textarea, summary, button, [role=textbox]):enabled, summary, [role=textbox]',
  );
  first?.focus({ preventScroll: true });
}

/** The place in the Zap: the open step and its panel. */
function place() {
  const step = within(document.body, '.zap-step.is-current')?.dataset.step ?? '';
  const panel = within(document.body, '#zap [aria-expanded=true]')?.id.replace('open-', '') ?? '';
  return { step, panel };
}

/** Adds the place to the history of the browser, so that "Back" leads to the one before. */
function remember() {
  const { step, panel } = place();
  if (history.state?.step !== step || history.state.panel !== panel) {
    history.pushState({ step, panel }, '');
  }
}

addEventListener('popstate', ({ state }) => {
  if (!state?.step) return;
  save();
  const url = `/zap/steps/${place().step}/open/${state.step}/${state.panel}`;
  htmx.ajax('POST', url, { source: '#zap', target: '#zap', swap: 'outerMorph' });
});
history.replaceState(place(), '');

/* Mapping */

/** Where the next field is mapped into: a text, a dropdown or choices. @type {HTMLElement | null} */
let mappedInto = null;

/** The place in a text at which the user was last. @type {Range | null} */
let caret = null;

document.addEventListener('selectionchange', () => {
  const selection = getSelection();
  if (selection?.rangeCount && closest(selection.anchorNode?.parentElement ?? null, '.mappable')) {
    caret = selection.getRangeAt(0).cloneRange();
  }
});

/** Shows the fields of the earlier steps. @param {HTMLElement} button */
function openMappingFor(button) {
  const dialog = byId('mapping');
  if (!(dialog instanceof HTMLDialogElement) || !button.parentElement) return;
  mappedInto = within(button.parentElement, '.textbox, .dropdown, .choices');
  const into = byId('mapping-into');
  if (into) into.textContent = button.dataset.openMapping ?? '';
  dialog.showModal();
  byId('mappable')?.dispatchEvent(new Event('mapping'));
}

// The next dialog loads its fields anew. The event does not bubble.
document.addEventListener(
  'close',
  () => {
    byId('mappable')?.replaceChildren();
    const search = document.querySelector('#mapping [type=search]');
    if (search instanceof HTMLInputElement) search.value = '';
  },
  { capture: true },
);

/** Maps a field: at the cursor of a text, or as the value of a choice. @param {DOMStringMap} field */
function mapField({ map = '', name = '', value = '' }) {
  const dialog = byId('mapping');
  if (dialog instanceof HTMLDialogElement) dialog.close();
  const template = byId('pill');
  if (!(template instanceof HTMLTemplateElement)) return;
  const pill = template.content.firstElementChild?.cloneNode(true);
  if (!mappedInto || !(pill instanceof HTMLElement)) return;
  pill.dataset.map = map;
  pill.firstChild?.replaceWith(
    Object.assign(document.createElement('span'), {
      className: 'pill-name',
      textContent: value ? `${name} · ${value}` : name,
    }),
  );
  pill.querySelector('button')?.setAttribute('aria-label', `Remove ${name}`);
  if (mappedInto.matches('.textbox')) insertAtCaret(mappedInto, pill);
  else choose(mappedInto, pill, map);
  changed(mappedInto);
  say(`Mapped ${name}`);
}

/** @param {HTMLElement} box @param {HTMLElement} pill */
function insertAtCaret(box, pill) {
  const range = document.createRange();
  if (caret && box.contains(caret.startContainer))
    range.setStart(caret.startContainer, caret.startOffset);
  else range.setStart(box, box.childNodes.length);
  const before = document.createRange();
  before.setStart(box, 0);
  before.setEnd(range.startContainer, range.startOffset);
  range.insertNode(pill);
  if (/\S$/.test(before.toString())) pill.before(' ');
  box.focus();
  getSelection()?.collapse(pill.parentNode, [...box.childNodes].indexOf(pill) + 1);
}

/** Puts a pill in the place of a dropdown, or among choices. @param {HTMLElement} control @param {HTMLElement} pill @param {string} value */
function choose(control, pill, value) {
  const select = control.querySelector('select');
  for (const former of select ? control.querySelectorAll('.pill') : []) former.remove();
  const name = control.dataset.name ?? '';
  pill.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
  control.append(pill);
  if (select) Object.assign(select, { disabled: true, hidden: true });
  pill.querySelector('button')?.focus();
}

/** Removes a pill. @param {HTMLElement} button */
function takeOut(button) {
  const control = closest(button, '.textbox, .dropdown, .choices');
  closest(button, '.pill')?.remove();
  if (!control) return;
  const select = control.querySelector('select');
  if (select) Object.assign(select, { disabled: false, hidden: false, value: '' });
  if (control.matches('.textbox')) control.focus();
  else focusFirst(control);
  changed(control);
}

/** Tells about a change that the page itself made. @param {HTMLElement} control */
function changed(control) {
  for (const type of ['input', 'change']) control.dispatchEvent(new Event(type, { bubbles: true }));
}

/** The value of a text: a mapped field for each pill. @param {Node} box @returns {string} */
const textOf = (box) =>
  [...box.childNodes]
    .map((node) => {
      if (node instanceof HTMLBRElement) return '\n';
      return (node instanceof HTMLElement && node.dataset.map) || (node.textContent ?? '');
    })
    .join('')
    .replace(/\n$/, '');

document.addEventListener('input', ({ target }) => {
  const box = closest(target, '.textbox');
  const value = box?.nextElementSibling;
  if (box && value instanceof HTMLInputElement) value.value = textOf(box);
});

// The page reads a paste as text. Enter in a text of one line goes on, as in an input.
document.addEventListener('keydown', (event) => {
  const { target, key } = event;
  const box = closest(target, '.textbox');
  if (key !== 'Enter') return;
  if (box && box === target && !box.matches('.is-long')) {
    event.preventDefault();
    box.closest('form')?.requestSubmit();
  }
  const search = closest(target, '[type=search]');
  if (!search) return;
  event.preventDefault();
  takeOnly(search);
});

/* Searching */

document.addEventListener('input', ({ target }) => {
  if (target instanceof HTMLInputElement && target.type === 'search') searchFor(target);
});

const SEARCHED = '.field:not(.items), .choice, option:not([value=""])';

/** What a search is for: fields with label and value, or choices. @param {Element} search */
const searched = (search) => [
  ...(search.closest('[data-records]')?.querySelectorAll(SEARCHED) ?? []),
];

/** Shows only what has the text. @param {HTMLInputElement} search */
function searchFor(search) {
  const text = search.value.trim().toLowerCase();
  let found = 0;
  for (const field of searched(search)) {
    const isFound = (field.textContent ?? '').toLowerCase().includes(text);
    field.toggleAttribute('hidden', !isFound);
    found += Number(isFound);
  }
  const select = closest(search, '.dropdown')?.querySelector('select');
  if (select) select.size = text === '' ? 0 : Math.max(2, Math.min(8, found + 1));
  say(text === '' ? '' : `${found} found`);
}

/** Takes the only field or choice that was found. @param {Element} search */
function takeOnly(search) {
  const [only, another] = searched(search).filter((one) => !one.hasAttribute('hidden'));
  if (!only || another) return;
  const [control, select] = [only.querySelector('button') ?? only, only.closest('select')];
  if (select && only instanceof HTMLOptionElement) {
    select.value = only.value;
    changed(select);
  } else if (control instanceof HTMLElement) control.click();
}

// A choice ends the search.
document.addEventListener('change', ({ target }) => {
  const search = closest(target, '.dropdown')?.querySelector('[type=search]');
  if (!(search instanceof HTMLInputElement) || !closest(target, 'select')) return;
  search.value = '';
  searchFor(search);
  closest(target, 'select')?.focus();
});

/** Makes a screen reader say a message. @param {string} message */
function say(message) {
  const status = byId('said');
  if (status) status.textContent = message;
}

/** Shows an error; an empty message removes it. @param {string} message */
function showError(message) {
  const oops = byId('oops');
  if (oops && oops.textContent !== message) oops.textContent = message;
}

/* Keeping what is typed */

/** The controls typed into since the Zap's form was last sent. @type {WeakSet<Element>} */
let typedInto = new WeakSet();

/** The form of the Zap with something that was not sent yet. @type {HTMLFormElement | null} */
let unsaved = null;

let edits = 0;

/**
 * The names of the controls with something that the server may not have yet, and their last edits. All
 * else in a form may be older than what was typed into another page. @type {Map<string, number>}
 */
const typedNames = new Map();

/** Tells the server what was typed. @param {URLSearchParams | FormData} body */
function addTyped(body) {
  for (const name of ['', ...typedNames.keys()]) body.append('typed:', name);
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

document.addEventListener('input', ({ target }) => {
  const control = closest(
    target,
    '#zap form :is(textarea, select, input, .textbox, .dropdown, .choices)',
  );
  const form = control?.closest('form');
  if (!control || !form?.dataset.keep) return;
  if (control.matches('textarea, .textbox, input:not([type=checkbox])')) typedInto.add(control);
  if (control.matches('.textbox') && control.nextElementSibling)
    typedInto.add(control.nextElementSibling);
  edits += 1;
  typedNames.set(control.getAttribute('name') ?? control.dataset.name ?? '', edits);
  unsaved = form;
  clearTimeout(timer);
  timer = setTimeout(save, 300);
});

/** Sends what is typed. The answer to it changes nothing that is on the page. */
function save() {
  const url = unsaved?.dataset.keep;
  if (!unsaved || !url) return;
  const body = new URLSearchParams(
    [...new FormData(unsaved)].map(([name, value]) => [name, String(value)]),
  );
  // A password stays in the page.
  for (const control of unsaved.querySelectorAll('input[type=password]')) {
    body.delete(control.getAttribute('name') ?? '');
  }
  addTyped(body);
  unsaved = null;
  clearTimeout(timer);
  sessionStorage.setItem('unsaved', JSON.stringify({ url, body: String(body) }));
  const sent = edits;
  fetch(url, { method: 'POST', body, keepalive: true })
    .then(() => {
      sessionStorage.removeItem('unsaved');
      for (const [name, edit] of typedNames) if (edit <= sent) typedNames.delete(name);
    })
    .catch(() => undefined);
}

/**
 * The requests under way whose answers will show the Zap. htmx marks what waits with a class, but the answer
 * to one request removes the class from what waits for another.
 * @type {Set<import('htmx.org').HtmxRequestCtx>}
 */
const waiting = new Set();

/** @param {Event} event @returns {import('htmx.org').HtmxRequestCtx | null} */
const contextOf = (event) => (event instanceof CustomEvent ? event.detail.ctx : null);

// A second click on a button that waits for its answer does nothing.
document.addEventListener('htmx:config:request', (event) => {
  const isSecond = [...waiting].some(
    ({ sourceElement }) =>
      sourceElement === event.target && sourceElement.matches('#zap :not([data-alters])'),
  );
  if (isSecond) event.preventDefault();
  const body = contextOf(event)?.request.body;
  if (body instanceof FormData && closest(event.target, '#zap')) addTyped(body);
});

document.addEventListener('htmx:before:request', (event) => {
  save();
  const context = contextOf(event);
  if (context && context.target === byId('zap')) waiting.add(context);
  if (closest(event.target, '#zap')) typedInto = new WeakSet();
  if (closest(event.target, '[data-alters]')) say('Loading the fields that depend on this one');
});

/**
 * The Zap as the live connection brought it while this page waited for an answer. Shown at once, it would
 * overtake the answer: the next panel would be there, and only later get the focus.
 */
let heldZap = '';

document.addEventListener('htmx:before:swap', (event) => {
  // Another page may have opened another step, whose panel now takes the place of this form.
  save();
  for (const task of event instanceof CustomEvent ? event.detail.tasks : []) {
    const zap = within(task.fragment, '#zap');
    if (!zap) continue;
    const isAheadOfAnswer = event.target === byId('live') && waiting.size > 0;
    if (isAheadOfAnswer) heldZap = zap.outerHTML;
    // A state that was overtaken by a later one changes nothing.
    if (isAheadOfAnswer || versionOf(zap) < versionOf(byId('zap'))) task.target = null;
  }
});

/** @param {HTMLElement | null} zap */
const versionOf = (zap) => Number(zap?.dataset.version);

document.addEventListener('htmx:finally:request', (event) => {
  const context = contextOf(event);
  if (context) waiting.delete(context);
  const [zap, text] = [byId('zap'), heldZap];
  if (!zap || text === '' || waiting.size > 0) return;
  heldZap = '';
  htmx.swap({ sourceElement: zap, target: zap, swap: 'outerMorph', text });
});

htmx.registerExtension('keep-typed', {
  // An answer to an earlier request does not overwrite what was typed since.
  /** @param {Element} control */
  htmx_before_morph_node: (control) => !typedInto.has(control),
});

/** Whether the editor was started anew, so that nothing of this page is left. */
let isGone = false;

/** The controls outside of the Zap that keep their text on reload. */
const OTHERS = ':is(#starts, #cards) :is(input:not([type=hidden]), select)[id]';

addEventListener('pagehide', () => {
  if (isGone) return;
  save();
  const others = [...document.querySelectorAll(OTHERS)].map((one) => [
    one.id,
    one instanceof HTMLInputElement || one instanceof HTMLSelectElement ? one.value : '',
  ]);
  sessionStorage.setItem('others', JSON.stringify(others));
});

/** Brings back what the page before a reload had. */
function restore() {
  byId('gone')?.toggleAttribute('hidden', sessionStorage.getItem('gone') === null);
  const { url, body } = JSON.parse(sessionStorage.getItem('unsaved') ?? '{}');
  if (url) sendAgain(url, new URLSearchParams(body));
  for (const [id, value] of JSON.parse(sessionStorage.getItem('others') ?? '[]')) {
    const control = byId(id);
    if (control instanceof HTMLInputElement || control instanceof HTMLSelectElement)
      control.value = value;
  }
  sessionStorage.clear();
}
restore();

/** Sends what the page before a reload may not have sent. @param {string} url @param {URLSearchParams} body */
async function sendAgain(url, body) {
  const answer = await fetch(url, { method: 'POST', body });
  const zap = byId('zap');
  if (zap)
    htmx.swap({ sourceElement: zap, target: zap, swap: 'outerMorph', text: await answer.text() });
}

/* Keeping the focus */

/** The element that last had the focus, and its ancestors. @type {Element[]} */
let focused = [];

document.addEventListener('focusin', ({ target }) => {
  focused = [];
  for (let at = target instanceof Element ? target : null; at; at = at.parentElement)
    focused.push(at);
});

// After a click elsewhere, the focus does not come back.
document.addEventListener('pointerdown', () => {
  focused = [];
});

/** After an update has removed the focused element, focuses what replaced it. */
function keepFocus() {
  if (document.activeElement !== document.body) return;
  const open = within(document.body, '#zap [aria-expanded="true"]');
  if (focused.some(({ id }) => id === 'zap') && open) return show(open);
  const [kept] = focused.flatMap(({ id }) => (id && byId(id)) || []);
  if (!kept) return;
  if (kept.tabIndex >= -1) kept.focus({ preventScroll: true });
  if (document.activeElement !== kept) focusFirst(kept);
}

document.addEventListener('htmx:after:swap', () => {
  if (Date.now() > shownAt) awaited = '';
  showAwaited();
  keepFocus();
  // What was loaded since is searched, too.
  for (const search of document.querySelectorAll('[type=search]')) {
    if (search instanceof HTMLInputElement && search.value !== '') searchFor(search);
  }
});

/* Losing the editor */

const LOST = 'The editor does not answer. Check that it still runs in its terminal.';

for (const lost of ['htmx:error', 'htmx:sse:error', 'htmx:sse:close']) {
  document.addEventListener(lost, () => showError(LOST));
}
for (const found of ['htmx:after:request', 'htmx:sse:after:message']) {
  document.addEventListener(found, () => {
    if (byId('oops')?.textContent === LOST) showError('');
  });
}

const instance = byId('instance')?.textContent;

document.addEventListener('htmx:sse:after:message', () => {
  if (byId('instance')?.textContent === instance) return;
  isGone = true;
  sessionStorage.clear();
  sessionStorage.setItem('gone', 'yes');
  location.reload();
});
