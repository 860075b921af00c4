import type { Statement } from 'unbash';
import { findBashism } from './bashisms.ts';
import { conditionalFault } from './conditional-syntax.ts';
import { printable } from '../quote.ts';
import type { Personality } from '../shell.ts';
import type { Source } from './source.ts';

/** Why a text is not a script, in bash's words. */
export interface SyntaxProblem {
  /** The text could still become a script with more lines. */
  readonly incomplete: boolean;
  readonly message: string;
  /** Index of the text's line that is shown, from 0; undefined where bash shows none. */
  readonly line: number;
  readonly shown: string | undefined;
  /** The token that would have gone on. */
  readonly expected?: string | undefined;
  /** Statements before the faulty command line, which have run by then. */
  readonly good: readonly Statement[];
  /** `[[` alone: bash drops the input, and the status stays what it was. */
  readonly keepsStatus?: true;
}

/** The first fault of a parsed text; undefined where there is none. */
export function findProblem(source: Source, personality: Personality = 'bash'): SyntaxProblem | undefined {
  const { text, script } = source;
  const error = script.errors?.[0];
  if (error === undefined) return personality === 'bash' ? undefined : bashismProblem(source, personality);
  const conditional = personality === 'bash' ? conditionalProblem(source) : undefined;
  if (conditional !== undefined) return conditional;
  const at = faultAt(text, error);
  const unterminated = /^unterminated (.*)$/.exec(error.message);
  const good = goodStatements(source, error.pos);
  if (unterminated !== null) {
    const closer = CLOSERS.find(([what]) => (unterminated[1] ?? '').includes(what))?.[1] ?? '"';
    const command = (unterminated[1] ?? '').includes('substitution');
    return {
      incomplete: true,
      good,
      shown: undefined,
      message: `unexpected EOF while looking for matching \`${closer}'`,
      line: command ? lineIndex(text, text.length) + (text.endsWith('\n') ? 0 : 1) : lineIndex(text, error.pos),
    };
  }
  if (at >= text.length && error.message !== 'expected redirect target') {
    return {
      incomplete: true,
      good,
      shown: undefined,
      message: 'syntax error: unexpected end of file',
      expected: expectedToken(source),
      line: lineIndex(text, text.length) + (text.endsWith('\n') ? 0 : 1),
    };
  }
  const token = tokenAt(text, at);
  const line = lineIndex(text, at);
  return {
    incomplete: false,
    good,
    message: `syntax error near unexpected token \`${token}'`,
    expected: expectedToken(source),
    line,
    shown: text.split('\n')[line] ?? '',
  };
}

const OF_CONDITIONALS = /\]\]' to close|unary test operator|close test group/;

