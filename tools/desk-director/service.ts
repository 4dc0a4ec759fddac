import type { SchemaObject } from 'ajv';
import { newEmployeeForm, problemForm, somethingElseForm } from './schemas/ticket.ts';

/*
 * The lists of the service desk. DeskDirector publishes that there are such lists; their entries are
 * fictional.
 */

/** An entry of a list. */
export interface Named {
  readonly id: number;
  readonly name: string;
}

export interface Board extends Named {
  /** A new ticket has the first status. */
  readonly statuses: readonly [Named, ...Named[]];
}

/** Each request type has a board for its tickets and a form of its own. */
export interface RequestType extends Named {
  readonly board: Board;
  readonly form: SchemaObject;
}

const serviceDesk: Board = {
  id: 21,
  name: 'Service Desk',
  statuses: [
    { id: 211, name: 'New' },
    { id: 212, name: 'In Progress' },
    { id: 213, name: 'Waiting for the Customer' },
    { id: 214, name: 'Closed' },
  ],
};

const projects: Board = {
  id: 22,
  name: 'Projects',
  statuses: [
    { id: 221, name: 'Planned' },
    { id: 222, name: 'Under Way' },
    { id: 223, name: 'Done' },
  ],
};

export const boards = [serviceDesk, projects];

/** A ticket with the last status of its board is closed. */
export function isClosed(statusId: unknown): boolean {
  return boards.some(({ statuses }) => statuses.at(-1)?.id === statusId);
}

export const priorities: readonly Named[] = [
  { id: 31, name: 'Urgent' },
  { id: 32, name: 'Normal' },
  { id: 33, name: 'Low' },
];

export const sources: readonly Named[] = [
  { id: 41, name: 'Chat' },
  { id: 42, name: 'Email' },
  { id: 43, name: 'Phone' },
];

export const requestTypes: readonly RequestType[] = [
  { id: 11, name: 'Report a Problem', board: serviceDesk, form: problemForm },
  { id: 12, name: 'Set Up a New Employee', board: projects, form: newEmployeeForm },
];

/** All request types, with the one for what fits no other type. */
export const requestTypesWithSomethingElse: readonly RequestType[] = [
  ...requestTypes,
  { id: 0, name: 'Something Else', board: serviceDesk, form: somethingElseForm },
];
