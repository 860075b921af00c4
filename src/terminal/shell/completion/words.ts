/** The words before the cursor, as they were typed. */
export interface TypedWords {
  /** Of the command that the cursor is in; the last one is being typed. */
  readonly words: readonly string[];
  /** The text of that command. */
  readonly line: string;
  /** The word is the target of a redirection. */
  readonly redirected: boolean;
}

/** Splits at blanks and operators outside quotes; what begins a command begins the words anew. */
export function typedWords(text: string): TypedWords {
  let words: string[] = [''];
  let start = 0;
  let quote = '';
  let redirected = false;
  const add = (part: string): void => {
    words[words.length - 1] = (words.at(-1) ?? '') + part;
  };
  const endWord = (): void => {
    if (words.at(-1) === '') return;
    if (words.length === 1 && OPENERS.has(words[0] ?? '')) words = [''];
    else words.push('');
    redirected = false;
  };
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charAt(i);
    if (char === '\\' && quote !== "'") {
      add(char + text.charAt(i + 1));
      i += 1;
    } else if (quote !== '') {
      add(char);
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") {
      quote = char;
      add(char);
    } else if (/\s/.test(char)) {
      endWord();
      if (words.length === 1 && words[0] === '') start = i + 1;
    } else if (/[<>]/.test(char)) {
      if (/^\d+$/.test(words.at(-1) ?? '')) words[words.length - 1] = '';
      endWord();
      redirected = true;
    } else if (/[;|&(`]/.test(char) && !(char === '&' && redirected) && !(char === '(' && redirected)) {
      words = [''];
      start = i + 1;
      redirected = false;
    } else add(char);
  }
  return { words, line: text.slice(start), redirected };
}

/** After these a command begins. */
const OPENERS = new Set(['!', 'do', 'then', 'else', 'elif', 'if', 'while', 'until', '{']);
