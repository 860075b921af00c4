/** awk programs as trees (POSIX awk with gawk's common functions). */
export type Place =
  | { readonly type: 'variable'; readonly name: string }
  | { readonly type: 'element'; readonly array: string; readonly key: readonly Expression[] }
  | { readonly type: 'field'; readonly index: Expression };

export type Expression =
  | Place
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'regex'; readonly source: string }
  /** In parentheses, so that it is no target of an assignment. */
  | { readonly type: 'parentheses'; readonly inner: Expression }
  /** `(a, b)`, which only `in`, print and printf take. */
  | { readonly type: 'list'; readonly items: readonly Expression[] }
  | { readonly type: 'assign'; readonly operator: string; readonly place: Place; readonly value: Expression }
  | { readonly type: 'increment'; readonly by: 1 | -1; readonly before: boolean; readonly place: Place }
  | {
      readonly type: 'condition';
      readonly test: Expression;
      readonly yes: Expression;
      readonly no: Expression;
    }
  | { readonly type: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly type: 'unary'; readonly operator: '!' | '-' | '+'; readonly operand: Expression }
  | { readonly type: 'in'; readonly key: readonly Expression[]; readonly array: string }
  | { readonly type: 'call'; readonly name: string; readonly args: readonly Expression[]; readonly line: number }
  | {
      readonly type: 'getline';
      readonly from: 'input' | 'file' | 'command';
      readonly source: Expression | undefined;
      readonly place: Place | undefined;
    };

export type Redirection = '>' | '>>' | '|';

export type Statement =
  | { readonly type: 'expression'; readonly expression: Expression }
  | {
      readonly type: 'print' | 'printf';
      readonly args: readonly Expression[];
      readonly target: { readonly how: Redirection; readonly name: Expression } | undefined;
    }
  | { readonly type: 'if'; readonly test: Expression; readonly yes: Statement; readonly no: Statement | undefined }
  | { readonly type: 'while' | 'do'; readonly test: Expression; readonly body: Statement }
  | {
      readonly type: 'for';
      readonly first: Statement | undefined;
      readonly test: Expression | undefined;
      readonly step: Statement | undefined;
      readonly body: Statement;
    }
  | { readonly type: 'for-in'; readonly variable: string; readonly array: string; readonly body: Statement }
  | { readonly type: 'block'; readonly statements: readonly Statement[] }
  | { readonly type: 'next' | 'break' | 'continue' | 'nextfile' }
  | { readonly type: 'exit' | 'return'; readonly value: Expression | undefined }
  | { readonly type: 'delete'; readonly array: string; readonly key: readonly Expression[] | undefined };

export interface Rule {
  readonly when: 'BEGIN' | 'END' | Expression | undefined;
  /** The end of a range. */
  readonly until: Expression | undefined;
  readonly body: Statement | undefined;
}

export interface AwkFunction {
  readonly parameters: readonly string[];
  readonly body: Statement;
}

export interface AwkProgram {
  readonly rules: readonly Rule[];
  readonly functions: ReadonlyMap<string, AwkFunction>;
}

/** The program is malformed; awk says so and ends. */
export class AwkSyntax extends Error {
  constructor(
    message: string,
    readonly line: number,
  ) {
    super(message);
  }
}
