import type { ZObject } from 'zapier-platform-core';
import { isObject, shortened } from '../values.ts';
import { warn } from './errors.ts';
import { HIDDEN, PART_LENGTH, secretFinder } from './secrets.ts';

/*
 * The boundary that each answer of a site passes. It takes out secrets, and what is nested so deeply
 * that a recursion over it would fail. The log names what was taken out.
 */

/** The most levels of lists and objects. The deepest form has fewer than half of them. */
const MOST_LEVELS = 100;
const LONGEST_PATH = 100;
const LONGEST_LIST = 700;
/** The log names no more parts than these. */
const MOST_PLACES = 20;

/** What happens to the parts of an answer that hold a secret. */
export interface Rule {
  /**
   * What takes the place of a text: `…` where people read it; null where it may be sent back to the site;
   * undefined in a schema, where null has a meaning.
   */
  readonly instead: typeof HIDDEN | null | undefined;
  /** Whether the value counts as a whole: it is left out when any part of it is taken out. */
  readonly isWhole?: boolean;
  /** Whether the value stays, whatever it holds. */
  readonly isKept?: boolean;
  /** The rule for the property with this name; without it, this rule. */
  readonly under?: (name: string) => Rule;
}

const SHOWN: Rule = { instead: HIDDEN };
const SENT_BACK: Rule = { instead: null };

/** The rule for a new subscription. Its token stays as it is, since Zapier keeps the token. */
export const SUBSCRIPTION: Rule = {
  instead: null,
  under: (name) => (name.toLowerCase() === 'token' ? KEPT : SUBSCRIPTION),
};
const KEPT: Rule = { instead: null, isKept: true };

/** The rule for data. IDs and tokens are sent back. */
const DATA: Rule = {
  instead: HIDDEN,
  under: (name) => (/(?:ids?|token)$/i.test(name) ? SENT_BACK : DATA),
};

/** The rule for a list. A dropdown may send each property of an entry back, except its name. */
export const LIST: Rule = {
  instead: null,
  under: (name) => (name.toLowerCase() === 'name' ? SHOWN : LIST),
};

/** The rule for a JSON Schema. */
export const SCHEMA: Rule = {
  instead: undefined,
  under: (name) => {
    if (/^(?:title|description|x-ms-summary|x-enum-?(?:var)?names)$/i.test(name)) return SHOWN;
    if (name === 'const' || name === 'default') return CONSTANT;
    return /^(?:properties|definitions|\$defs)$/.test(name) ? SCHEMAS : SCHEMA;
  },
};
const SCHEMAS: Rule = { instead: undefined, under: () => SCHEMA };
const CONSTANT: Rule = { instead: undefined, isWhole: true };

/** A part of an answer that was left out. */
export interface LeftOutPart {
  /** The names of the properties that lead to the part. */
  readonly path: readonly string[];
  readonly reason: string;
}

/** A part of an answer that was taken out. */
interface TakenPart extends LeftOutPart {
  /** Whether nothing stands in its place. Otherwise it became `…`. */
  readonly isGone: boolean;
}

const SECRET = 'it holds your API key or a token';
const DEEP = `it lies deeper than ${MOST_LEVELS} levels`;

/**
 * What the app passes on of an answer: the answer without secrets, and without the parts that lie too
 * deep. `leftOut` lists the parts that are gone. A text that became `…` is not among them. A secret
 * with fewer than eight characters is not searched for: ordinary words would hold it.
 */
