// @ts-check

/*
 * What the page does by itself: it searches fields, copies keys, maps fields, adds rows, and keeps
 * the focus where somebody is at work. All else comes from the server.
 */

/** @param {EventTarget | null} target @param {string} selector */
const closest = (target, selector) => (target instanceof Element ? target.closest(selector) : null);

document.addEventListener('click', (event) => {
  const copy = closest(event.target, '[data-copy]');
  if (copy instanceof HTMLElement) copyText(copy);
  const map = closest(event.target, '[data-map]');
  if (map instanceof HTMLElement) insertField(map.dataset.map ?? '');
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
    complain(`The browser does not let the page copy. It is: ${copy}`);
  }
}

/** Puts a field into the text at the cursor. @param {string} pill */
function insertField(pill) {
  const text = document.getElementById('mapping-text');
  if (!(text instanceof HTMLTextAreaElement)) return;
  const isAfterWord = /\S$/.test(text.value.slice(0, text.selectionStart));
  const inserted = isAfterWord ? ` ${pill}` : pill;
  text.setRangeText(inserted, text.selectionStart, text.selectionEnd, 'end');
  text.dispatchEvent(new Event('input', { bubbles: true }));
  say(`Mapped ${pill}`);
}

let addedRows = 0;

/** Copies the last row, which nobody has filled in. @param {Element} button */
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

/** Shows only the fields whose label, key or value has the words. @param {HTMLInputElement} search */
function searchFields(search) {
  const records = search.closest('[data-records]');
  if (records === null) return;
  const words = search.value.trim().toLowerCase();
  let found = 0;
  for (const field of records.querySelectorAll('dl > .field')) {
    if (field.parentElement?.closest('.field') === null) found += showFound(field, words);
  }
  const count = records.querySelector('[data-field-count]');
  if (count) count.textContent = words === '' ? '' : `${found} found`;
}

/**
 * How many fields are found in a field; those within one that is found are all shown.
 *
 * @param {Element} field @param {string} words @returns {number}
 */
function showFound(field, words) {
  if (!(field instanceof HTMLElement)) return 0;
  const inner = [...field.querySelectorAll('.field')];
  const value = inner.length > 0 ? '' : field.querySelector('.value')?.textContent;
  const isFound = `${field.dataset.field} ${value}`.toLowerCase().includes(words);
  const foundWithin = inner.reduce((sum, one) => sum + showFound(one, isFound ? '' : words), 0);
  field.hidden = !isFound && foundWithin === 0;
  return inner.length > 0 ? foundWithin : Number(isFound);
}

/** Has a screen reader say it. @param {string} words */
function say(words) {
  const status = document.getElementById('said');
  if (status) status.textContent = words;
}

/** Tells what went wrong, or with no words that all is well again. @param {string} words */
function complain(words) {
  const oops = document.getElementById('oops');
  if (oops && oops.textContent !== words) oops.textContent = words;
}

/** What had the focus last, with all that it stands in. @type {Element[]} */
let focused = [];

document.addEventListener('focusin', ({ target }) => {
  focused = [];
  for (let at = target instanceof Element ? target : null; at; at = at.parentElement)
    focused.push(at);
});

// Whoever clicks elsewhere wants no focus back.
document.addEventListener('pointerdown', () => {
  focused = [];
});

/** Gives the focus to what took the place of what had it. */
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

/** What somebody typed into since the Zap's form was last sent. @type {WeakSet<Element>} */
let typedInto = new WeakSet();

document.addEventListener('input', (event) => {
  const control = closest(event.target, '#zap :is(textarea, input:not([type=checkbox]))');
  if (control) typedInto.add(control);
});

document.addEventListener('htmx:before:request', ({ target }) => {
  if (closest(target, '#zap')) typedInto = new WeakSet();
});

// An answer that was on its way meanwhile does not take back what was typed.
htmx.registerExtension('keep-typed', {
  /** @param {Element} control */
  htmx_before_morph_node: (control) => !typedInto.has(control),
});

// Whoever wanted to go on, and lacks something, is led there, be it in a group that is collapsed.
document.addEventListener('htmx:finally:request', () => {
  const button = document.activeElement;
  const missing = button?.closest('#zap form')?.querySelectorAll('.is-missing') ?? [];
  const [first] = missing;
  if (!first || !(button instanceof HTMLButtonElement)) return;
  for (const field of missing) field.closest('details')?.setAttribute('open', '');
  focusFirst(first);
});

let shownRecord = '';

/** Has a mapped text filled in anew, once another record is shown. */
function refillMapping() {
  const shown = document.querySelector('#run article')?.id ?? '';
  if (shown === shownRecord) return;
  shownRecord = shown;
  document.getElementById('mapping-text')?.dispatchEvent(new Event('record-shown'));
}

document.addEventListener('htmx:after:swap', () => {
  keepFocus();
  refillMapping();
  // What was fetched since is searched, too.
  for (const search of document.querySelectorAll('[data-field-search]')) {
    if (search instanceof HTMLInputElement && search.value !== '') searchFields(search);
  }
});

const LOST = 'The editor does not answer. Is it still running in its terminal?';

for (const lost of ['htmx:error', 'htmx:sse:error', 'htmx:sse:close']) {
  document.addEventListener(lost, () => complain(LOST));
}
for (const answered of ['htmx:after:request', 'htmx:sse:after:message']) {
  document.addEventListener(answered, () => {
    if (document.getElementById('oops')?.textContent === LOST) complain('');
  });
}
// After a reset, whatever is still shown is gone.
document.addEventListener('reload', () => location.reload());
