/** Parser of Go's text/template. Facts: text/template/parse parse.go (grammar, error texts). */
import { lexTemplate, type Token } from './lexer.ts';
import { parseNumber, unquoteBody } from './literals.ts';
import { nodeText, type Branch, type Command, type Operand, type Pipe, type TemplateNode } from './nodes.ts';

/** An error with Go's complete text; only thrown within this format. */
export class TemplateProblem extends Error {}

export interface Parsed {
  readonly root: readonly TemplateNode[];
  readonly templates: ReadonlyMap<string, readonly TemplateNode[]>;
}

/** Throws TemplateProblem. `functions` are the names that may be called. */
export function parseTemplate(name: string, text: string, functions: ReadonlySet<string>): Parsed {
  const parser = new Parser(name, text, functions);
  const root = parser.parse();
  return { root, templates: parser.templates };
}

type Ending = { readonly type: 'end' } | { readonly type: 'else'; readonly chained: 'if' | 'with' | undefined };

class Parser {
  readonly templates = new Map<string, readonly TemplateNode[]>();
  private readonly name: string;
  private readonly text: string;
  private readonly functions: ReadonlySet<string>;
  private readonly tokens: readonly Token[];
  private index = 0;
  private variables: string[] = ['$'];
  private rangeDepth = 0;

  constructor(name: string, text: string, functions: ReadonlySet<string>) {
    this.name = name;
    this.text = text;
    this.functions = functions;
    this.tokens = lexTemplate(text);
  }

  parse(): TemplateNode[] {
    const nodes: TemplateNode[] = [];
    while (this.peek().type !== 'eof') {
      const node = this.textOrAction();
      if (node === undefined) continue;
      if (node.type === 'end' || node.type === 'else') this.fail(`unexpected {{${node.type}}}`);
      nodes.push(node);
    }
    return nodes;
  }

  private peek(): Token {
    return this.tokens[this.index] ?? { type: 'eof', text: '', offset: this.text.length };
  }

  private next(): Token {
    const token = this.peek();
    this.index += 1;
    return token;
  }

  private peekNonSpace(): Token {
    while (this.peek().type === 'space') this.index += 1;
    return this.peek();
  }

  private nextNonSpace(): Token {
    this.peekNonSpace();
    return this.next();
  }

  private fail(message: string): never {
    const offset = this.tokens[Math.min(Math.max(this.index - 1, 0), this.tokens.length - 1)]?.offset ?? 0;
    const line = this.text.slice(0, offset).split('\n').length;
    throw new TemplateProblem(`template: ${this.name}:${String(line)}: ${message}`);
  }

  private unexpected(token: Token, context: string): never {
    if (token.type === 'error') this.fail(token.text);
    this.fail(`unexpected ${describeToken(token)} in ${context}`);
  }

  private expect(type: Token['type'], context: string): Token {
    const token = this.nextNonSpace();
    if (token.type !== type) this.unexpected(token, context);
    return token;
  }

  private textOrAction(): TemplateNode | Ending | undefined {
    const token = this.nextNonSpaceText();
    if (token.type === 'text') return { type: 'text', text: token.text };
    if (token.type === 'left') return this.action();
    this.unexpected(token, 'input');
  }

  private nextNonSpaceText(): Token {
    return this.next();
  }

  private action(): TemplateNode | Ending | undefined {
    const token = this.peekNonSpace();
    if (token.type !== 'keyword') return { type: 'action', pipe: this.pipeline('command', 'right') };
    this.next();
    switch (token.text) {
      case 'if':
      case 'range':
      case 'with':
        return this.branch(token.text, token.offset);
      case 'else':
        return this.elseControl();
      case 'end':
        this.expect('right', 'end');
        return { type: 'end' };
      case 'template':
        return this.templateControl();
      case 'block':
        return this.block(token);
      case 'define': {
        this.define();
        return;
      }
      default:
        return this.loopControl(token);
    }
  }

  private loopControl(token: Token): TemplateNode {
    this.expect('right', `{{${token.text}}}`);
    if (this.rangeDepth === 0) this.fail(`{{${token.text}}} outside {{range}}`);
    return { type: token.text === 'break' ? 'break' : 'continue', offset: token.offset };
  }

