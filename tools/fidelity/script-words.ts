/** Cuts a shell script into simple commands and their words: enough to see which program is called with which flags. */

const SEPARATORS = /^(?:\|\||&&|;;|[|&;\n()`{}!])/;
const KEYWORDS = new Set([
  'if',
  'then',
  'elif',
  'else',
  'do',
  'while',
  'until',
  'time',
  'command',
  'exec',
  'nohup',
  'sudo',
]);

/** Words of each simple command, without assignments, redirections and keywords before the name. */
export function commandsOf(script: string): readonly (readonly string[])[] {
  const commands: string[][] = [[]];
  const add = (word: string): void => {
    const command = commands.at(-1);
    const isLead = command?.length === 0 && (KEYWORDS.has(word) || /^[A-Za-z_]\w*\+?=/.test(word));
    if (!isLead) command?.push(word);
  };
  let rest = withoutHeredocs(script);
  while (rest !== '') {
    const blank = /^(?:[ \t]+|\\\n|#[^\n]*)/.exec(rest)?.[0] ?? '';
    const redirect = /^(?:\d*(?:>>|<<<|>&|<&|&>|>|<)[ \t]*(?:"[^"]*"|'[^']*'|[^\s|&;()]*))/.exec(rest)?.[0] ?? '';
    const separator = SEPARATORS.exec(rest)?.[0] ?? '';
    if (blank !== '' || redirect !== '') rest = rest.slice((blank || redirect).length);
    else if (separator !== '') {
      commands.push([]);
      rest = rest.slice(separator.length);
    } else {
      const { word, length, inner } = readWord(rest);
      add(word);
      rest = rest.slice(length);
      commands.push(...inner.flatMap(commandsOf).map((words) => [...words]));
      // What was substituted stands before the command goes on.
      if (inner.length > 0) commands.push(...commands.splice(-1 - inner.length, 1));
    }
  }
  return commands.filter((words) => words.length > 0);
}

const withoutHeredocs = (script: string): string =>
  script.replace(/<<-?\s*(['"]?)(\w+)\1([^\n]*)\n[\s\S]*?\n\s*\2(?=\n|$)/g, '$3');

function readWord(text: string): { readonly word: string; readonly length: number; readonly inner: readonly string[] } {
  let word = '';
  let at = 0;
  const inner: string[] = [];
  while (at < text.length && !/[\s|&;()`]/.test(text.charAt(at))) {
    const char = text.charAt(at);
    const end =
      char === "'" || char === '"'
        ? closing(text, at, char)
        : char === '$' && text[at + 1] === '('
          ? closing(text, at + 1, ')')
          : at;
    const piece = text.slice(at, end + 1);
    for (const match of piece.matchAll(/\$\(([^()]*(?:\([^()]*\)[^()]*)*)\)/g))
      if (char !== "'") inner.push(match[1] ?? '');
    word += char === "'" || char === '"' ? piece.slice(1, -1) : piece;
    at = end + 1;
  }
  return { word, length: Math.max(1, at), inner };
}

/** Index of the quote or bracket that ends what begins at `from`; the end of the text if there is none. */
function closing(text: string, from: number, quote: string): number {
  let depth = 0;
  for (let at = from + 1; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '\\' && quote !== "'") at += 1;
    else if (quote === ')' && char === '(') depth += 1;
    else if (char === quote && depth === 0) return at;
    else if (quote === ')' && char === ')') depth -= 1;
  }
  return text.length - 1;
}
