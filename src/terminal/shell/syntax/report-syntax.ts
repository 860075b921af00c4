import { KEYWORDS } from './keywords.ts';
import type { Op } from '../machine/op.ts';
import type { Shell } from '../shell.ts';
import type { Source } from './source.ts';
import type { SyntaxProblem } from './syntax-error.ts';

/** Prints a syntax error as bash does: the message, then the line it is on. */
export function* reportSyntax(shell: Shell, source: Source, problem: SyntaxProblem, from = ''): Op<void> {
  // bash counts the line after the last, dash only where there is one.
  const last = shell.personality === 'dash' ? source.text.split('\n').length - 1 : problem.line;
  const line = source.firstLine + Math.min(problem.line, last);
  const name = source.file ?? (shell.interactive ? shell.errorName : shell.arg0);
  const where = from !== '' ? `${from}: ` : shell.commandString && source.file === undefined ? '-c: ' : '';
  if (shell.personality !== 'bash') {
    const text = posixText(problem);
    yield* shell.write(
      2,
      shell.personality === 'dash'
        ? `${name}: ${String(line)}: Syntax error: ${text}\n`
        : `${name}: ${where === '' ? '' : ''}syntax error: ${text.replace(/^(.*?) unexpected/, 'unexpected $1').replace(/^(?:Bad for|Unterminated|Missing)/, (word) => word.toLowerCase())}\n`,
    );
    return;
  }
  const prefix =
    shell.interactive && source.file === undefined
      ? `${shell.errorName}: ${from === '' ? '' : where}`
      : `${name}: ${where}line ${String(line)}: `;
  for (const message of problem.message === '' ? [] : problem.message.split('\n'))
    yield* shell.write(2, `${prefix}${message}\n`);
  if (problem.shown !== undefined && !(shell.interactive && from === '' && source.file === undefined))
    yield* shell.write(2, `${prefix}\`${problem.shown}'\n`);
}

/** dash's and ash's words for what bash says; ash turns the last two around. */
function posixText({ message, expected }: SyntaxProblem): string {
  const [, quote] = /looking for matching `(["'`])'$/.exec(message) ?? [];
  if (quote !== undefined) return quote === '`' ? 'EOF in backquote substitution' : 'Unterminated quoted string';
  const token = /`(.*)'$/.exec(message)?.[1];
  if (!/unexpected (?:EOF|end)|`/.test(message)) return message;
  const suffix = expected === undefined ? '' : ` (expecting "${expected}")`;
  if (message.includes('EOF'))
    return message.includes("`)'") ? 'end of file unexpected (expecting ")")' : "Missing '}'";
  if (token === undefined) return `end of file unexpected${suffix}`;
  const isWord = expected !== undefined && !/^[;&|()<>]/.test(token) && !KEYWORDS.includes(token);
  return `${token === 'newline' ? 'newline' : isWord ? 'word' : `"${token}"`} unexpected${suffix}`;
}