/** The fault of a `[[`, which has its own words and shows no line. */
function conditionalProblem(source: Source): SyntaxProblem | undefined {
  const { text, script } = source;
  const [first] = script.errors ?? [];
  if (first === undefined || script.errors?.some(({ message }) => OF_CONDITIONALS.test(message)) !== true)
    return undefined;
  const starts = [...text.slice(0, first.pos + 1).matchAll(/(?<=^|[\s;&|(){}!])\[\[(?=\s)/g)];
  const start = starts.at(-1)?.index;
  const fault = start === undefined ? undefined : conditionalFault(text, start);
  if (start === undefined || fault === undefined) return undefined;
  return {
    incomplete: fault.unfinished,
    good: goodStatements(source, start),
    message: fault.message ?? '',
    line: lineIndex(text, fault.pos),
    shown: undefined,
    ...(fault.unfinished ? { expected: ']]' } : {}),
    ...(fault.last ? {} : { keepsStatus: true as const }),
  };
}

/** Where the token stands that is wrong. */
function faultAt(text: string, { message, pos }: { readonly message: string; readonly pos: number }): number {
  // A command line may go on with the next line, a redirection may not.
  if (message === 'expected redirect target') return skipBlanks(text, pos);
  // What closes another command has been taken by then.
  if (/^expected '\w+' to close/.test(message) && /[})]/.test(text.charAt(pos - 1))) return pos - 1;
  // `for` and a name go without parentheses, an arithmetic one has two.
  if (message.startsWith('expected three arithmetic expressions') && text.charAt(pos) !== '(') return pos - 1;
  // An empty group: the parser points at what opens it.
  if (/^expected command in (?:brace group|subshell)$/.test(message))
    return pos + 1 + (/^(?:\s|#[^\n]*)*/.exec(text.slice(pos + 1))?.[0].length ?? 0);
  // A keyword with a carriage return behind it is a word: the parser has taken it by then.
  if (text.charAt(pos - 1) === '\r') return pos - (/[^ \t\n;&|()<>]+$/.exec(text.slice(0, pos))?.[0].length ?? 0);
  return skipSpace(text, pos);
}

/** What the parser waited for, where it was one token. */
function expectedToken({ script, text }: Source): string | undefined {
  const token = script.errors?.flatMap(({ message }) => /^expected '([^']+)'/.exec(message)?.[1] ?? [])[0];
  // Within a case the end of a pattern or of its commands comes first.
  return token === 'esac' ? (/\sin\s*$/.test(text) ? ')' : ';;') : token;
}

function bashismProblem(source: Source, personality: Exclude<Personality, 'bash'>): SyntaxProblem | undefined {
  const found = findBashism(source.script, source.text, personality);
  if (found === undefined) return undefined;
  return {
    incomplete: false,
    good: goodStatements(source, found.pos),
    message: found.text,
    line: lineIndex(source.text, found.pos),
    shown: undefined,
  };
}

const CLOSERS: readonly (readonly [string, string])[] = [
  ['double', '"'],
  ['single', "'"],
  ['ANSI', "'"],
  ['backtick', '`'],
  ['backquote', '`'],
  ['arithmetic', ')'],
  ['parameter', '}'],
  ['command', ')'],
  ['process', ')'],
  ['array', ')'],
];

/** What an unfinished text waits for: a word or a quote that has to come before it can be whole; undefined where none is known. */
export function missingToken(source: Source): string | undefined {
  const problem = findProblem(source);
  if (problem?.incomplete !== true) return undefined;
  return problem.expected ?? /matching `(.)'$/.exec(problem.message)?.[1];
}

/** Lines a person typed: ends in a backslash, or a here-document is open. */
export function needsMore(source: Source): boolean {
  const { text } = source;
  if (/(^|[^\\])(\\\\)*\\$/.test(text.replace(/\n$/, ''))) return true;
  if (source.script.errors === undefined || source.script.errors.length === 0) return openHereDocument(source);
  return findProblem(source)?.incomplete === true;
}

function openHereDocument(source: Source): boolean {
  return hereDocuments(source.script).some((document) => document.closing === undefined);
}

interface HereDocumentNode {
  readonly type: 'HereDoc';
  readonly closing: unknown;
}

function hereDocuments(node: unknown): HereDocumentNode[] {
  if (typeof node !== 'object' || node === null) return [];
  if ('type' in node && node.type === 'HereDoc' && 'closing' in node)
    return [{ type: 'HereDoc', closing: node.closing }];
  const found: HereDocumentNode[] = [];
  for (const key of ['commands', 'command', 'body', 'then', 'else', 'elif', 'clause', 'items', 'redirects']) {
    const child: unknown = key in node ? Reflect.get(node, key) : undefined;
    if (Array.isArray(child)) for (const item of child) found.push(...hereDocuments(item));
    else if (child !== undefined) found.push(...hereDocuments(child));
  }
  return found;
}

/** Statements on command lines that end before the fault's own line begins. */
function goodStatements(source: Source, pos: number): readonly Statement[] {
  const { commands } = source.script;
  const good: Statement[] = [];
  for (const statement of commands) {
    // One that the fault left unfinished has no end.
    if (
      statement.end === statement.pos ||
      statement.end >= pos ||
      !source.text.slice(statement.end, pos).includes('\n')
    )
      break;
    good.push(statement);
  }
  // A command line is read whole: what shares a line with a dropped statement is dropped as well.
  while (good.length > 0 && good.length < commands.length) {
    const last = good.at(-1);
    const next = commands[good.length];
    if (last === undefined || next === undefined || source.text.slice(last.end, next.pos).includes('\n')) break;
    good.pop();
  }
  return good;
}

function skipBlanks(text: string, pos: number): number {
  let at = pos;
  while (at < text.length && /[ \t]/.test(text.charAt(at))) at += 1;
  return at;
}

function skipSpace(text: string, pos: number): number {
  const at = skipBlanks(text, pos);
  if (text.charAt(at) === '\n' && text.slice(at).trim() === '') return text.length;
  return at;
}

function tokenAt(text: string, at: number): string {
  if (at >= text.length || text.charAt(at) === '\n') return 'newline';
  const operator = /^(?:;;&|;&|;;|&&|\|\||\|&|<<<|<<-|<<|>>|<&|>&|<>|>\||&>>|&>|[;&|()<>])/.exec(text.slice(at));
  if (operator !== null) return operator[0];
  return printable(/^[^ \t\n;&|()<>]+/.exec(text.slice(at))?.[0] ?? text.charAt(at));
}

function lineIndex(text: string, pos: number): number {
  let line = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < pos; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
