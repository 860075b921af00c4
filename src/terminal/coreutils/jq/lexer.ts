import { JqSyntax } from './syntax.ts';

export interface Token {
  /** `text` is a piece of a string between its quotes and `\(`. */
  readonly type: 'number' | 'name' | 'field' | 'variable' | 'format' | 'operator' | 'quote' | 'text' | 'end';
  readonly text: string;
}

const PATTERNS: readonly (readonly [Token['type'], RegExp])[] = [
  ['number', /^(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/],
  ['field', /^\.[A-Za-z_]\w*/],
  ['variable', /^\$(?:__loc__|[A-Za-z_]\w*(?:::\w+)*)/],
  ['name', /^[A-Za-z_]\w*(?:::\w+)*/],
  ['format', /^@\w+/],
  ['operator', /^(?:\?\/\/=?|\/\/=|\|=|\+=|-=|\*=|\/=|%=|==|!=|<=|>=|\/\/|\.\.|[-+*/%=<>|,.:;()[\]{}?$])/],
];

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

/** The tokens of a program, the end included; throws `JqSyntax`. */
export function tokenize(source: string): readonly Token[] {
  const tokens: Token[] = [];
  const lexer = { source, at: 0, tokens };
  tokenizeUntil(lexer, undefined);
  tokens.push({ type: 'end', text: '' });
  return tokens;
}

interface Lexer {
  readonly source: string;
  at: number;
  readonly tokens: Token[];
}

/** Up to the parenthesis that closes an interpolation, or to the end. */
function tokenizeUntil(lexer: Lexer, close: string | undefined): void {
  let depth = 0;
  for (;;) {
    lexer.at += /^(?:\s|#[^\n]*)*/.exec(lexer.source.slice(lexer.at))?.[0].length ?? 0;
    const rest = lexer.source.slice(lexer.at);
    if (rest === '') {
      if (close !== undefined) throw new JqSyntax('syntax error, unexpected end of file');
      return;
    }
    if (rest.startsWith('"')) {
      tokenizeString(lexer);
      continue;
    }
    const token = nextToken(rest);
    if (close !== undefined && token.text === close && depth === 0) {
      lexer.at += 1;
      return;
    }
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth -= 1;
    lexer.tokens.push(token);
    lexer.at += token.text.length;
  }
}

function nextToken(rest: string): Token {
  for (const [type, pattern] of PATTERNS) {
    const text = pattern.exec(rest)?.[0];
    if (text !== undefined) return { type, text };
  }
  throw new JqSyntax('syntax error, unexpected INVALID_CHARACTER');
}

function tokenizeString(lexer: Lexer): void {
  lexer.tokens.push({ type: 'quote', text: '"' });
  let text = '';
  const endText = (): void => {
    lexer.tokens.push({ type: 'text', text });
    text = '';
  };
  for (lexer.at += 1; lexer.source.charAt(lexer.at) !== '"'; lexer.at += 1) {
    const char = lexer.source.charAt(lexer.at);
    if (char === '') throw new JqSyntax('syntax error, unexpected QQSTRING_START');
    if (char !== '\\') {
      text += char;
      continue;
    }
    lexer.at += 1;
    const letter = lexer.source.charAt(lexer.at);
    if (letter === '(') {
      endText();
      lexer.tokens.push({ type: 'operator', text: '(' });
      lexer.at += 1;
      tokenizeUntil(lexer, ')');
      lexer.tokens.push({ type: 'operator', text: ')' });
      lexer.at -= 1;
    } else if (letter === 'u') {
      text += String.fromCharCode(Number.parseInt(lexer.source.slice(lexer.at + 1, lexer.at + 5), 16));
      lexer.at += 4;
    } else text += ESCAPES[letter] ?? letter;
  }
  endText();
  lexer.tokens.push({ type: 'quote', text: '"' });
  lexer.at += 1;
}
