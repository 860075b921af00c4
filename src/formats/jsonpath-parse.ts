/**
 * Parser of kubectl's JSONPath templates.
 * Facts: kubernetes client-go util/jsonpath parser.go (grammar, error texts).
 */
import { unquoteBody } from './go-template/literals.ts';

export interface SliceParam {
  readonly known: boolean;
  readonly value: number;
  readonly derived: boolean;
}

export type PathNode =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'list'; readonly nodes: PathNode[] }
  | { readonly type: 'field'; readonly name: string }
  | { readonly type: 'identifier'; readonly name: string }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'array'; readonly params: readonly [SliceParam, SliceParam, SliceParam] }
  | { readonly type: 'filter'; readonly left: PathNode[]; readonly right: PathNode[]; readonly operator: string }
  | { readonly type: 'union'; readonly lists: readonly PathNode[][] }
  | { readonly type: 'wildcard' }
  | { readonly type: 'recursive' };

/** An error of a template; only thrown within this format. */
export class PathProblem extends Error {}

/** Parses text with actions in braces. Throws PathProblem. */
export function parsePathTemplate(text: string): PathNode[] {
  return new PathParser(text).parse();
}

const TERMINATORS = ' \t\r\n.,[]$@{}';

class PathParser {
  private readonly text: string;
  private position = 0;
  private start = 0;
  private readonly root: PathNode[] = [];

  constructor(text: string) {
    this.text = text;
  }

  parse(): PathNode[] {
    while (this.position < this.text.length) {
      if (this.text[this.position] !== '{') {
        this.position += 1;
        continue;
      }
      this.flushText();
      this.position += 1;
      this.take();
      const nodes: PathNode[] = [];
      this.root.push({ type: 'list', nodes });
      this.action(nodes);
    }
    this.flushText();
    return this.root;
  }

  private flushText(): void {
    if (this.position > this.start) this.root.push({ type: 'text', text: this.take() });
  }

  private take(): string {
    const taken = this.text.slice(this.start, this.position);
    this.start = this.position;
    return taken;
  }

  private next(): string | undefined {
    const char = this.text[this.position];
    this.position += 1;
    return char;
  }

  private action(nodes: PathNode[]): void {
    for (;;) {
      if (this.text.startsWith('}', this.position)) {
        this.position += 1;
        this.take();
        return;
      }
      if (this.text.startsWith('[?(', this.position)) this.filter(nodes);
      else if (this.text.startsWith('..', this.position)) this.recursive(nodes);
      else this.step(nodes);
    }
  }

  private step(nodes: PathNode[]): void {
    const char = this.next();
    if (char === undefined || char === '\n' || char === '\r') throw new PathProblem('unclosed action');
    if (char === ' ' || char === '@' || char === '$') this.take();
    else if (char === '[') this.array(nodes);
    else if (char === '"' || char === "'") this.quote(nodes, char);
    else if (char === '.') this.field(nodes);
    else if (/[-+0-9]/.test(char)) this.number(nodes);
    else if (isAlphaNumeric(char)) this.identifier(nodes);
    else throw new PathProblem(`unrecognized character in action: ${describeRune(char)}`);
  }

  private identifier(nodes: PathNode[]): void {
    while (isAlphaNumeric(this.text[this.position])) this.position += 1;
    const name = this.take();
    if (name === 'true' || name === 'false') nodes.push({ type: 'bool', value: name === 'true' });
    else nodes.push({ type: 'identifier', name });
  }

  private recursive(nodes: PathNode[]): void {
    if (nodes.at(-1)?.type === 'recursive') throw new PathProblem('invalid multiple recursive descent');
    this.position += 2;
    this.take();
    nodes.push({ type: 'recursive' });
    if (isAlphaNumeric(this.text[this.position])) this.field(nodes);
  }

