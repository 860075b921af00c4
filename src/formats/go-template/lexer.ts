/** Lexer of Go's text/template: text outside `{{ }}`, tokens inside, trim markers, comments. Facts: text/template/parse lex.go. */

export type TokenType =
  | 'text'
  | 'left'
  | 'right'
  | 'space'
  | 'pipe'
  | 'lparen'
  | 'rparen'
  | 'comma'
  | 'declare'
  | 'assign'
  | 'dot'
  | 'field'
  | 'variable'
  | 'identifier'
  | 'keyword'
  | 'bool'
  | 'nil'
  | 'number'
  | 'char'
  | 'other'
  | 'string'
  | 'raw'
  | 'eof'
  | 'error';

export interface Token {
  readonly type: TokenType;
  readonly text: string;
  readonly offset: number;
}

const KEYWORDS = new Set(['block', 'break', 'continue', 'define', 'else', 'end', 'if', 'range', 'template', 'with']);

/** All tokens up to the end of the text or the first error, which is the last token then. */
export function lexTemplate(text: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  let trimLeft = false;
  for (;;) {
    const open = text.indexOf('{{', position);
    const end = open < 0 ? text.length : open;
    const trimsRight = open >= 0 && /^-[ \t\r\n]/.test(text.slice(open + 2, open + 4));
    let body = text.slice(position, end);
    let offset = position;
    if (trimLeft) {
      const kept = body.replace(/^[ \t\r\n]+/, '');
      offset += body.length - kept.length;
      body = kept;
    }
    if (trimsRight) body = body.replace(/[ \t\r\n]+$/, '');
    if (body !== '') tokens.push({ type: 'text', text: body, offset });
    if (open < 0) {
      tokens.push({ type: 'eof', text: '', offset: text.length });
      return tokens;
    }
    const inside = open + 2 + (trimsRight ? 2 : 0);
    const next = text.startsWith('/*', inside)
      ? lexComment(text, inside, tokens)
      : lexAction(text, open, inside, tokens);
    if (next === undefined) return tokens;
    position = next.position;
    trimLeft = next.trims;
  }
}

interface Resume {
  readonly position: number;
  readonly trims: boolean;
}

function closing(text: string, position: number): Resume | undefined {
  if (text.startsWith('}}', position)) return { position: position + 2, trims: false };
  const found = /^[ \t\r\n]-}}/.exec(text.slice(position, position + 4));
  return found === null ? undefined : { position: position + 4, trims: true };
}

function lexComment(text: string, start: number, tokens: Token[]): Resume | undefined {
  const end = text.indexOf('*/', start);
  if (end < 0) {
    tokens.push({ type: 'error', text: 'unclosed comment', offset: start });
    return undefined;
  }
  const closed = closing(text, end + 2);
  if (closed === undefined) tokens.push({ type: 'error', text: 'comment ends before closing delimiter', offset: end });
  return closed;
}

function lexAction(text: string, open: number, start: number, tokens: Token[]): Resume | undefined {
  tokens.push({ type: 'left', text: '{{', offset: open });
  let position = start;
  let depth = 0;
  for (;;) {
    const closed = closing(text, position);
    if (closed !== undefined) {
      if (depth > 0) {
        tokens.push({ type: 'error', text: 'unclosed left paren', offset: position });
        return undefined;
      }
      tokens.push({ type: 'right', text: '}}', offset: closed.position - 2 });
      return closed;
    }
    const token = lexInside(text, position);
    if (token.type === 'lparen') depth += 1;
    if (token.type === 'rparen') {
      depth -= 1;
      if (depth < 0) {
        tokens.push({ type: 'error', text: 'unexpected right paren', offset: position });
        return undefined;
      }
    }
    tokens.push(token);
    if (token.type === 'error') return undefined;
    position += token.text.length;
    // A space before `-}}` belongs to the trim marker.
    if (token.type === 'space' && text.startsWith('-}}', position)) {
      const kept = token.text.slice(0, -1);
      tokens.pop();
      if (kept !== '') tokens.push({ ...token, text: kept });
      position -= 1;
    }
  }
}

