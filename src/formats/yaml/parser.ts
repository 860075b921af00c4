/**
 * Turns tokens into a tree of nodes, as the parser of libyaml does, with go-yaml's errors.
 * One document per call; what follows it is left alone, as yaml.Unmarshal leaves it.
 */
import type { MappingEntry, YamlNode } from './node.ts';
import { Scanner } from './scanner.ts';
import { parserProblem, YamlProblem, type Mark, type Token, type TokenType } from './tokens.ts';

const CORE = 'tag:yaml.org,2002:';

/** Parses the first document of a text; undefined if there is none. Throws YamlProblem. */
export function parseNode(text: string): YamlNode | undefined {
  const bad = findControlCharacter(text);
  if (bad !== undefined) throw new YamlProblem('control characters are not allowed', bad, 0);
  return new Parser(new Scanner(text)).document();
}

interface Properties {
  readonly anchor: string;
  readonly tag: string;
  readonly start: Mark | undefined;
}

const NO_PROPERTIES: Properties = { anchor: '', tag: '', start: undefined };

class Parser {
  private readonly scanner: Scanner;
  private readonly anchors = new Map<string, YamlNode>();
  private readonly open = new Set<string>();
  private readonly handles = new Map([
    ['!', '!'],
    ['!!', CORE],
  ]);

  constructor(scanner: Scanner) {
    this.scanner = scanner;
  }

  document(): YamlNode | undefined {
    this.scanner.next();
    while (this.at('document-end')) this.scanner.next();
    if (this.at('stream-end')) return undefined;
    let hasDirective = false;
    while (this.at('directive')) {
      this.directive(this.scanner.next());
      hasDirective = true;
    }
    if (this.at('document-start')) this.scanner.next();
    else if (hasDirective) throw parserProblem('did not find expected <document start>', this.scanner.peek().start);
    const root = this.isOneOf('document-start', 'document-end', 'stream-end', 'directive')
      ? this.empty(this.scanner.peek().start)
      : this.node(true, false);
    // The token after the document is scanned too, so that its errors are seen as in Go.
    this.scanner.peek();
    return root;
  }

  private directive(token: Token): void {
    const rest = token.suffix ?? '';
    if (token.value === 'YAML') {
      if (rest !== '1.1') throw parserProblem('found incompatible YAML document', token.start);
      return;
    }
    const [handle, prefix] = rest.split(/\s+/);
    if (handle !== undefined && prefix !== undefined) this.handles.set(handle, prefix);
  }

  private node(block: boolean, indentless: boolean): YamlNode {
    const token = this.scanner.peek();
    if (token.type === 'alias') return this.alias(this.scanner.next());
    const properties = this.properties();
    if (properties.anchor !== '') this.open.add(properties.anchor);
    const node = this.content(block, indentless, properties);
    if (properties.anchor !== '') {
      this.open.delete(properties.anchor);
      this.anchors.set(properties.anchor, node);
    }
    return node;
  }

  private alias(token: Token): YamlNode {
    const name = token.value ?? '';
    if (this.open.has(name)) throw new YamlProblem(`anchor '${name}' value contains itself`, token.start, 0);
    const target = this.anchors.get(name);
    if (target === undefined) throw new YamlProblem(`unknown anchor '${name}' referenced`, token.start, 0);
    return { kind: 'alias', name, target, start: token.start, end: token.end, tag: '', anchor: '' };
  }

  private properties(): Properties {
    let { anchor, tag, start } = NO_PROPERTIES;
    for (let index = 0; index < 2; index += 1) {
      const token = this.scanner.peek();
      if (token.type === 'anchor' && anchor === '') anchor = this.scanner.next().value ?? '';
      else if (token.type === 'tag' && tag === '') tag = this.resolveTag(this.scanner.next(), start ?? token.start);
      else break;
      start ??= token.start;
    }
    return { anchor, tag, start };
  }

  private resolveTag(token: Token, start: Mark): string {
    const handle = token.value ?? '';
    const suffix = token.suffix ?? '';
    if (handle === '') return suffix;
    const prefix = this.handles.get(handle);
    if (prefix === undefined) throw parserProblem('found undefined tag handle', token.start, start);
    return prefix + suffix;
  }

  private content(block: boolean, indentless: boolean, properties: Properties): YamlNode {
    const token = this.scanner.peek();
    const place = { anchor: properties.anchor, tag: properties.tag, start: properties.start ?? token.start };
    if (indentless && token.type === 'block-entry') return this.indentlessSequence(place);
    switch (token.type) {
      case 'scalar':
        this.scanner.next();
        return { kind: 'scalar', value: token.value ?? '', style: token.style ?? 'plain', ...place, end: token.end };
      case 'flow-sequence-start':
        return this.flowSequence(place);
      case 'flow-mapping-start':
        return this.flowMapping(place);
      case 'block-sequence-start':
        if (block) return this.blockSequence(place);
        break;
      case 'block-mapping-start':
        if (block) return this.blockMapping(place);
        break;
      default:
        break;
    }
    if (properties.start !== undefined) return { ...this.empty(token.start), ...place };
    throw parserProblem('did not find expected node content', token.start);
  }

