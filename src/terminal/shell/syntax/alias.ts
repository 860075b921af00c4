/**
 * Aliases.
 * Models: the command's name, the word after one whose text ends in a blank, and that an alias is there from the line after
 * its definition on. Leaves out: texts that only open a compound command.
 */
import type { Command, Word } from 'unbash';
import type { Shell } from '../shell.ts';
import type { Source } from './source.ts';

export const expandsAliases = (shell: Shell): boolean =>
  shell.interactive || shell.shopts.has('expand_aliases') || shell.personality !== 'bash';

/** Where the text goes on that is read after an alias was defined. */
export interface AliasPlace {
  readonly source: number;
  readonly from: number;
}

export function defineAlias(shell: Shell, name: string, value: string): void {
  shell.aliases.set(name, value);
  const { at } = shell;
  if (at === undefined || shell.personality !== 'bash') return;
  const { source, pos } = at;
  const whole = source.script.commands.find((command) => command.pos <= pos && pos < command.end);
  const newline = source.text.indexOf('\n', whole?.end ?? pos);
  shell.aliasPlaces.set(name, { source: source.id, from: newline < 0 ? source.text.length : newline });
}

/** A command with aliases put in, and their names: they are not expanded again in it. */
export interface AliasText {
  readonly source: Source;
  readonly names: readonly string[];
}

export function expandAlias(shell: Shell, source: Source, node: Command): AliasText | undefined {
  if (!expandsAliases(shell)) return undefined;
  const names: string[] = [];
  let text = '';
  let end = node.pos;
  for (const word of [node.name, ...node.args]) {
    const value = word?.type === 'Word' ? aliasOf(shell, source, word) : undefined;
    if (word === undefined || value === undefined) break;
    names.push(word.text);
    text += source.text.slice(end, word.pos) + value;
    ({ end } = word);
    if (!/[ \t]$/.test(value)) break;
  }
  if (names.length === 0) return undefined;
  return { source: shell.addSource(text + source.text.slice(end, node.end), shell.line, source.file), names };
}

/** The text of the alias that a word names, if it names one here. */
function aliasOf(shell: Shell, source: Source, word: Word): string | undefined {
  if (word.parts !== undefined || word.text !== word.value || shell.expandingAliases.has(word.text)) return undefined;
  const place = shell.aliasPlaces.get(word.text);
  return place?.source === source.id && word.pos < place.from ? undefined : shell.aliases.get(word.text);
}
