/*
 * A schema names the list of choices for a value in two ways. DeskDirector uses both ways together;
 * the sandbox also uses each alone (DeskDirector: connector API, on the event of a chat workflow).
 */

export function dynamicValues(operationId: string, parameters = {}) {
  return {
    'x-ms-dynamic-values': {
      operationId,
      'value-path': 'id',
      'value-title': 'name',
      'value-collection': 'results',
      parameters,
    },
  };
}

export function dynamicList(operationId: string, parameters = {}) {
  return {
    'x-ms-dynamic-list': {
      operationId,
      parameters,
      itemsPath: 'results',
      itemTitlePath: 'name',
      itemValuePath: 'id',
    },
  };
}

/** An id to choose from a list, by default an int32. Named in both ways. */
export function chosenFrom(
  operationId: string,
  title: string,
  type: object = { type: 'integer', format: 'int32' },
) {
  return { ...type, title, ...dynamicValues(operationId), ...dynamicList(operationId) };
}