  private blockSequence(place: Omit<Properties, 'start'> & { start: Mark }): YamlNode {
    const items: YamlNode[] = [];
    const open = this.scanner.next();
    for (;;) {
      if (this.at('block-entry')) {
        const entry = this.scanner.next();
        items.push(this.isOneOf('block-entry', 'block-end') ? this.empty(entry.end) : this.node(true, false));
      } else if (this.at('block-end')) {
        return { kind: 'sequence', items, ...place, end: this.scanner.next().end };
      } else {
        throw parserProblem("did not find expected '-' indicator", this.scanner.peek().start, open.start);
      }
    }
  }

  private indentlessSequence(place: Omit<Properties, 'start'> & { start: Mark }): YamlNode {
    const items: YamlNode[] = [];
    while (this.at('block-entry')) {
      const entry = this.scanner.next();
      const isEmpty = this.isOneOf('block-entry', 'key', 'value', 'block-end');
      items.push(isEmpty ? this.empty(entry.end) : this.node(true, false));
    }
    return { kind: 'sequence', items, ...place, end: items.at(-1)?.end ?? place.start };
  }

  private blockMapping(place: Omit<Properties, 'start'> & { start: Mark }): YamlNode {
    const entries: MappingEntry[] = [];
    const open = this.scanner.next();
    for (;;) {
      if (this.at('block-end')) return { kind: 'mapping', entries, ...place, end: this.scanner.next().end };
      if (!this.isOneOf('key', 'value')) {
        throw parserProblem('did not find expected key', this.scanner.peek().start, open.start);
      }
      const key = this.blockPart('key');
      entries.push({ key, value: this.blockPart('value') });
    }
  }

  /** A key or a value of a block mapping, empty if its indicator is missing or nothing follows. */
  private blockPart(type: 'key' | 'value'): YamlNode {
    if (!this.at(type)) return this.empty(this.scanner.peek().start);
    const indicator = this.scanner.next();
    if (this.isOneOf('key', 'value', 'block-end')) return this.empty(indicator.end);
    return this.node(true, true);
  }

  private flowSequence(place: Omit<Properties, 'start'> & { start: Mark }): YamlNode {
    const items: YamlNode[] = [];
    const open = this.scanner.next();
    for (let first = true; !this.at('flow-sequence-end'); first = false) {
      if (!first) {
        this.expectComma("did not find expected ',' or ']'", open.start);
        if (this.at('flow-sequence-end')) break;
      }
      items.push(this.at('key') ? this.singlePair() : this.node(false, false));
    }
    return { kind: 'sequence', items, ...place, end: this.scanner.next().end };
  }

  private singlePair(): YamlNode {
    const start = this.scanner.next();
    const key = this.isOneOf('value', 'flow-entry', 'flow-sequence-end')
      ? this.empty(start.end)
      : this.node(false, false);
    const value = this.flowValue('flow-sequence-end');
    return { kind: 'mapping', entries: [{ key, value }], start: start.start, end: value.end, tag: '', anchor: '' };
  }

  private flowMapping(place: Omit<Properties, 'start'> & { start: Mark }): YamlNode {
    const entries: MappingEntry[] = [];
    const open = this.scanner.next();
    for (let first = true; !this.at('flow-mapping-end'); first = false) {
      if (!first) {
        this.expectComma("did not find expected ',' or '}'", open.start);
        if (this.at('flow-mapping-end')) break;
      }
      entries.push(this.flowEntry());
    }
    return { kind: 'mapping', entries, ...place, end: this.scanner.next().end };
  }

  private flowEntry(): MappingEntry {
    if (!this.at('key')) {
      const key = this.node(false, false);
      return { key, value: this.empty(key.end) };
    }
    const indicator = this.scanner.next();
    const isEmpty = this.isOneOf('value', 'flow-entry', 'flow-mapping-end');
    const key = isEmpty ? this.empty(indicator.end) : this.node(false, false);
    return { key, value: this.flowValue('flow-mapping-end') };
  }

  private flowValue(end: TokenType): YamlNode {
    if (!this.at('value')) return this.empty(this.scanner.peek().start);
    const indicator = this.scanner.next();
    return this.isOneOf('flow-entry', end) ? this.empty(indicator.end) : this.node(false, false);
  }

  private expectComma(message: string, open: Mark): void {
    if (!this.at('flow-entry')) throw parserProblem(message, this.scanner.peek().start, open);
    this.scanner.next();
  }

  private empty(at: Mark): YamlNode {
    return { kind: 'scalar', value: '', style: 'plain', start: at, end: at, tag: '', anchor: '' };
  }

  private at(type: TokenType): boolean {
    return this.scanner.peek().type === type;
  }

  private isOneOf(...types: readonly TokenType[]): boolean {
    return types.includes(this.scanner.peek().type);
  }
}

const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]/;

function findControlCharacter(text: string): Mark | undefined {
  const offset = text.search(FORBIDDEN);
  if (offset < 0) return undefined;
  const before = text.slice(0, offset).split('\n');
  return { offset, line: before.length - 1, column: before.at(-1)?.length ?? 0 };
}
