/** awk programs as trees (POSIX awk with gawk's common functions). */
export type Expr =
  | { readonly t: 'num'; readonly v: number }
  | { readonly t: 'str'; readonly v: string }
  | { readonly t: 're'; readonly v: string }
  | { readonly t: 'var'; readonly n: string }
  | { readonly t: 'idx'; readonly n: string; readonly k: readonly Expr[] }
  | { readonly t: 'field'; readonly e: Expr }
  | { readonly t: 'assign'; readonly op: string; readonly l: Expr; readonly r: Expr }
  | { readonly t: 'cond'; readonly c: Expr; readonly a: Expr; readonly b: Expr }
  | { readonly t: 'bin'; readonly op: string; readonly a: Expr; readonly b: Expr }
  | { readonly t: 'un'; readonly op: string; readonly a: Expr }
  | { readonly t: 'inc'; readonly d: number; readonly pre: boolean; readonly l: Expr }
  | { readonly t: 'in'; readonly k: readonly Expr[]; readonly n: string }
  | { readonly t: 'call'; readonly n: string; readonly a: readonly Expr[] }
  | {
      readonly t: 'getline';
      readonly l: Expr | undefined;
      readonly src: Expr | undefined;
      readonly how: '' | '<' | '|';
    }
  | { readonly t: 'group'; readonly a: readonly Expr[] };
export type Stmt =
  | { readonly t: 'expr'; readonly e: Expr }
  | { readonly t: 'print' | 'printf'; readonly a: readonly Expr[]; readonly to: Expr | undefined; readonly how: string }
  | { readonly t: 'if'; readonly c: Expr; readonly a: Stmt; readonly b: Stmt | undefined }
  | { readonly t: 'while'; readonly c: Expr; readonly b: Stmt }
  | { readonly t: 'do'; readonly c: Expr; readonly b: Stmt }
  | {
      readonly t: 'for';
      readonly i: Stmt | undefined;
      readonly c: Expr | undefined;
      readonly u: Stmt | undefined;
      readonly b: Stmt;
    }
  | { readonly t: 'forin'; readonly v: string; readonly n: string; readonly b: Stmt }
  | { readonly t: 'block'; readonly s: readonly Stmt[] }
  | { readonly t: 'next' | 'break' | 'continue' | 'nextfile' }
  | { readonly t: 'exit' | 'return'; readonly e: Expr | undefined }
  | { readonly t: 'delete'; readonly n: string; readonly k: readonly Expr[] | undefined };
export interface Rule {
  readonly when: 'BEGIN' | 'END' | Expr | undefined;
  readonly until: Expr | undefined;
  readonly body: Stmt | undefined;
}
export interface AwkProgram {
  readonly rules: readonly Rule[];
  readonly functions: ReadonlyMap<string, { readonly params: readonly string[]; readonly body: Stmt }>;
}

export class AwkSyntax extends Error {}
interface Token {
  readonly k: 'num' | 'str' | 're' | 'name' | 'func' | 'op' | 'nl' | 'end';
  readonly v: string;
  readonly spaced: boolean;
}
const KEYWORDS = new Set([
  'BEGIN',
  'END',
  'function',
  'func',
  'if',
  'else',
  'while',
  'for',
  'do',
  'break',
  'continue',
  'next',
  'nextfile',
  'exit',
  'return',
  'delete',
  'in',
  'getline',
  'print',
  'printf',
]);
const OPS = [
  '**=',
  '&&',
  '||',
  '==',
  '!=',
  '<=',
  '>=',
  '++',
  '--',
  '+=',
  '-=',
  '*=',
  '/=',
  '%=',
  '^=',
  '**',
  '>>',
  '!~',
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  ';',
  ',',
  '+',
  '-',
  '*',
  '/',
  '%',
  '^',
  '!',
  '<',
  '>',
  '|',
  '?',
  ':',
  '~',
  '$',
  '=',
];
const ESC: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  '"': '"',
  '/': '/',
};