export async function passOn(
  z: ZObject,
  answer: unknown,
  {
    site,
    secrets,
    rule = DATA,
  }: { site: string; secrets: readonly string[]; rule?: Rule | undefined },
): Promise<{ passed: unknown; leftOut: readonly LeftOutPart[] }> {
  const { texts, isDeep } = textsIn(answer);
  const long = secrets.filter((secret) => secret.length >= PART_LENGTH);
  const holdsSecret = await secretFinder(long);
  const secretTexts = new Set<string>();
  for await (const text of textsThat(holdsSecret, texts)) secretTexts.add(text);
  if (secretTexts.size === 0 && !isDeep) return { passed: answer, leftOut: [] };

  const { passed, taken } = withoutSecrets(answer, rule, secretTexts);
  const places = await Promise.all(
    taken.slice(0, MOST_PLACES).map(async ({ path, reason }) => {
      const place = shortened(path.join('.') || 'the whole answer', LONGEST_PATH);
      return `${(await holdsSecret(place)) ? HIDDEN : place} (${reason})`;
    }),
  );
  const list = shortened([...new Set(places)].join(', '), LONGEST_LIST);
  if (list !== '') warn(z, `Not passed on from an answer of ${site}: ${list}.`);
  return { passed, leftOut: taken.filter(({ isGone }) => isGone) };
}

/** An answer without these texts, as its rule says, and the parts that were taken out. */
function withoutSecrets(
  answer: unknown,
  rule: Rule,
  secretTexts: ReadonlySet<string>,
): { passed: unknown; taken: readonly TakenPart[] } {
  const taken: TakenPart[] = [];
  /** The names that lead to the current value. One list for all, since a list for each takes too long. */
  const path: string[] = [];
  return { passed: passedOn(answer, rule), taken };

  function passedOn(value: unknown, rule: Rule): unknown {
    if (rule.isKept) return value;
    if (typeof value === 'string') {
      return secretTexts.has(value) ? take(SECRET, rule.instead) : value;
    }
    if (typeof value !== 'object' || value === null) return value;
    if (path.length === MOST_LEVELS) return take(DEEP, undefined);
    const before = taken.length;
    const rest = Array.isArray(value)
      ? value.map((one: unknown, n) => within(`${n}`, () => passedOn(one, rule)))
      : Object.fromEntries(
          Object.entries(value).flatMap(([name, one]) => property(name, one, rule)),
        );
    return rule.isWhole && taken.length > before ? undefined : rest;
  }

  /** The entry of a property; none when its name holds a secret. */
  function property(name: string, value: unknown, rule: Rule): [string, unknown][] {
    if (!secretTexts.has(name)) {
      return [[name, within(name, () => passedOn(value, rule.under?.(name) ?? rule))]];
    }
    within(HIDDEN, () => take(SECRET, undefined));
    return [];
  }

  /** What a function returns while the path is one name longer. */
  function within<T>(name: string, pass: () => T): T {
    path.push(name);
    const passed = pass();
    path.pop();
    return passed;
  }

  /** Notes that the current value is taken out. Returns what takes its place. */
  function take(reason: string, instead: Rule['instead']): Rule['instead'] {
    taken.push({ path: [...path], reason, isGone: instead !== HIDDEN });
    return instead;
  }
}

/** All texts and names in a value. Tells whether anything lies too deep to be read. */
function textsIn(answer: unknown): { texts: string[]; isDeep: boolean } {
  const texts: string[] = [];
  const names = new Set<string>();
  let isDeep = false;
  read(answer, MOST_LEVELS);
  return { texts: [...texts, ...names], isDeep };

  function read(value: unknown, levels: number): void {
    if (typeof value === 'string') texts.push(value);
    if (typeof value !== 'object' || value === null) return;
    if (levels === 0) isDeep = true;
    else {
      if (isObject(value)) for (const name of Object.keys(value)) names.add(name);
      for (const one of Object.values(value)) read(one, levels - 1);
    }
  }
}

/** Large answers have many texts, so these are searched together, then in ever smaller groups. */
async function* textsThat(
  holdSecret: (text: string) => Promise<boolean>,
  texts: readonly string[],
): AsyncGenerator<string> {
  if (!(await holdSecret(texts.join('"')))) return;
  if (texts.length === 1) {
    yield* texts;
    return;
  }
  const size = Math.ceil(texts.length / 16);
  for (let n = 0; n < texts.length; n += size) {
    yield* textsThat(holdSecret, texts.slice(n, n + size));
  }
}
