import type { Op } from '../machine/op.ts';
import type { Shell } from '../shell.ts';
import { topics } from './help-topics.ts';
import { print } from './message.ts';
import type { Synopsis } from './synopsis.ts';
import { synopsisOf } from './synopsis.ts';

/** Columns of the descriptions. */
const WIDTH = 76;

export const summaryOf = (name: string): string => topics.get(name)?.summary ?? '';

/** `help name`: synopsis and description. */
export function fullText({ name, form }: Synopsis): string {
  return `${name}: ${form}\n${indented(name)}`;
}

/** `help -m name`: the same in the manner of a manual page. */
export function manualPage({ name, form }: Synopsis, version: string): string {
  return [
    `NAME\n    ${name} - ${summaryOf(name)}\n`,
    `SYNOPSIS\n    ${form}\n`,
    `DESCRIPTION\n${indented(name)}`,
    'SEE ALSO\n    bash(1)\n',
    `IMPLEMENTATION\n    ${version}\n`,
  ].join('\n');
}

function indented(name: string): string {
  const topic = topics.get(name);
  const paragraphs = [topic?.summary ?? '', topic?.details ?? ''].filter((text) => text !== '');
  return paragraphs.map((text) => wrapped(text)).join('    \n');
}

function wrapped(text: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((each) => `    ${each}\n`).join('');
}

/** `name --help`. */
export function* builtinHelp(shell: Shell, name: string): Op<number> {
  yield* print(shell, name, fullText({ name, form: synopsisOf(name) }));
  return 2;
}
