/** A line of sftp's own language taken apart. */

export interface SftpLine {
  readonly command: string;
  /** Options and operands, quotes removed. */
  readonly words: readonly string[];
  /** What stands after the command as it was typed. */
  readonly rest: string;
  /** `-`: a failure does not end the batch; `@`: the line is not shown. */
  readonly forgiving: boolean;
  readonly silent: boolean;
  /** A quote was opened and not closed. */
  readonly unterminated: boolean;
}

/** Undefined for an empty line or a comment. */
export function readSftpLine(line: string): SftpLine | undefined {
  let text = line.trim();
  let forgiving = false;
  let silent = false;
  for (; text.startsWith('-') || text.startsWith('@'); text = text.slice(1)) {
    if (text.startsWith('-')) forgiving = true;
    else silent = true;
  }
  text = text.trim();
  if (text === '' || text.startsWith('#')) return undefined;
  if (text.startsWith('!'))
    return { command: '!', words: [], rest: text.slice(1).trim(), forgiving, silent, unterminated: false };
  const { words: all, unterminated } = splitWords(text);
  const [command = '', ...words] = all;
  return {
    command: command.toLowerCase(),
    words,
    rest: text.slice(command.length).trim(),
    forgiving,
    silent,
    unterminated,
  };
}

/** Words as sftp has them: quotes of both kinds, a backslash before any character. */
function splitWords(text: string): { readonly words: readonly string[]; readonly unterminated: boolean } {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charAt(i);
    if (char === '\\' && i + 1 < text.length && quote !== "'") {
      i += 1;
      word = (word ?? '') + text.charAt(i);
    } else if (quote !== '') {
      if (char === quote) quote = '';
      else word = (word ?? '') + char;
    } else if (char === '"' || char === "'") {
      quote = char;
      word ??= '';
    } else if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + char;
  }
  if (word !== undefined) words.push(word);
  return { words, unterminated: quote !== '' };
}

/** Leading options of one letter each, and the operands after them. */
export function optionsOf(words: readonly string[]): {
  readonly letters: string;
  readonly operands: readonly string[];
} {
  let at = 0;
  let letters = '';
  for (; words[at]?.startsWith('-') === true && words[at] !== '-'; at += 1) letters += (words[at] ?? '').slice(1);
  return { letters, operands: words.slice(at) };
}
