// @ts-check

/*
 * The parts of the page that need no server: it searches fields, copies keys, maps fields, adds rows,
 * and keeps the focus. The server renders everything else.
 */

/** @param {EventTarget | null} target @param {string} selector */
const closest = (target, selector) => (target instanceof Element ? target.closest(selector) : null);

document.addEventListener('click', (event) => {
  const copy = closest(event.target, '[data-copy]');
  if (copy instanceof HTMLElement) copyText(copy);
  const openMapping = closest(event.target, '[data-open-mapping]');
  if (openMapping) openMappingFor(openMapping.previousElementSibling);
  const map = closest(event.target, '[data-map]');
  if (map instanceof HTMLElement) mapField(map.dataset);
  const addRow = closest(event.target, '[data-add-row]');
  if (addRow) addEmptyRow(addRow);
});

/** @param {HTMLElement} button */
async function copyText(button) {
  const { copy = '' } = button.dataset;
  try {
    await navigator.clipboard.writeText(copy);
    button.classList.add('is-copied');
    setTimeout(() => button.classList.remove('is-copied'), 1200);
    say(`Copied ${copy}`);
  } catch {
    showError(`The browser does not allow copying. Copy it by hand: ${copy}`);
  }
}

/** The control into which the next field is mapped. @type {Element | null} */
let mappedInto = null;

/** Shows the fields of the earlier steps. @param {Element | null} control */
function openMappingFor(control) {
  mappedInto = control;
  const isText = control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement;
  // Nobody has placed the cursor yet.
  if (isText && !visited.has(control))
    control.setSelectionRange(control.value.length, control.value.length);
  const dialog = document.getElementById('mapping');
  if (!(dialog instanceof HTMLDialogElement)) return;
  dialog.showModal();
  document.getElementById('mappable')?.dispatchEvent(new Event('mapping'));
}

/**
 * Maps a field into the control: at the cursor of a text, or as a choice.
 *
 * @param {DOMStringMap} field the field in double braces, and its label
 */
function mapField({ map = '', label = '' }) {
  const dialog = document.getElementById('mapping');
  if (dialog instanceof HTMLDialogElement) dialog.close();
  const control = mappedInto;
  if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement) {
    const from = control.selectionStart ?? control.value.length;
    const isAfterWord = /\S$/.test(control.value.slice(0, from));
    const end = control.selectionEnd ?? from;
    control.setRangeText(isAfterWord ? ` ${map}` : map, from, end, 'end');
    control.focus();
  } else if (control instanceof HTMLSelectElement) {
    control.add(new Option(label, map, false, true));
    control.focus();
  } else if (control instanceof HTMLElement) {
    addChoice(control, map, label);
  }
  for (const type of ['input', 'change']) {
    control?.dispatchEvent(new Event(type, { bubbles: true }));
  }
  say(`Mapped ${label}`);
}

// The next dialog loads its fields anew. The event does not bubble.
document.addEventListener('close', () => document.getElementById('mappable')?.replaceChildren(), {
  capture: true,
});

/** Adds a checked choice. @param {HTMLElement} choices @param {string} value @param {string} label */
function addChoice(choices, value, label) {
  const choice = document.createElement('label');
  choice.className = 'choice';
  const box = document.createElement('input');
  Object.assign(box, { type: 'checkbox', name: choices.dataset.name, value, checked: true });
  choice.append(box, ` ${label}`);
  choices.append(choice);
  box.focus();
}

let addedRows = 0;

/** Adds a copy of the last row, which is empty. @param {Element} button */
function addEmptyRow(button) {
  const last = button.previousElementSibling;
  const row = last?.cloneNode(true);
  if (!(last instanceof Element) || !(row instanceof Element)) return;
  addedRows += 1;
  for (const name of ['id', 'for', 'aria-describedby', 'aria-labelledby']) {
    for (const element of row.querySelectorAll(`[${name}]`)) {
      const ids = element.getAttribute(name)?.split(' ') ?? [];
      element.setAttribute(name, ids.map((id) => `${id}-added-${addedRows}`).join(' '));
    }
  }
  last.after(row);
  focusFirst(row);
}

/** @param {Element} within */
function focusFirst(within) {
  const first = within.querySelector(
    'input:not([type=hidden]), select, textarea, summary, button:enabled',
  );
  if (first instanceof HTMLElement) first.focus({ preventScroll: true });
}

document.addEventListener('input', (event) => {
  const search = closest(event.target, '[data-field-search]');
  if (search instanceof HTMLInputElement) searchFields(search);
});

