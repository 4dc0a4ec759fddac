import MarkdownIt from 'markdown-it';
import { asObject } from '../../src/values.ts';
import {
  authenticationOf,
  fieldsIn,
  type Members,
  type Step,
  stepsOf,
  textsIn,
  visibleSteps,
} from './definition.ts';

/*
 * Zapier's checks of a definition, as far as they can be made offline. Each returns words for
 * whatever breaks its rule, none when all is well.
 * Source: https://docs.zapier.com/platform/publish/integration-checks-reference
 */

const SECRET = /api_?key|token|secret|password/i;

/** There is no call that lists chat sessions: see the README. */
const CAN_NOT_BE_LISTED = ['session_id'];

/** All input fields of all steps, children included. */
function inputsOf(definition: unknown): { where: string; field: Members }[] {
  return stepsOf(definition).flatMap(({ name, operation }) =>
    fieldsIn(operation.inputFields).map((field) => ({ where: `${name}: ${field.key}`, field })),
  );
}

/** D001: what is secret belongs into the connection. */
export function secretInputs(definition: unknown): string[] {
  return inputsOf(definition)
    .filter(({ field }) => SECRET.test(String(field.key)) || field.type === 'password')
    .map(({ where }) => `${where} asks for a secret`);
}

/** D002: the help text of a connection's field says where its value is found. */
export function unlinkedAuthFields(definition: unknown): string[] {
  return fieldsIn(authenticationOf(definition).fields)
    .filter(({ helpText }) => !/\[[^\]]+\]\(https:[^)]+\)/.test(String(helpText)))
    .map(({ key }) => `${key} does not link to where it is found`);
}

/** D003: a connection's label tells it from others, and shows no secret. */
export function badConnectionLabel(definition: unknown): string[] {
  const { connectionLabel } = authenticationOf(definition);
  const label = String(connectionLabel);
  return [
    ...(/\{\{.+\}\}/.test(label) ? [] : [`"${label}" is the same for all connections`]),
    ...(SECRET.test(label) ? [`"${label}" shows a secret`] : []),
  ];
}

/** D004: whoever has to fill in an id can choose it. */
export function idsWithoutDropdown(definition: unknown): string[] {
  return inputsOf(definition)
    .filter(({ field }) => /(?:^|_)ids?$|Ids?$/.test(String(field.key)))
    .filter(({ field }) => field.dynamic === undefined && field.choices === undefined)
    .filter(({ field }) => !CAN_NOT_BE_LISTED.includes(String(field.key)))
    .map(({ where }) => `${where} has no dropdown`);
}

/** D005: a dropdown is filled by a trigger that exists. */
export function brokenDropdowns(definition: unknown): string[] {
  const triggers = asObject(asObject(definition).triggers);
  return inputsOf(definition)
    .filter(({ field }) => field.dynamic !== undefined)
    .filter(({ field }) => !(String(field.dynamic).split('.', 1).join() in triggers))
    .map(
      ({ where, field }) => `${where} has its values from ${field.dynamic}, which does not exist`,
    );
}

function hooks(steps: readonly Step[]): Step[] {
  return steps.filter(({ operation }) => operation.type === 'hook');
}

/** D006: a hook has records for the editor's test. */
export function hooksWithoutList(definition: unknown): string[] {
  return hooks(visibleSteps(definition))
    .filter(({ operation }) => operation.performList === undefined)
    .map(({ name }) => `${name} has no performList`);
}