  private number(nodes: PathNode[]): void {
    while (/^[0-9.]$/.test(this.text[this.position] ?? '')) this.position += 1;
    const text = this.take();
    const value = Number(text);
    if (Number.isNaN(value)) throw new PathProblem(`cannot parse number ${text}`);
    nodes.push({ type: 'number', value });
  }

  private field(nodes: PathNode[]): void {
    this.take();
    for (;;) {
      const char = this.text[this.position];
      if (char === undefined || TERMINATORS.includes(char)) break;
      this.position += char === '\\' ? 2 : 1;
    }
    const name = this.take();
    if (name === '*') nodes.push({ type: 'wildcard' });
    else nodes.push({ type: 'field', name: name.replaceAll('\\', '') });
  }

  private quote(nodes: PathNode[], end: string): void {
    for (;;) {
      const char = this.next();
      if (char === undefined || char === '\n' || char === '\r') throw new PathProblem('unterminated quoted string');
      if (char === end && this.text[this.position - 2] !== '\\') break;
    }
    const quoted = this.take();
    const text = unquoteBody(quoted.slice(1, -1));
    if (text === undefined) throw new PathProblem(`unquote string ${quoted} error invalid syntax`);
    nodes.push({ type: 'text', text });
  }

  private array(nodes: PathNode[]): void {
    for (;;) {
      const char = this.next();
      if (char === undefined || char === '\n') throw new PathProblem('unterminated array');
      if (char === ']') break;
    }
    const inner = this.take().slice(1, -1);
    const text = inner === '*' ? ':' : inner;
    const parts = text.split(',');
    if (parts.length > 1) {
      nodes.push({ type: 'union', lists: parts.map((part) => parseAction(`[${part.trim()}]`)) });
      return;
    }
    const key = /^'([^']*)'$/.exec(text)?.[1];
    if (key !== undefined) nodes.push(...parseAction(`.${key}`));
    else nodes.push({ type: 'array', params: parseSlice(text) });
  }

  private filter(nodes: PathNode[]): void {
    this.position += 3;
    this.take();
    let quote = '';
    let closed = true;
    for (;;) {
      const char = this.next();
      if (char === undefined || char === '\n') throw new PathProblem('unterminated filter');
      if (char === '"' || char === "'") {
        if (quote === '') {
          quote = char;
          closed = false;
        } else if (this.text[this.position - 2] !== '\\' && char === quote) closed = true;
      } else if (char === ')' && closed) break;
    }
    if (this.next() !== ']') throw new PathProblem('unclosed array expect ]');
    const text = this.take().slice(0, -2);
    const found = /^([^!<>=]+)([!<>=]+)(.+?)$/s.exec(text);
    const [, left = text, operator = 'exists', right] = found ?? [];
    nodes.push({
      type: 'filter',
      left: parseAction(left),
      right: right === undefined ? [] : parseAction(right),
      operator,
    });
  }
}

/** Parses the inside of one pair of braces. */
function parseAction(text: string): PathNode[] {
  const nodes = parsePathTemplate(`{${text}}`);
  const first = nodes[0];
  return first?.type === 'list' ? first.nodes : nodes;
}

function parseSlice(text: string): readonly [SliceParam, SliceParam, SliceParam] {
  const found = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/.exec(text);
  if (found === null) throw new PathProblem(`invalid array index ${text}`);
  const first = parseIndex(found[1] ?? '');
  const second = found[2];
  const end =
    second === undefined ? { known: true, value: first.value + 1, derived: true } : parseIndex(second.slice(1));
  return [first, end, parseIndex((found[3] ?? '').slice(1))];
}

function parseIndex(text: string): SliceParam {
  if (text === '') return { known: false, value: 0, derived: false };
  const value = Number(text);
  if (!Number.isInteger(value)) throw new PathProblem(`array index ${text} is not a number`);
  return { known: true, value, derived: false };
}

function isAlphaNumeric(char: string | undefined): boolean {
  return char !== undefined && /^[\p{L}\p{Nd}_]$/u.test(char);
}

function describeRune(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')} '${char}'`;
}