/** Shows only the fields whose label, key or value has the text. @param {HTMLInputElement} search */
function searchFields(search) {
  const records = search.closest('[data-records]');
  if (records === null) return;
  const text = search.value.trim().toLowerCase();
  let found = 0;
  for (const field of records.querySelectorAll('dl > .field')) {
    if (field.parentElement?.closest('.field') === null) found += showFound(field, text);
  }
  const count = records.querySelector('[data-field-count]');
  if (count) count.textContent = text === '' ? '' : `${found} found`;
}

/**
 * Shows a field if it or an inner field contains the text. A field that contains the text shows all of
 * its inner fields. Returns how many fields contain the text.
 *
 * @param {Element} field @param {string} text @returns {number}
 */
function showFound(field, text) {
  if (!(field instanceof HTMLElement)) return 0;
  const inner = [...field.querySelectorAll('.field')];
  const value = inner.length > 0 ? '' : field.querySelector('.value')?.textContent;
  const isFound = `${field.dataset.field} ${value}`.toLowerCase().includes(text);
  const foundWithin = inner.reduce((sum, one) => sum + showFound(one, isFound ? '' : text), 0);
  field.hidden = !isFound && foundWithin === 0;
  return inner.length > 0 ? foundWithin : Number(isFound);
}

/** Makes a screen reader say a message. @param {string} message */
function say(message) {
  const status = document.getElementById('said');
  if (status) status.textContent = message;
}

/** Shows an error; an empty message removes it. @param {string} message */
function showError(message) {
  const oops = document.getElementById('oops');
  if (oops && oops.textContent !== message) oops.textContent = message;
}

/** The element that last had the focus, and its ancestors. @type {Element[]} */
let focused = [];

/** The elements that have had the focus. @type {WeakSet<EventTarget>} */
const visited = new WeakSet();

document.addEventListener('focusin', ({ target }) => {
  if (target) visited.add(target);
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
  const open = document.querySelector('#zap [aria-expanded="true"]');
  if (focused.some(({ id }) => id === 'zap') && open instanceof HTMLElement) {
    open.focus({ preventScroll: true });
    return;
  }
  const [place] = focused.flatMap(({ id }) => (id && document.getElementById(id)) || []);
  if (place) focusFirst(place);
}

const openStep = () => document.querySelector('.zap-step.is-current');

let shownStep = openStep()?.id;

/** Goes to the step that was opened in this page. */
function followStep() {
  const step = openStep();
  if (step === null || step.id === shownStep) return;
  shownStep = step.id;
  if (!focused.some(({ id }) => id === 'zap')) return;
  const panel = step.querySelector('[aria-expanded="true"]');
  if (panel instanceof HTMLElement) panel.focus({ preventScroll: true });
  const { top } = step.getBoundingClientRect();
  if (top < 0 || top > innerHeight / 2) step.scrollIntoView();
}

/** The controls typed into since the Zap's form was last sent. @type {WeakSet<Element>} */
let typedInto = new WeakSet();

document.addEventListener('input', (event) => {
  const control = closest(event.target, '#zap :is(textarea, input:not([type=checkbox]))');
  if (control) typedInto.add(control);
});

document.addEventListener('htmx:before:request', ({ target }) => {
  if (closest(target, '#zap')) typedInto = new WeakSet();
});

// An answer to an earlier request does not overwrite what was typed since.
htmx.registerExtension('keep-typed', {
  /** @param {Element} control */
  htmx_before_morph_node: (control) => !typedInto.has(control),
});

// When "Continue" finds missing values, opens their groups and focuses the first one.
document.addEventListener('htmx:finally:request', () => {
  const button = document.activeElement;
  const missing = button?.closest('#zap form')?.querySelectorAll('.is-missing') ?? [];
  const [first] = missing;
  if (!first || !(button instanceof HTMLButtonElement)) return;
  for (const field of missing) field.closest('details')?.setAttribute('open', '');
  focusFirst(first);
});

document.addEventListener('htmx:after:swap', () => {
  keepFocus();
  followStep();
  // Searches the fields that were loaded since, too.
  for (const search of document.querySelectorAll('[data-field-search]')) {
    if (search instanceof HTMLInputElement && search.value !== '') searchFields(search);
  }
});

const LOST = 'The editor does not answer. Check that it still runs in its terminal.';

for (const lost of ['htmx:error', 'htmx:sse:error', 'htmx:sse:close']) {
  document.addEventListener(lost, () => showError(LOST));
}
const isLost = () => document.getElementById('oops')?.textContent === LOST;
document.addEventListener('htmx:after:request', () => {
  if (isLost()) showError('');
});
// An editor that answers again may be another one, with another Zap.
document.addEventListener('htmx:sse:after:message', () => {
  if (isLost()) location.reload();
});
