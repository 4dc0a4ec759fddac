type Schema = Readonly<Record<string, unknown>>;

/**
 * The type of the values that a schema describes. Knows the keywords of the schemas of this project;
 * what it does not know is `unknown`.
 *
 * @template All the schema whose `definitions` the references name
 */
export type ValueOf<One, All = One> = One extends { $ref: `#/definitions/${infer Name}` }
  ? ValueOf<Definition<All, Name>, All>
  : One extends { allOf: readonly [infer Only] }
    ? ValueOf<Only, All>
    : One extends { enum: readonly (infer Value)[] }
      ? Value
      : One extends { type: 'string' }
        ? string
        : One extends { type: 'integer' | 'number' }
          ? number
          : One extends { type: 'array'; items: infer Item }
            ? ValueOf<Item, All>[]
            : One extends { type: 'object'; properties: infer Properties extends Schema }
              ? ObjectOf<Properties, One, All>
              : One extends { type: 'object' }
                ? Record<string, unknown>
                : unknown;

type Definition<All, Name extends string> = All extends { definitions: Record<Name, infer Found> }
  ? Found
  : unknown;

type ObjectOf<Properties, One, All> = {
  -readonly [Name in keyof Properties & Required<One>]: ValueOf<Properties[Name], All>;
} & {
  -readonly [Name in Exclude<keyof Properties, Required<One>>]?: ValueOf<Properties[Name], All>;
};

type Required<One> = One extends { required: readonly (infer Name)[] } ? Name : never;
