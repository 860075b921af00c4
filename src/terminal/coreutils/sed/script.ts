/** What a sed script is made of. */
export type Address =
  | { readonly type: 'line'; readonly line: number }
  | { readonly type: 'step'; readonly first: number; readonly step: number }
  | { readonly type: 'last' }
  /** Without a regex: the last one used. */
  | { readonly type: 'regex'; readonly regex: RegExp | undefined }
  | { readonly type: 'plus'; readonly count: number }
  | { readonly type: 'multiple'; readonly count: number };

/** Literal text, a group by its number, or a change of case. */
export type ReplacementPart = string | number | { readonly fold: string };

export interface Substitution {
  /** Without one: the last one used. */
  readonly regex: RegExp | undefined;
  readonly replacement: readonly ReplacementPart[];
  /** The first match that is replaced. */
  readonly from: number;
  readonly all: boolean;
  readonly print: boolean;
  readonly file: string | undefined;
}

export interface SedCommand {
  readonly from: Address | undefined;
  readonly to: Address | undefined;
  readonly negated: boolean;
  readonly name: string;
  /** Text of a, i, c; a label; a number; a file's name. */
  readonly text: string;
  readonly substitution?: Substitution;
  readonly map?: ReadonlyMap<string, string>;
  /** Index of the command to go on at: after a `{`'s `}`, at a label. */
  target: number;
  /** State of a range, and the line it ends at. */
  active: boolean;
  endLine: number;
}

export interface SedFailure {
  readonly message: string;
  /** How many characters of the script were read; undefined where the message names no place. */
  readonly at: number | undefined;
}
