import type { Company, Person } from './session.ts';

/** Every id carries the name of the site it belongs to, in front of the first tilde. */
const instance = 'sandbox';

/** The fictional customers. */
export const companies = {
  fernwhistle: company(3101, 'Fernwhistle Florists', 'FernwhistleFlorists'),
  oddsworth: company(3102, 'Oddsworth & Oddsworth Clockmakers', 'OddsworthClocks'),
  marzipan: company(3103, 'Marzipan Lighthouse Tours', 'MarzipanTours'),
};

/** The fictional people at the customers, who ask for help. */
export const contacts = {
  quilla: contact(501, 'Quilla Fernwhistle', companies.fernwhistle),
  bramble: contact(502, 'Bramble Oddsworth', companies.oddsworth),
  tansy: contact(503, 'Tansy Oddsworth', companies.oddsworth),
  zephyrine: contact(504, 'Zephyrine Lanternjaw', companies.marzipan),
};

/** The fictional technicians, who give it. */
export const members = {
  sprocket: member(71, 'Sprocket Wrenchley'),
  pixel: member(72, 'Pixel Debugsworth'),
  modema: member(73, 'Modema Patchpanel'),
};

/** Whether somebody is a technician (DeskDirector: chat session payload, on `userId`). */
export function isMember(user: Person): boolean {
  return user.userId.split('~')[1] === 'm';
}

function company(entityId: number, name: string, identifier: string): Company {
  return { entityId, name, identifier };
}

function contact(entityId: number, name: string, company: Company): Person {
  return { entityId, name, userId: `${instance}~c~${entityId}`, company };
}

/** A member has no `company`, whatever the interface says: the documented example shows none. */
function member(entityId: number, name: string): Person {
  return { entityId, name, userId: `${instance}~m~${entityId}` };
}