  private elseControl(): Ending {
    const token = this.peekNonSpace();
    if (token.type === 'keyword' && (token.text === 'if' || token.text === 'with')) {
      this.next();
      return { type: 'else', chained: token.text };
    }
    this.expect('right', 'else');
    return { type: 'else', chained: undefined };
  }

  private branch(type: 'if' | 'range' | 'with', offset: number): Branch {
    const depth = this.variables.length;
    const pipe = this.pipeline(type, 'right');
    if (type === 'range') this.rangeDepth += 1;
    const [body, ending] = this.itemList();
    if (type === 'range') this.rangeDepth -= 1;
    let otherwise: readonly TemplateNode[] | undefined;
    if (ending.type === 'else') {
      if (ending.chained !== undefined && type !== 'range') {
        otherwise = [this.branch(ending.chained, offset)];
      } else {
        if (ending.chained !== undefined) this.fail(`unexpected <${ending.chained}> in else`);
        const [rest, last] = this.itemList();
        if (last.type !== 'end') this.fail('expected end; found {{else}}');
        otherwise = rest;
      }
    }
    this.variables.length = depth;
    return { type, offset, pipe, body, otherwise };
  }

  private itemList(): [TemplateNode[], Ending] {
    const nodes: TemplateNode[] = [];
    while (this.peek().type !== 'eof') {
      const node = this.textOrAction();
      if (node === undefined) continue;
      if (node.type === 'end' || node.type === 'else') return [nodes, node];
      nodes.push(node);
    }
    this.index += 1;
    this.fail('unexpected EOF');
  }

  private templateName(token: Token, context: string): string {
    if (token.type !== 'string' && token.type !== 'raw') this.unexpected(token, context);
    return this.unquote(token);
  }

  private templateControl(): TemplateNode {
    const nameToken = this.nextNonSpace();
    const name = this.templateName(nameToken, 'template clause');
    let pipe: Pipe | undefined;
    if (this.peekNonSpace().type === 'right') this.next();
    else pipe = this.pipeline('template clause', 'right');
    return { type: 'template', offset: nameToken.offset, name, pipe };
  }

  private block(token: Token): TemplateNode {
    const name = this.templateName(this.nextNonSpace(), 'block clause');
    const pipe = this.pipeline('block clause', 'right');
    this.define1(name);
    return { type: 'template', offset: token.offset, name, pipe };
  }

  private define(): undefined {
    const name = this.templateName(this.nextNonSpace(), 'define clause');
    this.expect('right', 'define clause');
    this.define1(name);
  }

  private define1(name: string): void {
    const outer = this.variables;
    this.variables = ['$'];
    const [nodes, ending] = this.itemList();
    if (ending.type !== 'end') this.fail('unexpected {{else}} in define clause');
    this.variables = outer;
    this.templates.set(name, nodes);
  }

  private pipeline(context: string, end: 'right' | 'rparen'): Pipe {
    const { offset } = this.peekNonSpace();
    const declares: string[] = [];
    let isAssign = false;
    while (this.peekNonSpace().type === 'variable') {
      const start = this.index;
      const variable = this.next();
      const after = this.peekNonSpace();
      if (after.type === 'assign' || after.type === 'declare') {
        isAssign = after.type === 'assign';
        this.next();
        this.declare(variable.text, isAssign, declares);
        break;
      }
      if (after.type !== 'comma') {
        this.index = start;
        break;
      }
      this.next();
      this.declare(variable.text, false, declares);
      if (context !== 'range' || declares.length >= 2) this.fail(`too many declarations in ${context}`);
      const { type } = this.peekNonSpace();
      if (type !== 'variable' && type !== 'right' && type !== 'rparen')
        this.fail('range can only initialize variables');
    }
    const commands: Command[] = [];
    for (;;) {
      const token = this.peekNonSpace();
      if (token.type === end) {
        this.next();
        this.checkPipeline(commands, context);
        return { type: 'pipe', offset, declares, isAssign, commands };
      }
      if (!STARTS_OPERAND.has(token.type)) {
        this.next();
        this.unexpected(token, context);
      }
      commands.push(this.command());
    }
  }

