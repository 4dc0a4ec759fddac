import { asObject, list } from '../../src/values.ts';

type Fields = Readonly<Record<string, unknown>>;

type StepKind = 'triggers' | 'searches' | 'creates';

/** A trigger, search or action of an app's definition. */
export interface Step {
  readonly kind: StepKind;
  readonly key: string;
  /** The place of the step in the definition, such as `triggers.new_chat_session`. */
  readonly name: string;
  readonly display: Fields;
  readonly operation: Fields;
}

/** The steps of an app's definition. */
export function stepsOf(app: unknown): Step[] {
  return (['triggers', 'searches', 'creates'] as const).flatMap((kind) =>
    Object.entries(asObject(asObject(app)[kind])).map(([key, step]) => ({
      kind,
      key,
      name: `${kind}.${key}`,
      display: asObject(asObject(step).display),
      operation: asObject(asObject(step).operation),
    })),
  );
}

/**
 * An app as data, with the output fields that its own functions make. The functions get no
 * connection, so that a site describes no further fields. All other functions are left out.
 */
export async function definitionOf(app: object): Promise<object> {
  const definition = JSON.parse(JSON.stringify(app));
  const z = { console: { warn: () => undefined } };
  const bundle = { inputData: {}, authData: {} };
  for (const { kind, key, operation } of stepsOf(app)) {
    const { outputFields } = operation;
    if (!Array.isArray(outputFields)) continue;
    const made = outputFields.map((field) =>
      typeof field === 'function' ? field(z, bundle) : field,
    );
    definition[kind][key].operation.outputFields = (await Promise.all(made)).flat();
  }
  return definition;
}

/**
 * What existing Zaps rely on: each published key of an app with its type, such as
 * `triggers.new_chat_session input company_ids` → `integer list, optional`. Leaves out the fields
 * that a site describes.
 */
export function publishedInterface(app: unknown): Record<string, string> {
  const { type, fields } = asObject(asObject(app).authentication);
  return Object.fromEntries([
    ['authentication', String(type)],
    ...inputs('authentication', fields),
    ...stepsOf(app).flatMap(({ name, display, operation }) => [
      [name, [display.hidden === true ? 'hidden' : 'visible', operation.type].join(' ').trim()],
      ...inputs(name, operation.inputFields),
      ...flat(operation.outputFields).map(([key, field]) => [
        `${name} output ${key}`,
        typeOf(field) + (field.primary === true ? ', primary' : ''),
      ]),
    ]),
    ...Object.entries(asObject(asObject(app).searchOrCreates)).map(([key, pair]) => {
      const { search, create } = asObject(pair);
      return [`searchOrCreates.${key}`, `${search}, ${create}`];
    }),
  ]);
}

function inputs(name: string, fields: unknown): [string, string][] {
  return flat(fields).map(([key, field]) => [
    `${name} input ${key}`,
    `${typeOf(field)}, ${field.required === true ? 'required' : 'optional'}`,
  ]);
}

/** The fields with their keys. A field of line items has a key such as `participants[]id`. */
function flat(fields: unknown, parent = ''): [string, Fields][] {
  return list(fields, asObject).flatMap((field) => [
    [`${parent}${field.key}`, field],
    ...flat(field.children, `${field.key}[]`),
  ]);
}

function typeOf({ type = 'string', list, children }: Fields): string {
  if (children !== undefined) return 'line items';
  return list === true ? `${type} list` : String(type);
}