const NUMBER =
  /^[+-]?(?:0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][+-]?[0-9]+)?|\.[0-9]+(?:[eE][+-]?[0-9]+)?)/;
const WORD = /^[\p{L}\p{Nd}_]+/u;

function lexInside(text: string, offset: number): Token {
  const rest = text.slice(offset, offset + 4096);
  const char = rest.charAt(0);
  const token = (type: TokenType, length: number): Token => ({
    type,
    text: text.slice(offset, offset + length),
    offset,
  });
  const error = (message: string): Token => ({ type: 'error', text: message, offset });
  if (char === '') return error('unclosed action');
  if (/^[ \t\r\n]/.test(char)) return token('space', /^[ \t\r\n]+/.exec(rest)?.[0].length ?? 1);
  if (rest.startsWith(':=')) return token('declare', 2);
  if (char === ':') return error('expected :=');
  if (char === '=') return token('assign', 1);
  if (char === '|') return token('pipe', 1);
  if (char === '(') return token('lparen', 1);
  if (char === ')') return token('rparen', 1);
  if (char === ',') return token('comma', 1);
  if (char === '"') return lexQuoted(text, offset);
  if (char === '`') {
    const end = text.indexOf('`', offset + 1);
    return end < 0 ? error('unterminated raw quoted string') : token('raw', end + 1 - offset);
  }
  if (char === "'") {
    const found = /^'(?:\\.[^']*|[^'\\\n])'/su.exec(rest);
    return found === null ? error('unterminated character constant') : token('char', found[0].length);
  }
  if (char === '$') return lexWord(token, error, 'variable', rest, 1);
  if (char === '.' && !/^[0-9]/.test(rest.charAt(1))) return lexWord(token, error, 'field', rest, 1);
  if (/^[-+0-9.]/.test(char)) return lexNumber(token, error, rest);
  if (WORD.test(char)) return lexWord(token, error, 'identifier', rest, 0);
  if (/^[!-~]/.test(char)) return token('other', 1);
  return error(`unrecognized character in action: ${describeRune(char)}`);
}

type MakeToken = (type: TokenType, length: number) => Token;
type MakeError = (message: string) => Token;

function lexNumber(token: MakeToken, error: MakeError, rest: string): Token {
  const found = NUMBER.exec(rest);
  const after = found === null ? '' : rest.slice(found[0].length);
  if (found === null || WORD.test(after)) {
    const bad = /^[-+0-9.\p{L}\p{Nd}_]+/u.exec(rest)?.[0] ?? rest.charAt(0);
    return error(`bad number syntax: ${JSON.stringify(bad)}`);
  }
  return token('number', found[0].length);
}

function lexWord(token: MakeToken, error: MakeError, kind: TokenType, rest: string, skip: number): Token {
  const word = WORD.exec(rest.slice(skip))?.[0] ?? '';
  const length = skip + word.length;
  const after = rest.charAt(length);
  if (after !== '' && !/^[ \t\r\n.,|:()]/.test(after) && !rest.startsWith('}}', length))
    return error(`bad character ${describeRune(after)}`);
  if (kind === 'field' && word === '') return token('dot', 1);
  if (kind === 'identifier') {
    if (KEYWORDS.has(word)) return token('keyword', length);
    if (word === 'true' || word === 'false') return token('bool', length);
    if (word === 'nil') return token('nil', length);
  }
  return token(kind, length);
}

function lexQuoted(text: string, offset: number): Token {
  for (let index = offset + 1; index < text.length; index += 1) {
    const char = text.charAt(index);
    if (char === '\\' && text.charAt(index + 1) !== '\n' && index + 1 < text.length) index += 1;
    else if (char === '\n') break;
    else if (char === '"') return { type: 'string', text: text.slice(offset, index + 1), offset };
  }
  return { type: 'error', text: 'unterminated quoted string', offset };
}

function describeRune(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')} '${char}'`;
}