  private declare(name: string, isAssign: boolean, declares: string[]): void {
    if (isAssign && !this.variables.includes(name)) this.fail(`undefined variable ${JSON.stringify(name)}`);
    declares.push(name);
    if (!isAssign) this.variables.push(name);
  }

  private checkPipeline(commands: readonly Command[], context: string): void {
    if (commands.length === 0) this.fail(`missing value for ${context}`);
    for (const [index, command] of commands.entries()) {
      const type = command.args[0]?.type ?? 'nil';
      if (index > 0 && ['bool', 'dot', 'nil', 'number', 'string'].includes(type)) {
        this.fail(`non executable command in pipeline stage ${String(index + 1)}`);
      }
    }
  }

  private command(): Command {
    const { offset } = this.peekNonSpace();
    const args: Operand[] = [];
    for (;;) {
      this.peekNonSpace();
      const operand = this.operand();
      if (operand !== undefined) args.push(operand);
      const token = this.next();
      if (token.type === 'space') continue;
      if (token.type === 'right' || token.type === 'rparen') this.index -= 1;
      else if (token.type !== 'pipe') this.unexpected(token, 'operand');
      break;
    }
    if (args.length === 0) this.fail('empty command');
    return { offset, args };
  }

  private operand(): Operand | undefined {
    const node = this.term();
    if (node === undefined || this.peek().type !== 'field') return node;
    const { offset } = this.peek();
    const path: string[] = [];
    while (this.peek().type === 'field') path.push(this.next().text.slice(1));
    switch (node.type) {
      case 'field':
      case 'variable':
        return { ...node, offset, path: [...node.path, ...path] };
      case 'chain':
      case 'pipe':
      case 'identifier':
        return { type: 'chain', offset, of: node, path };
      default:
        this.fail(`unexpected . after term ${JSON.stringify(nodeText(node))}`);
    }
  }

  private term(): Operand | undefined {
    const token = this.nextNonSpace();
    const { offset, text } = token;
    switch (token.type) {
      case 'identifier':
        if (!this.functions.has(text)) this.fail(`function ${JSON.stringify(text)} not defined`);
        return { type: 'identifier', offset, name: text };
      case 'dot':
        return { type: 'dot', offset };
      case 'nil':
        return { type: 'nil', offset };
      case 'variable':
        if (!this.variables.includes(text)) this.fail(`undefined variable ${JSON.stringify(text)}`);
        return { type: 'variable', offset, path: [text] };
      case 'field':
        return { type: 'field', offset, path: [text.slice(1)] };
      case 'bool':
        return { type: 'bool', offset, value: text === 'true' };
      case 'number':
        return { type: 'number', offset, text, value: parseNumber(text) };
      case 'char':
        return { type: 'number', offset, text, value: BigInt(unquoteBody(text.slice(1, -1))?.codePointAt(0) ?? 0) };
      case 'string':
      case 'raw':
        return { type: 'string', offset, text, value: this.unquote(token) };
      case 'lparen':
        return this.pipeline('parenthesized pipeline', 'rparen');
      default:
        this.index -= 1;
        return undefined;
    }
  }

  private unquote(token: Token): string {
    const body = token.text.slice(1, -1);
    if (token.type === 'raw') return body;
    const text = unquoteBody(body);
    if (text === undefined) this.fail('invalid syntax');
    return text;
  }
}

const STARTS_OPERAND = new Set<Token['type']>([
  'bool',
  'char',
  'dot',
  'field',
  'identifier',
  'number',
  'nil',
  'raw',
  'string',
  'variable',
  'lparen',
]);

function describeToken(token: Token): string {
  if (token.type === 'eof') return 'EOF';
  if (token.type === 'keyword') return `<${token.text}>`;
  const text = token.text.length > 10 ? `${JSON.stringify(token.text.slice(0, 10))}...` : JSON.stringify(token.text);
  return text;
}
