import { chat } from '../sandbox/desk-director/schemas/chat.ts';
import { ACTIONS } from '../src/deskdirector/operations.ts';
import { wordsIn } from '../src/values.ts';

/** Words that a company can have in its name, and that many names of properties and events have. */
const USUAL =
  'id is it in on at to by of no the and com desk director help portal service support new updated ' +
  'status changed event group data name title type email phone address number date time text value ' +
  'list first last priority source board summary details site user form field message';

/** The words of published names, and usual ones. They are nobody's. */
const PUBLISHED = new Set(
  wordsIn(`${JSON.stringify(chat)} ${ACTIONS.join(' ')} ${USUAL}`).map((word) =>
    word.toLowerCase(),
  ),
);

/** The words of a name: at capitals, at digits, and at punctuation. */
const WORD = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|[\p{Lo}\p{Lm}]+/gu;

/** The names that an identifier of a program has, without numbers that may be somebody's. */
const IDENTIFIER = /^(?!.*\d{5})[$@_a-z][\w$@.-]{0,63}$/i;
/** The ids and names that a kind of event has. */
const TITLE = /^[\w$@.:~/ -]{1,80}$/;

/** A known word with as many letters is found inside a longer word, too. */
const LONG = 4;

export type Names = ReturnType<typeof createNames>;

/**
 * Decides which names of a site can be shown and saved. The name of a property or of an event is kept
 * when it looks like one. Words that are known to be somebody's become `x`. A name that looks like no
 * name becomes a placeholder. The same name always becomes the same, and two names never do.
 */
export function createNames() {
  const known = new Set<string>();
  const replaced = new Map<string, string>();

  function isKnown(word: string): boolean {
    if (PUBLISHED.has(word)) return false;
    return [...known].some((one) => one === word || (one.length >= LONG && word.includes(one)));
  }

  function safe(name: string, shape: RegExp): string {
    const wordless = name.replace(WORD, (word) => (isKnown(word.toLowerCase()) ? 'x' : word));
    const isName = name === '' || shape.test(name);
    if (isName && wordless === name) return name;
    const count = replaced.size + 1;
    const isTaken = [...replaced.values()].includes(wordless);
    const made = !isName ? `property${count}` : isTaken ? `${wordless}${count}` : wordless;
    const safeName = replaced.get(name) ?? made;
    replaced.set(name, safeName);
    return safeName;
  }

  return {
    /** Learns the words of a name, such as that of a person, a company or the host of the site. */
    learn(name: string): void {
      const words = [...(name.match(WORD) ?? []), ...wordsIn(name), name.replace(/[^\p{L}]/gu, '')];
      for (const word of words.map((one) => one.toLowerCase())) {
        if (word.length > 1 && !PUBLISHED.has(word)) known.add(word);
      }
    },

    /** The name of a property of an object, or a placeholder. */
    property: (name: string): string => safe(name, IDENTIFIER),

    /** The id or the name of a kind of event, or a placeholder. */
    event: (name: string): string => safe(name, TITLE),

    /** How many names were replaced. */
    get replaced(): number {
      return replaced.size;
    },
  };
}
