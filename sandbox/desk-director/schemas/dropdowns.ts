type List = 'ListCompanies' | 'ListMembers';

/**
 * The two ways in which DeskDirector names the list that a value is chosen from. It uses both side
 * by side; the sandbox also uses each alone (DeskDirector: connector API, on the event of a chat
 * workflow).
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
