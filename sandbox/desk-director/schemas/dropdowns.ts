type List = 'ListCompanies' | 'ListMembers';

/**
 * A schema names the list of choices for a value in two ways. DeskDirector uses both ways together; the
 * sandbox also uses each alone (DeskDirector: connector API, on the event of a chat workflow).
 */
export function dynamicValues(operationId: List) {
  return {
    'x-ms-dynamic-values': {
      operationId,
      'value-path': 'id',
      'value-title': 'name',
      'value-collection': 'results',
      parameters: {},
    },
  };
}

export function dynamicList(operationId: List) {
  return {
    'x-ms-dynamic-list': {
      operationId,
      parameters: {},
      itemsPath: 'results',
      itemTitlePath: 'name',
      itemValuePath: 'id',
    },
  };
}
