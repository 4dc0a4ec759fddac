import type { Company, Person } from './session.ts';

/** The name of the site. Every user id starts with it. */
const instance = 'sandbox';

/** Fictional customers. */
export const companies = {
  fernwhistle: company(3101, 'Fernwhistle Florists', 'FernwhistleFlorists'),
  oddsworth: company(3102, 'Oddsworth & Oddsworth Clockmakers', 'OddsworthClocks'),
  marzipan: company(3103, 'Marzipan Lighthouse Tours', 'MarzipanTours'),
};

/** Fictional people who work for the customers. */
export const contacts = {
  quilla: contact(501, 'Quilla Fernwhistle', companies.fernwhistle),
  bramble: contact(502, 'Bramble Oddsworth', companies.oddsworth),
  tansy: contact(503, 'Tansy Oddsworth', companies.oddsworth),
  zephyrine: contact(504, 'Zephyrine Lanternjaw', companies.marzipan),
};

/** Fictional technicians. */
export const members = {
  sprocket: member(71, 'Sprocket Wrenchley'),
  pixel: member(72, 'Pixel Debugsworth'),
  modema: member(73, 'Modema Patchpanel'),
};

/** Whether a user is a technician (DeskDirector: chat session payload, on `userId`). */
export function isMember({ userId }: { userId?: unknown }): boolean {
  return String(userId).split('~')[1] === 'm';
}

function company(entityId: number, name: string, identifier: string): Company {
  return { entityId, name, identifier };
}

export function contact(entityId: number, name: string, company: Company | null): Person {
  const person = { entityId, name, userId: `${instance}~c~${entityId}` };
  return company ? { ...person, company } : person;
}

/** Without a `company`, as in the documented example, although the documented interface has one. */
function member(entityId: number, name: string): Person {
  return { entityId, name, userId: `${instance}~m~${entityId}` };
}
