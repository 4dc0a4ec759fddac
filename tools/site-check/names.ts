import { publishedIds } from '../../src/deskdirector/operations.ts';
import { wordsIn } from '../../src/values.ts';
import { chat } from '../desk-director/schemas/chat.ts';

/** Words that a company can have in its name, and that many names of properties and events have. */
const USUAL =
  'id is it in on at to by of no the and a an for from with or any all other something else com desk ' +
  'director help portal service support new updated status changed event group data name title type ' +
  'email phone address number date time text value first last priority source board summary site ' +
  'user form field conversation change created deleted added removed started start begins ended end ' +
  'opened open closed close completed complete handled assigned joined left sent received accepted ' +
  'declined missed agent client customer technician url link web app my our your api account team ' +
  'available department channel estimate annual validation';

/** Letters that have no form without an accent. */
const LETTERS: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', æ: 'a', œ: 'o', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' },
};

/**
 * A word for a comparison: in small letters, without accents, and with one spelling of what some
 * languages spell in two ways, such as `ü` and `ue`.
 */
const folded = (word: string): string =>
  word
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{ASCII}]/gu, (letter) => LETTERS[letter] ?? letter)
    .replace(/([aou])e|a(?=a)/g, '$1');

/** A word in small letters, and as it is compared with another spelling. */
const formsOf = (word: string): string[] => [word.toLowerCase(), folded(word)];

/** The words of published names, and usual ones. They are nobody's. */
const PUBLISHED = new Set(
  wordsIn(`${JSON.stringify(chat)} ${publishedIds().join(' ')} ${USUAL}`).map(folded),
);
/** A word that is made of published words. */
const ONLY_PUBLISHED = new RegExp(`^(?:${[...PUBLISHED].join('|')})*$`);

/** The words of a name: at capitals, at digits, and at punctuation. */
const WORD = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|[\p{Lo}\p{Lm}]+/gu;

/**
 * The names that an identifier of a program has, with less than five digits: more may be somebody's
 * number, also in groups. A host and an e-mail address have a dot or an `@` inside.
 */
const IDENTIFIER = /^(?!(?:.*\d){5})@?(?:odata\.)?[$_a-z][\w$-]{0,63}$/i;
/** The ids and names that a kind of event has. */
const TITLE = /^(?!(?:.*\d){5})[\w$.:~/ -]{1,80}$/;

/** A known word with as many letters is found inside every longer word, too. */
const LONG = 3;
/** A known word with as many letters is found in several words, too, as in `plant_well`. */
const VERY_LONG = 6;

export type Names = ReturnType<typeof createNames>;

/**
 * Decides which names of a site can be shown and saved. The name of a property is kept when it looks
 * like one, and words in it that are known to be somebody's become `x`. Of the id and the name of an
 * event only published and usual words are kept. A name that looks like no name, or that holds the
 * secret, becomes a placeholder. The same name always becomes the same, and two names never do.
 *
 * @param secret the key of the site
 */
export function createNames(secret = '') {
  const known = new Set<string>();

  function isKnown(word: string): boolean {
    if (PUBLISHED.has(folded(word))) return false;
    const holds = (form: string, one: string) =>
      form.includes(one) && (one.length >= LONG || ONLY_PUBLISHED.test(form.replace(one, '')));
    return [...known].some((one) => formsOf(word).some((form) => holds(form, one)));
  }

  /** Whether somebody's name is spread over several words. */
  function isSpread(name: string): boolean {
    const letters = folded(name).replace(/[^a-z]/g, '');
    return [...known].some(
      (one) => one.length >= VERY_LONG && letters.includes(one) && !ONLY_PUBLISHED.test(one),
    );
  }

  const isSecret = (name: string) =>
    secret !== '' && name.toLowerCase().includes(secret.toLowerCase());

  function replacements(kind: string, shape: RegExp, isErased: (word: string) => boolean) {
    const given = new Map<string, string>();
    /** The names, by what was given for them. */
    const owners = new Map<string, string>();
    return {
      given,
      safe(name: string): string {
        const before = given.get(name);
        // A name that was kept may be known to be somebody's by now.
        if (before !== undefined && before !== name) return before;
        const erased = name.replace(WORD, (word) => (isErased(word) ? 'x' : word));
        const isName = name === '' || (shape.test(name) && !isSecret(name) && !isSpread(erased));
        const made = isName ? erased : `${kind}${given.size + 1}`;
        let safeName = made;
        for (let n = owners.size + 1; (owners.get(safeName) ?? name) !== name; n++) {
          safeName = `${made}${n}`;
        }
        given.set(name, safeName);
        owners.set(safeName, name);
        return safeName;
      },
    };
  }

  const properties = replacements('property', IDENTIFIER, isKnown);
  // A single letter names nobody.
  const events = replacements(
    'event',
    TITLE,
    (word) => word.length > 1 && !PUBLISHED.has(folded(word)),
  );

  return {
    /** Learns the words of names, such as those of people and companies, and the host of the site. */
    learn(all: readonly string[]): void {
      const words = all
        .map((name) => name.normalize('NFC'))
        .flatMap((name) => [
          ...(name.match(WORD) ?? []),
          ...wordsIn(name),
          name.replace(/[^\p{L}]/gu, ''),
        ]);
      for (const word of words.flatMap(formsOf)) {
        if (word.length > 1 && !PUBLISHED.has(folded(word))) known.add(word);
      }
    },

    /** The name of a property of an object, or a placeholder. */
    property: properties.safe,

    /** The id or the name of a kind of event, or a placeholder. */
    event: events.safe,

    /** How many names were replaced. */
    get replaced(): number {
      const all = [...properties.given, ...events.given];
      return all.filter(([name, safeName]) => name !== safeName).length;
    },
  };
}
