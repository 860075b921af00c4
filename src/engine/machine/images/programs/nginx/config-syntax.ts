/** nginx's configuration as a tree of directives, with its errors (src/core/ngx_conf_file.c). */

export interface Directive {
  readonly name: string;
  readonly args: readonly string[];
  readonly block?: readonly Directive[];
  readonly file: string;
  readonly line: number;
}

export type Parsed = { readonly directives: readonly Directive[] } | { readonly error: string };

interface Token {
  readonly text: string;
  readonly line: number;
  /** `{`, `}` or `;` outside quotes. */
  readonly mark: boolean;
}

/** Reads a file's text; `include` is expanded by `load` (paths and globs), which answers texts by path. */
export function parseConfig(
  path: string,
  text: string,
  load: (pattern: string) => readonly { readonly path: string; readonly text: string }[] | undefined,
): Parsed {
  const tokens = tokenise(text);
  if (typeof tokens === 'string') return { error: `${tokens} in ${path}` };
  const at = { index: 0 };
  return parseBlock(tokens, at, path, load, false);
}

function parseBlock(
  tokens: readonly Token[],
  at: { index: number },
  path: string,
  load: Parameters<typeof parseConfig>[2],
  inner: boolean,
): Parsed {
  const directives: Directive[] = [];
  let words: Token[] = [];
  for (let token = tokens[at.index]; token !== undefined; token = tokens[at.index]) {
    at.index += 1;
    const [head] = words;
    const where = `in ${path}:${String(token.line)}`;
    if (!token.mark) {
      words.push(token);
      continue;
    }
    if (token.text === '}') {
      if (words.length > 0 || !inner) return { error: `unexpected "}" ${where}` };
      return { directives };
    }
    if (head === undefined) return { error: `unexpected "${token.text}" ${where}` };
    const directive = { name: head.text, args: words.slice(1).map(({ text }) => text), file: path, line: head.line };
    words = [];
    if (token.text === '{') {
      const block = parseBlock(tokens, at, path, load, true);
      if ('error' in block) return block;
      directives.push({ ...directive, block: block.directives });
    } else if (directive.name === 'include') {
      const included = expandInclude(directive, load);
      if ('error' in included) return included;
      directives.push(...included.directives);
    } else directives.push(directive);
  }
  const lastLine = String(tokens.at(-1)?.line ?? 1);
  if (words.length > 0) return { error: `unexpected end of file, expecting ";" or "}" in ${path}:${lastLine}` };
  return inner ? { error: `unexpected end of file, expecting "}" in ${path}:${lastLine}` } : { directives };
}

function expandInclude(directive: Directive, load: Parameters<typeof parseConfig>[2]): Parsed {
  const [pattern = ''] = directive.args;
  const full = pattern.startsWith('/') ? pattern : `/etc/nginx/${pattern}`;
  const files = load(full);
  if (files === undefined)
    return {
      error: `open() "${full}" failed (2: No such file or directory) in ${directive.file}:${String(directive.line)}`,
    };
  const directives: Directive[] = [];
  for (const { path, text } of files) {
    const parsed = parseConfig(path, text, load);
    if ('error' in parsed) return parsed;
    directives.push(...parsed.directives);
  }
  return { directives };
}

function tokenise(text: string): readonly Token[] | string {
  const tokens: Token[] = [];
  let line = 1;
  for (let at = 0; at < text.length;) {
    const char = text.charAt(at);
    if (char === '\n') line += 1;
    if (/\s/.test(char)) at += 1;
    else if (char === '#') {
      while (at < text.length && text.charAt(at) !== '\n') at += 1;
    } else if (char === '{' || char === '}' || char === ';') {
      tokens.push({ text: char, line, mark: true });
      at += 1;
    } else if (char === '"' || char === "'") {
      let word = '';
      at += 1;
      const begun = line;
      while (at < text.length && text.charAt(at) !== char) {
        if (text.charAt(at) === '\\') at += 1;
        if (text.charAt(at) === '\n') line += 1;
        word += text.charAt(at - 1) === '\\' ? unescape(text.charAt(at)) : text.charAt(at);
        at += 1;
      }
      if (at >= text.length) return `unexpected end of file, expecting "${char}"`;
      at += 1;
      tokens.push({ text: word, line: begun, mark: false });
    } else {
      let word = '';
      while (at < text.length && !/[\s;]/.test(text.charAt(at))) {
        // `${name}` belongs to a word, a lone brace opens a block.
        if (text.charAt(at) === '{' && !word.endsWith('$')) break;
        if (text.charAt(at) === '{') {
          const end = text.indexOf('}', at);
          word += text.slice(at, end + 1);
          at = end + 1;
          continue;
        }
        word += text.charAt(at);
        at += 1;
      }
      tokens.push({ text: word, line, mark: false });
    }
  }
  return tokens;
}

const unescape = (char: string): string => (char === 'n' ? '\n' : char === 't' ? '\t' : char === 'r' ? '\r' : char);