/** D007. */
export function insecureUrls(definition: unknown): string[] {
  return textsIn(definition)
    .filter(({ text }) => /\bhttp:\/\//i.test(text))
    .map(({ where }) => `${where} has a URL without TLS`);
}

const markdown = new MarkdownIt();

/** D008: what looks like a link is one, or stands in backticks. */
export function brokenLinks(definition: unknown): string[] {
  return textsIn(definition)
    .filter(({ where }) => /\.(?:description|helpText)$/.test(where))
    .filter(({ text }) => /https?:|www\.|\]\s*\(/i.test(plainText(text)))
    .map(({ where }) => `${where} has a link that is not written as [text](url)`);
}

/** What remains of markdown when links and code are taken out. */
function plainText(text: string): string {
  let links = 0;
  let plain = '';
  for (const token of markdown.parseInline(text, {}).flatMap(({ children }) => children ?? [])) {
    if (token.type === 'link_open') links += 1;
    if (token.type === 'link_close') links -= 1;
    if (token.type.startsWith('text') && links === 0) plain += token.content;
  }
  return plain;
}

/** D009. */
export function searchesWithoutField(definition: unknown): string[] {
  return stepsOf(definition)
    .filter(({ kind }) => kind === 'searches')
    .filter(({ operation: { inputFields } }) => !Array.isArray(inputFields) || !inputFields.length)
    .map(({ name }) => `${name} has no field to search by`);
}

/** D011: a help text says more than the label. */
export function redundantHelp(definition: unknown): string[] {
  const letters = (text: unknown) =>
    String(text)
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]/gu, '');
  return [
    ...inputsOf(definition),
    ...fieldsIn(authenticationOf(definition).fields).map((field) => ({
      where: `authentication: ${field.key}`,
      field,
    })),
  ]
    .filter(({ field }) => letters(field.helpText) === letters(field.label))
    .map(({ where }) => `${where} has a help text that repeats its label`);
}

/** D012: there is something to map when a test brings nothing. */
export function stepsWithoutSample(definition: unknown): string[] {
  return visibleSteps(definition)
    .filter(({ operation }) => Object.keys(asObject(operation.sample)).length === 0)
    .map(({ name }) => `${name} has no sample`);
}

/** D017: nobody has to copy the address of a hook. */
export function staticHooks(definition: unknown): string[] {
  return hooks(stepsOf(definition))
    .filter(({ operation }) => !(operation.performSubscribe && operation.performUnsubscribe))
    .map(({ name }) => `${name} can't be subscribed and unsubscribed`);
}

const SMALL_WORDS = /^(?:an?|and|as|at|but|by|en|for|if|in|of|on|or|the|to|via|vs)$/i;

/** D018. */
export function labelsNotInTitleCase(definition: unknown): string[] {
  return visibleSteps(definition)
    .map(({ name, label }) => ({ name, label, wanted: titleCase(label) }))
    .filter(({ label, wanted }) => label !== wanted)
    .map(({ name, label, wanted }) => `${name} is labelled "${label}" in place of "${wanted}"`);
}

function titleCase(label: string): string {
  return label
    .split(' ')
    .map((word, index, { length }) =>
      SMALL_WORDS.test(word) && index > 0 && index < length - 1
        ? word.toLowerCase()
        : word.charAt(0).toUpperCase() + word.slice(1),
    )
    .join(' ');
}

/** D021. */
export function badTriggerDescriptions(definition: unknown): string[] {
  return visibleSteps(definition)
    .filter(({ kind }) => kind === 'triggers')
    .filter(({ description }) => !/^Triggers when .*\.$/.test(description))
    .map(({ name }) => `${name} is not described as "Triggers when …."`);
}

/** D022: templates for Zaps can fill in something. */
export function createsWithoutStaticField(definition: unknown): string[] {
  return stepsOf(definition)
    .filter(({ kind }) => kind === 'creates')
    .filter(({ operation }) => fieldsIn(operation.inputFields).length === 0)
    .map(({ name }) => `${name} has no static input field`);
}

/** D025: no URI that runs code. Browsers pass over control characters in the scheme. */
export function dangerousUris(definition: unknown): string[] {
  return textsIn(definition)
    .filter(({ text }) =>
      /\b(?:javascript|vbscript):|\bdata:[\w/+-]*[;,]/i.test(text.replace(/\p{Cc}/gu, '')),
    )
    .map(({ where }) => `${where} has a dangerous URI`);
}

/** D027, as far as one can tell offline: newer ones may have been published since. */
export function outdatedPlatform(definition: unknown, installed: string): string[] {
  const { platformVersion } = asObject(definition);
  return platformVersion === installed
    ? []
    : [`The definition is for platform ${platformVersion}, but ${installed} is installed`];
}

/** D028: the app gets blank input as it is. */
export function cleanedInput(definition: unknown): string[] {
  const isOn = asObject(asObject(definition).flags).cleanInputData !== false;
  return [
    ...(isOn ? ['The app does not set the flag cleanInputData to false'] : []),
    ...stepsOf(definition)
      .filter(({ operation }) => operation.cleanInputData === true)
      .map(({ name }) => `${name} has blank input removed`),
  ];
}
