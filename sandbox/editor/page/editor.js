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
  await navigator.clipboard.writeText(button.dataset.copy ?? '');
  button.classList.add('is-copied');
  setTimeout(() => button.classList.remove('is-copied'), 1200);
  say(`Copied ${button.dataset.copy}`);
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

/** @param {Element} button */
function addEmptyRow(button) {
  const last = button.previousElementSibling;
  const row = last?.cloneNode(true);
  if (!(last instanceof Element) || !(row instanceof Element)) return;
  const count = document.querySelectorAll('[data-row]').length;
  for (const element of row.querySelectorAll('[id]')) element.id += `-${count}`;
  for (const label of row.querySelectorAll('label')) label.htmlFor += `-${count}`;
  for (const input of row.querySelectorAll('input, select, textarea')) {
    if ('value' in input) input.value = '';
  }
  last.after(row);
  const first = row.querySelector('input, select, textarea');
  if (first instanceof HTMLElement) first.focus();
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
  for (const field of records.querySelectorAll('[data-field]')) {
    if (!(field instanceof HTMLElement)) continue;
    // A field of line items stays with what is found in it.
    const isFound = field.textContent.toLowerCase().includes(words);
    field.hidden = !isFound;
    if (isFound) found += 1;
  }
  const count = records.querySelector('[data-field-count]');
  if (count) count.textContent = words === '' ? '' : `${found} found`;
}

/** Has a screen reader say it. @param {string} words */
function say(words) {
  const status = document.getElementById('said');
  if (status) status.textContent = words;
}

// What had the focus may be gone with what it led to: then the part that is open now gets it.
document.addEventListener('htmx:after:swap', () => {
  if (document.activeElement !== document.body) return;
  const open = document.querySelector('#zap [aria-expanded="true"]');
  if (open instanceof HTMLElement) open.focus();
});

document.addEventListener('htmx:error', () => {
  const oops = document.getElementById('oops');
  if (oops === null) return;
  oops.textContent = 'The editor does not answer. Is it still running in its terminal?';
  oops.hidden = false;
});
