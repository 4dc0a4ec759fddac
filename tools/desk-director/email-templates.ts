import { html } from 'hono/html';
import { text } from '../../src/values.ts';
import { request, text as textField } from './schemas/objects.ts';

/*
 * The templates for e-mails. They are fictional: DeskDirector publishes only that a site lists and
 * describes them (DeskDirector: connector API).
 */

const firstName = { ...textField('First name'), minLength: 1 };

export const emailTemplates = [
  {
    id: 'welcome',
    name: 'Welcome',
    subject: 'Welcome to {company}, {firstName}',
    html: '<h1>Hello {firstName}</h1><p>Your first day at {company} is {startsOn}.</p>',
    fields: request(['firstName', 'company', 'startsOn'], {
      firstName,
      company: textField('Company'),
      startsOn: textField('Starts on'),
    }),
  },
  {
    id: 'chat-follow-up',
    name: 'Sorry That We Missed You',
    subject: 'Your chat, {firstName}',
    html: '<p>Sorry that nobody answered, {firstName}.</p><p>{message}</p>',
    fields: request(['firstName'], {
      firstName,
      message: { ...textField('Message'), format: 'multiline' },
    }),
  },
  {
    id: 'office-closed',
    name: 'The Office Is Closed',
    subject: 'The office is closed',
    html: '<p>We answer on Monday.</p>',
    fields: request([], {}),
  },
];

/** The e-mail of a template, the type `CreateEmailFromTemplateResponse`. It is not sent. */
export function emailOf(
  template: { subject: string; html: string },
  fields: Readonly<Record<string, unknown>>,
) {
  const fill = (part: string, write: (value: string) => string) =>
    part.replace(/\{(\w+)\}/g, (_, name: string) => write(text(fields[name]) ?? ''));
  return {
    subject: fill(template.subject, (value) => value),
    html: fill(template.html, (value) => String(html`${value}`)),
  };
}
