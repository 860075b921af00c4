import type { Op } from './op.ts';
import type { Shell } from './shell.ts';
import type { Source } from './source.ts';
import type { SyntaxProblem } from './syntax-error.ts';

/** Prints a syntax error as bash does: the message, then the line it is on. */
export function* reportSyntax(shell: Shell, source: Source, problem: SyntaxProblem, from = ''): Op<void> {
  const line = source.firstLine + problem.line;
  const name = source.file ?? (shell.interactive ? shell.errorName : shell.arg0);
  const where = from !== '' ? `${from}: ` : shell.commandString && source.file === undefined ? '-c: ' : '';
  if (shell.personality !== 'bash') {
    const token = /`(.*)'$/.exec(problem.message)?.[1];
    const text = !/unexpected (?:EOF|end)|`/.test(problem.message)
      ? problem.message
      : token === undefined
        ? 'end of file unexpected'
        : `${token === 'newline' ? 'newline' : `"${token}"`} unexpected`;
    yield* shell.write(
      2,
      shell.personality === 'dash'
        ? `${name}: ${String(line)}: Syntax error: ${text}\n`
        : `${name}: ${where === '' ? '' : ''}syntax error: ${text.replace(/^(.*) unexpected$/, 'unexpected $1').replace('Bad for', 'bad for')}\n`,
    );
    return;
  }
  const prefix =
    shell.interactive && source.file === undefined
      ? `${shell.errorName}: ${from === '' ? '' : where}`
      : `${name}: ${where}line ${String(line)}: `;
  yield* shell.write(2, `${prefix}${problem.message}\n`);
  if (problem.shown !== undefined && !(shell.interactive && from === '' && source.file === undefined))
    yield* shell.write(2, `${prefix}\`${problem.shown}'\n`);
}
