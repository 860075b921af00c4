/** help: what the shell's own commands take and do. */
import { matches } from '../expand/pattern.ts';
import type { Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';
import { fullText, manualPage, summaryOf } from './help-text.ts';
import type { Letters } from './letters.ts';
import { readLetters } from './letters.ts';
import { fault, print } from './message.ts';
import type { Synopsis } from './synopsis.ts';
import { SYNOPSES } from './synopsis.ts';

export const help: Builtin = function* (shell, args) {
  const letters = yield* readLetters(shell, 'help', args, 'dms');
  if (typeof letters === 'number') return letters;
  const { operands: patterns } = letters;
  if (patterns.length === 0) return yield* print(shell, 'help', list(shell));
  if (patterns.some((pattern) => /[*?[]/.test(pattern) && pattern !== '[' && pattern !== '[['))
    yield* print(
      shell,
      'help',
      `Shell commands matching keyword${patterns.length > 1 ? 's' : ''} \`${patterns.join(', ')}'\n\n`,
    );
  let found = false;
  for (const pattern of patterns) {
    const chosen = choose(pattern);
    found ||= chosen.length > 0;
    yield* print(shell, 'help', chosen.map((synopsis) => entry(shell, letters, synopsis)).join(''));
  }
  if (found) return 0;
  const last = patterns.at(-1) ?? '';
  return yield* fault(
    shell,
    `help: no help topics match \`${last}'.  Try \`help help' or \`man -k ${last}' or \`info ${last}'.`,
  );
};

/** Those that the pattern names, or those that begin with it. */
function choose(pattern: string): readonly Synopsis[] {
  const exact = SYNOPSES.filter(({ name }) => name === pattern || matches(pattern, name));
  return exact.length > 0 ? exact : SYNOPSES.filter(({ name }) => name.startsWith(pattern));
}

const versionLine = (shell: Shell): string =>
  `GNU bash, version ${shell.vars.get('BASH_VERSION') ?? ''} (x86_64-pc-linux-gnu)`;

function entry(shell: Shell, letters: Letters, synopsis: Synopsis): string {
  if (letters.has('d')) return `${synopsis.name} - ${summaryOf(synopsis.name)}\n`;
  if (letters.has('m')) return manualPage(synopsis, versionLine(shell));
  return letters.has('s') ? `${synopsis.name}: ${synopsis.form}\n` : fullText(synopsis);
}

/** Everything in two columns, cut where it is too long. */
function list(shell: Shell): string {
  const columns = Number(shell.vars.get('COLUMNS') ?? '80');
  const half = Math.min(128, Math.floor(columns / 2));
  const width = half > 3 ? half : 40;
  const height = Math.ceil(SYNOPSES.length / 2);
  const cell = (at: number, room: number): string => {
    const synopsis = SYNOPSES[at];
    if (synopsis === undefined) return '';
    const text = `${shell.disabled.has(synopsis.name) ? '*' : ' '}${synopsis.form}`;
    return text.length > room - 1 ? `${text.slice(0, room - 1)}>` : text;
  };
  const rows = Array.from({ length: height }, (_, at) => {
    const left = cell(at, width - 1);
    return at + height < SYNOPSES.length ? `${left.padEnd(width)}${cell(at + height, width - 2)}\n` : `${left}\n`;
  });
  return `${versionLine(shell)}\n${INTRODUCTION}\n${rows.join('')}`;
}

const INTRODUCTION = `These shell commands are defined internally.  Type \`help' to see this list.
Type \`help name' to find out more about the function \`name'.
Use \`info bash' to find out more about the shell in general.
Use \`man -k' or \`info' to find out more about commands not in this list.

A star (*) next to a name means that the command is disabled.
`;
