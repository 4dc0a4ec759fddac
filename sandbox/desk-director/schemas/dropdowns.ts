type List = 'ListCompanies' | 'ListMembers';

/**
 * DeskDirector names the list that a value is chosen from in two ways, both in one schema. The sandbox
 * also uses each way alone (DeskDirector: connector API, on the event of a chat workflow).
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