function lex(s: string): Token[] {
  const out: Token[] = [];
  let i = 0;
  let spaced = false;
  const push = (k: Token['k'], v: string): void => {
    out.push({ k, v, spaced });
    spaced = false;
  };
  while (i < s.length) {
    const c = s.charAt(i);
    if (c === ' ' || c === '\t' || c === '\r') {
      i += 1;
      spaced = true;
      continue;
    }
    if (c === '\\' && s.charAt(i + 1) === '\n') {
      i += 2;
      spaced = true;
      continue;
    }
    if (c === '#') {
      while (i < s.length && s.charAt(i) !== '\n') i += 1;
      continue;
    }
    if (c === '\n') {
      push('nl', '\n');
      i += 1;
      continue;
    }
    const num = /^(0[xX][0-9a-fA-F]+|(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?)/.exec(s.slice(i));
    if (num !== null) {
      push('num', num[0]);
      i += num[0].length;
      continue;
    }
    const name = /^[A-Za-z_]\w*/.exec(s.slice(i));
    if (name !== null) {
      i += name[0].length;
      push(s.charAt(i) === '(' && !KEYWORDS.has(name[0]) ? 'func' : 'name', name[0]);
      continue;
    }
    if (c === '"') {
      let v = '';
      for (i += 1; i < s.length && s.charAt(i) !== '"'; i += 1) {
        if (s.charAt(i) !== '\\') {
          v += s.charAt(i);
          continue;
        }
        i += 1;
        const octal = /^[0-7]{1,3}/.exec(s.slice(i));
        if (octal !== null) {
          v += String.fromCharCode(Number.parseInt(octal[0], 8));
          i += octal[0].length - 1;
        } else v += ESC[s.charAt(i)] ?? `\\${s.charAt(i)}`;
      }
      if (i >= s.length) throw new AwkSyntax('unterminated string');
      i += 1;
      push('str', v);
      continue;
    }
    const last = out.at(-1);
    const value =
      last !== undefined &&
      (last.k === 'num' ||
        last.k === 'str' ||
        last.k === 're' ||
        (last.k === 'name' && !KEYWORDS.has(last.v)) ||
        (last.k === 'op' && [')', ']', '$', '++', '--'].includes(last.v)));
    if (c === '/' && !value) {
      let v = '';
      let bracket = false;
      for (i += 1; i < s.length && (s.charAt(i) !== '/' || bracket); i += 1) {
        if (s.charAt(i) === '\\') {
          v += s.charAt(i + 1) === '/' ? '/' : s.slice(i, i + 2);
          i += 1;
          continue;
        }
        if (s.charAt(i) === '[') bracket = true;
        else if (s.charAt(i) === ']') bracket = false;
        if (s.charAt(i) === '\n') throw new AwkSyntax('unterminated regexp');
        v += s.charAt(i);
      }
      i += 1;
      push('re', v);
      continue;
    }
    const op = OPS.find((o) => s.startsWith(o, i));
    if (op === undefined) throw new AwkSyntax(`syntax error at or near ${c}`);
    push('op', op);
    i += op.length;
  }
  push('end', '');
  return out;
}

export function parseAwk(text: string): AwkProgram {
  return new Parser(lex(text)).program();
}

class Parser {
  readonly #k: readonly Token[];
  #at = 0;
  #noIn = false;
  #noGreater = false;
  readonly #functions = new Map<string, { readonly params: readonly string[]; readonly body: Stmt }>();
  constructor(tokens: readonly Token[]) {
    this.#k = tokens;
  }

  get #t(): Token {
    return this.#k[this.#at] ?? { k: 'end', v: '', spaced: false };
  }
  #is(v: string): boolean {
    return (this.#t.k === 'op' || this.#t.k === 'name') && this.#t.v === v;
  }
  #eat(v: string): boolean {
    if (!this.#is(v)) return false;
    this.#at += 1;
    return true;
  }
  #want(v: string): void {
    if (!this.#eat(v))
      throw new AwkSyntax(
        this.#t.k === 'end'
          ? 'syntax error at or near end of file'
          : `syntax error at or near ${this.#t.v === '\n' ? 'end of line' : this.#t.v}`,
      );
  }
  #lines(): void {
    while (this.#t.k === 'nl') this.#at += 1;
  }
  #ends(): void {
    while (this.#t.k === 'nl' || this.#is(';')) this.#at += 1;
  }
  #name(): string {
    const { k, v } = this.#t;
    if (k !== 'name' && k !== 'func') throw new AwkSyntax(`syntax error at or near ${v}`);
    this.#at += 1;
    return v;
  }

  /** Steps over what ends statements; answers whether another follows. */
  #hasMore(): boolean {
    this.#ends();
    return this.#t.k !== 'end';
  }

  program(): AwkProgram {
    const rules: Rule[] = [];
    while (this.#hasMore()) {
      if (this.#eat('function') || this.#eat('func')) {
        const name = this.#name();
        this.#want('(');
        const params: string[] = [];
        while (!this.#eat(')')) {
          params.push(this.#name());
          this.#eat(',');
          this.#lines();
        }
        this.#lines();
        this.#functions.set(name, { params, body: this.#block() });
        continue;
      }
      if (this.#is('BEGIN') || this.#is('END')) {
        const when = this.#t.v === 'BEGIN' ? 'BEGIN' : 'END';
        this.#at += 1;
        this.#lines();
        rules.push({ when, until: undefined, body: this.#block() });
        continue;
      }
      let when: Expr | undefined;
      let until: Expr | undefined;
      if (!this.#is('{')) {
        when = this.#expr();
        if (this.#eat(',')) {
          this.#lines();
          until = this.#expr();
        }
      }
      rules.push({ when, until, body: this.#is('{') ? this.#block() : undefined });
    }
    return { rules, functions: this.#functions };
  }

  #block(): Stmt {
    this.#want('{');
    const s: Stmt[] = [];
    this.#ends();
    while (!this.#eat('}')) {
      s.push(this.#stmt());
      this.#ends();
    }
    return { t: 'block', s };
  }
  #simpleEnd(): void {
    if (this.#is('}') || this.#t.k === 'end') return;
    if (this.#t.k === 'nl' || this.#is(';')) {
      this.#at += 1;
      return;
    }
    throw new AwkSyntax(`syntax error at or near ${this.#t.v}`);
  }
  #body(): Stmt {
    this.#lines();
    if (this.#eat(';')) return { t: 'block', s: [] };
    return this.#stmt();
  }
  #stmt(): Stmt {
    if (this.#is('{')) return this.#block();
    if (this.#eat('if')) {
      this.#want('(');
      const c = this.#expr();
      this.#want(')');
      const a = this.#body();
      const save = this.#at;
      this.#ends();
      if (this.#eat('else')) return { t: 'if', c, a, b: this.#body() };
      this.#at = save;
      return { t: 'if', c, a, b: undefined };
    }
    if (this.#eat('while')) {
      this.#want('(');
      const c = this.#expr();
      this.#want(')');
      return { t: 'while', c, b: this.#body() };
    }
    if (this.#eat('do')) {
      const b = this.#body();
      this.#ends();
      this.#want('while');
      this.#want('(');
      const c = this.#expr();
      this.#want(')');
      this.#simpleEnd();
      return { t: 'do', c, b };
    }
    if (this.#eat('for')) return this.#for();
    const s = this.#simple();
    this.#simpleEnd();
    return s;
  }
  #for(): Stmt {
    this.#want('(');
    const [a, b, c, d] = [this.#t, this.#k[this.#at + 1], this.#k[this.#at + 2], this.#k[this.#at + 3]];
    if (a.k === 'name' && b?.v === 'in' && c?.k === 'name' && d?.v === ')') {
      this.#at += 4;
      return { t: 'forin', v: a.v, n: c.v, b: this.#body() };
    }
    const i = this.#is(';') ? undefined : this.#simple();
    this.#want(';');
    this.#lines();
    const cond = this.#is(';') ? undefined : this.#expr();
    this.#want(';');
    this.#lines();
    const u = this.#is(')') ? undefined : this.#simple();
    this.#want(')');
    return { t: 'for', i, c: cond, u, b: this.#body() };
  }
  #simple(): Stmt {
    for (const word of ['next', 'break', 'continue', 'nextfile'] as const) if (this.#eat(word)) return { t: word };
    for (const word of ['exit', 'return'] as const)
      if (this.#eat(word))
        return {
          t: word,
          e: this.#t.k === 'nl' || this.#t.k === 'end' || this.#is(';') || this.#is('}') ? undefined : this.#expr(),
        };
    if (this.#eat('delete')) {
      const n = this.#name();
      if (!this.#eat('[')) return { t: 'delete', n, k: undefined };
      const k = this.#list(']');
      return { t: 'delete', n, k };
    }
    for (const word of ['print', 'printf'] as const) if (this.#eat(word)) return this.#print(word);
    return { t: 'expr', e: this.#expr() };
  }
  #print(t: 'print' | 'printf'): Stmt {
    const a: Expr[] = [];
    this.#noGreater = true;
    if (!(this.#t.k === 'nl' || this.#t.k === 'end' || ['; ', ';', '}', '>', '>>', '|'].some((v) => this.#is(v)))) {
      const first = this.#expr();
      if (first.t === 'group') a.push(...first.a);
      else a.push(first);
      while (this.#eat(',')) {
        this.#lines();
        a.push(this.#expr());
      }
    }
    this.#noGreater = false;
    for (const how of ['>>', '>', '|']) if (this.#eat(how)) return { t, a, to: this.#concat(), how };
    return { t, a, to: undefined, how: '' };
  }
  #list(close: string): Expr[] {
    const out: Expr[] = [];
    const [noIn, noGreater] = [this.#noIn, this.#noGreater];
    this.#noIn = false;
    this.#noGreater = false;
    this.#lines();
    while (!this.#eat(close)) {
      out.push(this.#expr());
      this.#lines();
      if (!this.#eat(',') && !this.#is(close)) this.#want(close);
      this.#lines();
    }
    this.#noIn = noIn;
    this.#noGreater = noGreater;
    return out;
  }

  #expr(): Expr {
    const l = this.#ternary();
    const isPlace = l.t === 'var' || l.t === 'idx' || l.t === 'field';
    const op = this.#t;
    if (isPlace && op.k === 'op' && ['=', '+=', '-=', '*=', '/=', '%=', '^=', '**='].includes(op.v)) {
      this.#at += 1;
      this.#lines();
      return { t: 'assign', op: op.v.slice(0, -1).replace('**', '^'), l, r: this.#expr() };
    }
    return l;
  }
  #ternary(): Expr {
    const c = this.#or();
    if (!this.#eat('?')) return c;
    this.#lines();
    const a = this.#expr();
    this.#lines();
    this.#want(':');
    this.#lines();
    return { t: 'cond', c, a, b: this.#expr() };
  }
  #or(): Expr {
    let a = this.#and();
    while (this.#eat('||')) {
      this.#lines();
      a = { t: 'bin', op: '||', a, b: this.#and() };
    }
    return a;
  }
  #and(): Expr {
    let a = this.#in();
    while (this.#eat('&&')) {
      this.#lines();
      a = { t: 'bin', op: '&&', a, b: this.#in() };
    }
    return a;
  }
  #in(): Expr {
    let a = this.#match();
    while (!this.#noIn && this.#eat('in')) a = { t: 'in', k: a.t === 'group' ? a.a : [a], n: this.#name() };
    return a;
  }
  #match(): Expr {
    let a = this.#compare();
    while (this.#is('~') || this.#is('!~')) {
      const op = this.#t.v;
      this.#at += 1;
      a = { t: 'bin', op, a, b: this.#compare() };
    }
    return a;
  }
  #compare(): Expr {
    const a = this.#concat();
    for (const op of ['<', '<=', '==', '!=', '>', '>=']) {
      if (!this.#is(op) || (op === '>' && this.#noGreater)) continue;
      this.#at += 1;
      return { t: 'bin', op, a, b: this.#concat() };
    }
    if (this.#is('|') && this.#k[this.#at + 1]?.v === 'getline') {
      this.#at += 2;
      return { t: 'getline', l: this.#place(), src: a, how: '|' };
    }
    return a;
  }
  #place(): Expr | undefined {
    return this.#is('$') || (this.#t.k === 'name' && !KEYWORDS.has(this.#t.v)) ? this.#primary() : undefined;
  }
  #concat(): Expr {
    let a = this.#add();
    for (;;) {
      const { k, v } = this.#t;
      const starts =
        k === 'num' ||
        k === 'str' ||
        k === 're' ||
        k === 'func' ||
        (k === 'name' && (!KEYWORDS.has(v) || v === 'getline') && v !== 'in') ||
        (k === 'op' && ['$', '!', '(', '-', '+', '++', '--'].includes(v));
      if (!starts || (k === 'op' && v === '!' && this.#k[this.#at + 1]?.v === '~')) return a;
      a = { t: 'bin', op: ' ', a, b: this.#add() };
    }
  }
  #add(): Expr {
    let a = this.#mul();
    while (this.#is('+') || this.#is('-')) {
      const op = this.#t.v;
      this.#at += 1;
      a = { t: 'bin', op, a, b: this.#mul() };
    }
    return a;
  }
  #mul(): Expr {
    let a = this.#unary();
    while (this.#is('*') || this.#is('/') || this.#is('%')) {
      const op = this.#t.v;
      this.#at += 1;
      a = { t: 'bin', op, a, b: this.#unary() };
    }
    return a;
  }
  #unary(): Expr {
    for (const op of ['!', '-', '+']) if (this.#eat(op)) return { t: 'un', op, a: this.#unary() };
    return this.#power();
  }
  #power(): Expr {
    const a = this.#post();
    if (this.#eat('^') || this.#eat('**')) return { t: 'bin', op: '^', a, b: this.#unaryPower() };
    return a;
  }
  #unaryPower(): Expr {
    for (const op of ['-', '+', '!']) if (this.#eat(op)) return { t: 'un', op, a: this.#unaryPower() };
    return this.#power();
  }
  #post(): Expr {
    const l = this.#primary();
    if ((l.t === 'var' || l.t === 'idx' || l.t === 'field') && (this.#is('++') || this.#is('--'))) {
      const d = this.#t.v === '++' ? 1 : -1;
      this.#at += 1;
      return { t: 'inc', d, pre: false, l };
    }
    return l;
  }
  #primary(): Expr {
    const { k, v } = this.#t;
    this.#at += 1;
    if (k === 'num') return { t: 'num', v: Number(v) };
    if (k === 'str') return { t: 'str', v };
    if (k === 're') return { t: 're', v };
    if (k === 'func') {
      this.#want('(');
      return { t: 'call', n: v, a: this.#list(')') };
    }
    if (k === 'name' && v === 'getline') {
      const l = this.#place();
      if (this.#eat('<')) return { t: 'getline', l, src: this.#primary(), how: '<' };
      return { t: 'getline', l, src: undefined, how: '' };
    }
    if (k === 'name' && !KEYWORDS.has(v)) {
      if (this.#eat('[')) return { t: 'idx', n: v, k: this.#list(']') };
      return v === 'length' ? { t: 'call', n: 'length', a: [] } : { t: 'var', n: v };
    }
    if (k === 'op' && v === '$') {
      if (this.#is('++') || this.#is('--')) {
        const d = this.#t.v === '++' ? 1 : -1;
        this.#at += 1;
        return { t: 'field', e: { t: 'inc', d, pre: true, l: this.#primary() } };
      }
      if (this.#eat('-')) return { t: 'field', e: { t: 'un', op: '-', a: this.#primary() } };
      return { t: 'field', e: this.#primary() };
    }
    if (k === 'op' && (v === '++' || v === '--'))
      return { t: 'inc', d: v === '++' ? 1 : -1, pre: true, l: this.#primary() };
    if (k === 'op' && v === '(') {
      const a = this.#list(')');
      const [one] = a;
      return a.length === 1 && one !== undefined
        ? one.t === 'group'
          ? one
          : { t: 'un', op: '(', a: one }
        : { t: 'group', a };
    }
    if (k === 'op' && (v === '-' || v === '+' || v === '!')) return { t: 'un', op: v, a: this.#unary() };
    this.#at -= 1;
    throw new AwkSyntax(
      k === 'end' ? 'syntax error at or near end of file' : `syntax error at or near ${v === '\n' ? 'end of line' : v}`,
    );
  }
}
