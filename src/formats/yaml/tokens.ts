/** Tokens and marks shared by the scanner and the parser. */

/** A place in the text: `offset` in UTF-16 units, `line` and `column` from 0. */
export interface Mark {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

export type TokenType =
  | 'stream-start'
  | 'stream-end'
  | 'directive'
  | 'document-start'
  | 'document-end'
  | 'block-sequence-start'
  | 'block-mapping-start'
  | 'block-end'
  | 'flow-sequence-start'
  | 'flow-sequence-end'
  | 'flow-mapping-start'
  | 'flow-mapping-end'
  | 'block-entry'
  | 'flow-entry'
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar';

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

export interface Token {
  readonly type: TokenType;
  readonly start: Mark;
  readonly end: Mark;
  /** Scalar text, anchor or alias name, directive name, tag handle. */
  readonly value?: string;
  /** Tag suffix, or a directive's arguments. */
  readonly suffix?: string;
  readonly style?: ScalarStyle;
}

/**
 * A problem found in YAML text. `message` is what go-yaml says after `yaml: `, with its `line N: ` where it gives one
 * (its line numbers are off by one for errors of the parser; that is kept). `mark` is the true place, for an editor.
 */
export class YamlProblem extends Error {
  readonly problem: string;
  readonly mark: Mark;
  constructor(problem: string, mark: Mark, line: number) {
    super(line > 0 ? `line ${String(line)}: ${problem}` : problem);
    this.problem = problem;
    this.mark = mark;
  }
}

/** Errors of the scanner: go-yaml prints the zero-based line of the problem plus one, or the context's line, or none. */
export function scannerProblem(problem: string, at: Mark, context: Mark = at): YamlProblem {
  return new YamlProblem(problem, at, at.line !== 0 ? at.line + 1 : context.line);
}

/** Errors of the parser: go-yaml prints the zero-based line, so one less than an editor shows. */
export function parserProblem(problem: string, at: Mark, context: Mark = at): YamlProblem {
  return new YamlProblem(problem, at, at.line !== 0 ? at.line : context.line);
}
