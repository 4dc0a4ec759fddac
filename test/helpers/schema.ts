/* Schemas as sites write them. */

export const string = { type: 'string' };
export const integer = { type: 'integer' };
export const int64 = { type: 'integer', format: 'int64' };
export const number = { type: 'number' };
export const boolean = { type: 'boolean' };
export const dateTime = { type: 'string', format: 'date-time' };
export const NULL = { type: 'null' };
export const HIDDEN = { 'x-ms-visibility': 'internal' };

export const object = <T extends object>(properties: T, more: object = {}) => ({
  type: 'object',
  properties,
  ...more,
});
/** An object of which all properties are required. */
export const required = (properties: object, more: object = {}) =>
  object(properties, { required: Object.keys(properties), ...more });
export const list = (items: unknown, more: object = {}) => ({ type: 'array', items, ...more });

/** The ID of an entry of a list of the API. */
export const fromList = (operationId: string, more: object = {}) => ({
  type: 'integer',
  'x-ms-dynamic-values': { operationId, ...more },
});
/** The ID of a status. A list of statuses is that of a board. */
export const status = (boardId: unknown) => fromList('ListStatuses', { parameters: { boardId } });
/** An object that the site describes as a type of its own. */
export const typed = (typeId: string, operationId = 'GetDynamicSchema') => ({
  type: 'object',
  'x-ms-dynamic-schema': { operationId, parameters: { typeId } },
});
