/**
 * Commands as bash writes them out again: `declare -f`, `type`, `jobs`, `$BASH_COMMAND`. Comments, layout and the place of
 * redirections among the words are not kept.
 */
import type { Case, CompoundList, For, HereDoc, If, Redirection, Select, Statement, SyntaxNode, Word } from 'unbash';
import { documentText, hereDocumentHead, redirectionText } from './redirection.ts';
import { testText } from './test-expression.ts';
import { wordText } from './word.ts';

const printed = new WeakMap<SyntaxNode, string>();

/** A command on one line, but for compound ones, which have their own lines. */
export function commandText(node: SyntaxNode, source: string): string {
  const known = printed.get(node);
  if (known !== undefined) return known;
  const printer = new Printer(source);
  printer.command(node);
  printer.documents('');
  printed.set(node, printer.text);
  return printer.text;
}

/** The head of a command that a DEBUG trap is told about in its parts. */
export const headText = (node: Case | For | Select, source: string): string => new Printer(source).head(node);

/** A function as `declare -f` shows it. */
export function functionText(name: string, body: SyntaxNode, source: string): string {
  const printer = new Printer(source);
  printer.text = `${name} () \n`;
  printer.functionBody(body, '{ \n', 4);
  return `${printer.text}\n`;
}

/** A function as it stands in the environment of a child. */
export function exportedText(body: SyntaxNode, source: string): string {
  const printer = new Printer(source, 0);
  printer.text = '() ';
  printer.functionBody(body, '{ ', 1);
  return printer.text;
}

class Printer {
  text = '';
  readonly #source: string;
  /** Columns of indentation. */
  readonly #step: number;
  #indent = 0;
  /** Inside a function the commands of a list stand on lines of their own. */
  #functions = 0;
  #documents: HereDoc[] = [];
  #wroteDocument = false;

  constructor(source: string, step = 4) {
    this.#source = source;
    this.#step = step;
  }

  readonly #word = (word: Word): string => wordText(word, (script) => commandText(script, this.#source));

  head(node: Case | For | Select): string {
    if (node.type === 'Case') return `case ${this.#word(node.word)} in `;
    const words = node.wordlist === undefined ? '"$@"' : node.wordlist.map(this.#word).join(' ');
    return `${node.type === 'For' ? 'for' : 'select'} ${this.#word(node.name)} in ${words}`;
  }

  command(node: SyntaxNode): void {
    switch (node.type) {
      case 'Statement':
        this.command(node.command);
        return;
      case 'AndOr':
        this.#joined(node.commands, (at) => ` ${node.operators[at] ?? ''} `, '');
        return;
      case 'Pipeline':
        this.#pipeline(node);
        return;
      case 'Command':
        this.#simple(node);
        return;
      case 'Redirected':
        this.command(node.command);
        this.#redirections(node.redirects);
        return;
      case 'CompoundList':
      case 'Script':
        this.#list(node.commands);
        return;
      case 'BraceGroup':
        this.#group(node.body);
        return;
      case 'Subshell':
        this.text += '( ';
        this.#list(node.body.commands);
        this.documents('');
        this.text += ' )';
        return;
      case 'TestCommand':
        this.text += `[[ ${testText(node.expression, this.#word)} ]]`;
        return;
      case 'ArithmeticCommand':
        this.text += `((${node.body}))`;
        return;
      case 'Coproc':
        this.text += `coproc ${node.name === undefined ? 'COPROC' : this.#word(node.name)} `;
        this.command(node.body);
        return;
      case 'Function':
        this.text += `function ${this.#word(node.name)} () \n${' '.repeat(this.#indent)}`;
        this.functionBody(node.body, '{ \n', this.#step);
        return;
      default:
        this.#compound(node);
    }
  }

  #compound(node: SyntaxNode): void {
    switch (node.type) {
      case 'If':
        this.#if(node);
        return;
      case 'While':
        this.text += `${node.kind} `;
        this.#list(node.clause.commands);
        this.documents('');
        this.#semicolon();
        this.text += ' do\n';
        this.#body(node.body, 'done');
        return;
      case 'For':
      case 'Select':
        this.text += `${this.head(node)};`;
        this.#line('do\n');
        this.#body(node.body, 'done');
        return;
      case 'ArithmeticFor': {
        const part = (expression: SyntaxNode | undefined): string =>
          expression === undefined ? '1' : this.#source.slice(expression.pos, expression.end).trim();
        this.text += `for ((${part(node.initialize)}; ${part(node.test)}; ${part(node.update)}))`;
        this.#line('do\n');
        this.#body(node.body, 'done');
        return;
      }
      case 'Case':
        this.#case(node);
        return;
      default:
    }
  }

  functionBody(body: SyntaxNode, open: string, step: number): void {
    const inner = body.type === 'Redirected' ? body.command : body;
    this.#functions += 1;
    this.text += open;
    this.#indent += step;
    this.text += ' '.repeat(this.#indent);
    this.command(inner.type === 'BraceGroup' ? inner.body : inner);
    this.documents('');
    this.#indent -= step;
    this.#functions -= 1;
    this.#line('}');
    if (body.type === 'Redirected') this.#redirections(body.redirects);
  }

  /** Bodies of here-documents that wait for the end of their line, after what ends it. */
  documents(end: string): void {
    if (end !== ';') this.text += end;
    if (this.#documents.length === 0) return;
    this.#writeDocuments(this.#documents);
    this.#documents = [];
    if (end !== '' && end !== ';') this.text += ' ';
  }

  #writeDocuments(documents: readonly HereDoc[]): void {
    this.text += `\n${documents.map(documentText).join('\n')}\n`;
    this.#wroteDocument = true;
  }

  #pipeline(node: Extract<SyntaxNode, { type: 'Pipeline' }>): void {
    const time = node.prefixes.find((prefix) => prefix.type === 'Time');
    if (time !== undefined) this.text += time.posix === undefined ? 'time ' : 'time -p ';
    if (node.prefixes.filter(({ type }) => type === 'Negation').length % 2 === 1) this.text += '! ';
    this.#joined(node.commands, (at) => `${node.operators[at] === '|&' ? ' 2>&1' : ''} |`, ' ');
  }

  #joined(commands: readonly SyntaxNode[], separator: (at: number) => string, after: string): void {
    for (const [at, each] of commands.entries()) {
      this.command(each);
      if (at === commands.length - 1) return;
      this.documents(separator(at));
      this.text += after;
    }
  }

