/** jq programs as trees. */
export type Filter =
  | { readonly type: 'identity' }
  | { readonly type: 'recurse' }
  | { readonly type: 'index'; readonly of: Filter; readonly key: Filter }
  | { readonly type: 'slice'; readonly of: Filter; readonly from: Filter | undefined; readonly to: Filter | undefined }
  | { readonly type: 'iterate'; readonly of: Filter }
  | { readonly type: 'literal'; readonly value: number | string | boolean | null }
  /** Text with `\(…)` in it; the format, such as `@csv`, is applied to what is put in. */
  | { readonly type: 'string'; readonly parts: readonly (string | Filter)[]; readonly format: string | undefined }
  | { readonly type: 'format'; readonly name: string }
  | { readonly type: 'array'; readonly items: Filter | undefined }
  | { readonly type: 'object'; readonly entries: readonly { readonly key: Filter; readonly value: Filter }[] }
  | { readonly type: 'negate'; readonly of: Filter }
  | { readonly type: 'pipe' | 'comma' | 'and' | 'or' | 'alternative'; readonly left: Filter; readonly right: Filter }
  | { readonly type: 'binary'; readonly operator: string; readonly left: Filter; readonly right: Filter }
  /** `=`, `|=` and `+=` with its like. */
  | { readonly type: 'update'; readonly operator: string; readonly target: Filter; readonly value: Filter }
  | { readonly type: 'if'; readonly test: Filter; readonly yes: Filter; readonly no: Filter }
  | { readonly type: 'try'; readonly body: Filter; readonly handler: Filter | undefined }
  | {
      readonly type: 'reduce';
      readonly source: Filter;
      readonly pattern: Pattern;
      readonly start: Filter;
      readonly update: Filter;
    }
  | {
      readonly type: 'foreach';
      readonly source: Filter;
      readonly pattern: Pattern;
      readonly start: Filter;
      readonly update: Filter;
      readonly extract: Filter;
    }
  | { readonly type: 'bind'; readonly source: Filter; readonly pattern: Pattern; readonly body: Filter }
  | { readonly type: 'define'; readonly definition: Definition; readonly body: Filter }
  | { readonly type: 'label'; readonly name: string; readonly body: Filter }
  | { readonly type: 'break'; readonly name: string }
  | { readonly type: 'variable'; readonly name: string }
  | { readonly type: 'call'; readonly name: string; readonly args: readonly Filter[] };

export type Pattern =
  | { readonly type: 'name'; readonly name: string }
  | { readonly type: 'items'; readonly items: readonly Pattern[] }
  | {
      readonly type: 'fields';
      readonly fields: readonly {
        readonly key: Filter;
        readonly name: string | undefined;
        readonly pattern: Pattern | undefined;
      }[];
    };

export interface Definition {
  readonly name: string;
  /** A parameter with `$` is a value. */
  readonly parameters: readonly string[];
  readonly body: Filter;
}

/** The program is malformed. */
export class JqSyntax extends Error {}
