/** The facts about types that patches need; `schema/index.ts` has functions of exactly these shapes. */
export interface PatchSchema {
  typeOf(model: string):
    | {
        readonly fields: ReadonlyMap<string, { readonly ref?: string; readonly array: boolean; readonly map: boolean }>;
      }
    | undefined;
  mergeKey(
    model: string,
    field: string,
  ):
    | {
        readonly strategies: readonly string[];
        readonly mergeKey?: string;
        readonly listType?: 'atomic' | 'map' | 'set';
        readonly listMapKeys?: readonly string[];
      }
    | undefined;
}

/** One field seen by a patch. */
export interface PatchField {
  /** Model of the field, or of one element of a list. */
  readonly model: string | undefined;
  readonly merges: boolean;
  readonly retainsKeys: boolean;
  readonly mergeKey: string | undefined;
}

const PLAIN: PatchField = { model: undefined, merges: false, retainsKeys: false, mergeKey: undefined };

/** How a strategic merge patch treats a field of a model. */
export function patchField(schema: PatchSchema, model: string | undefined, field: string): PatchField {
  if (model === undefined) return PLAIN;
  const known = schema.typeOf(model)?.fields.get(field);
  const fact = schema.mergeKey(model, field);
  return {
    model: known?.map === true ? undefined : known?.ref,
    merges: fact?.strategies.includes('merge') === true,
    retainsKeys: fact?.strategies.includes('retainKeys') === true,
    mergeKey: fact?.mergeKey,
  };
}