  #list(statements: readonly Statement[]): void {
    for (const [at, statement] of statements.entries()) {
      this.command(statement);
      const last = at === statements.length - 1;
      if (statement.background === true) {
        this.documents(' &');
        if (!last) this.text += ' ';
      } else if (!last) this.#separate();
    }
  }

  #separate(): void {
    if (this.#documents.length > 0) this.documents(this.#functions > 0 ? '' : ';');
    else if (this.#wroteDocument) this.#wroteDocument = false;
    else this.text += ';';
    this.text += this.#functions > 0 ? `\n${' '.repeat(this.#indent)}` : ' ';
  }

  #simple(node: Extract<SyntaxNode, { type: 'Command' }>): void {
    const words = node.prefix.filter((part) => part.type === 'Assignment').map(({ text }) => text);
    if (node.name !== undefined) words.push(this.#word(node.name));
    for (const arg of node.args) words.push(arg.type === 'Word' ? this.#word(arg) : arg.text);
    this.text += words.join(' ');
    this.#redirections(node.redirects, words.length > 0);
  }

  #redirections(redirects: readonly Redirection[], spaced = true): void {
    const heads = redirects.map((redirect) =>
      redirect.type === 'HereDoc' ? hereDocumentHead(redirect) : redirectionText(redirect, this.#word),
    );
    if (heads.length > 0) this.text += (spaced ? ' ' : '') + heads.join(' ');
    this.#documents.push(...redirects.filter((redirect) => redirect.type === 'HereDoc'));
  }

  #group(body: CompoundList): void {
    this.text += '{ ';
    if (this.#functions > 0) this.#open('\n');
    this.#list(body.commands);
    this.documents('');
    if (this.#functions > 0) {
      this.#indent -= this.#step;
      this.#line('}');
    } else {
      this.#semicolon();
      this.text += ' }';
    }
  }

  #if(node: If): void {
    let closings = 1;
    this.#clause('if ', node.clause, node.then);
    for (const { clause, then } of node.elif) {
      this.#semicolon();
      this.#line('else\n');
      this.#open('');
      this.#clause('if ', clause, then);
      closings += 1;
    }
    if (node.else !== undefined) {
      this.#semicolon();
      this.#line('else\n');
      this.#open('');
      this.#list(node.else.commands);
      this.documents('');
      this.#indent -= this.#step;
    }
    for (; closings > 0; closings -= 1) {
      this.#semicolon();
      this.#line('fi');
      if (closings > 1) this.#indent -= this.#step;
    }
  }

  #clause(keyword: string, clause: CompoundList, then: CompoundList): void {
    this.text += keyword;
    this.#list(clause.commands);
    this.documents('');
    this.#semicolon();
    this.text += ' then\n';
    this.#open('');
    this.#list(then.commands);
    this.documents('');
    this.#indent -= this.#step;
  }

  #case(node: Case): void {
    this.text += this.head(node);
    this.#indent += this.#step;
    for (const { pattern, body, terminator } of node.items) {
      this.#line(`${pattern.map(this.#word).join(' | ')})\n`);
      if (body.commands.length > 0) {
        this.#open('');
        this.#list(body.commands);
        this.documents('');
        this.#indent -= this.#step;
      }
      this.#line(terminator ?? ';;');
    }
    this.#indent -= this.#step;
    this.#line('esac');
  }

  #body(body: CompoundList, end: string): void {
    this.#open('');
    this.#list(body.commands);
    this.documents('');
    this.#semicolon();
    this.#indent -= this.#step;
    this.#line(end);
  }

  /** Goes one step deeper, on a new line. */
  #open(before: string): void {
    this.#indent += this.#step;
    this.text += before + ' '.repeat(this.#indent);
  }

  #line(text: string): void {
    this.text += `\n${' '.repeat(this.#indent)}${text}`;
  }

  /** Nothing that has ended already gets a semicolon. */
  #semicolon(): void {
    if (!/[&\n]$/.test(this.text)) this.text += ';';
  }
}
