/** Syntax tree of a Go template and the text of its nodes, which error messages quote. */

export interface Pipe {
  readonly type: 'pipe';
  readonly offset: number;
  readonly declares: readonly string[];
  readonly isAssign: boolean;
  readonly commands: readonly Command[];
}

export interface Command {
  readonly offset: number;
  readonly args: readonly Operand[];
}

export type Operand =
  | { readonly type: 'dot'; readonly offset: number }
  | { readonly type: 'nil'; readonly offset: number }
  | { readonly type: 'bool'; readonly offset: number; readonly value: boolean }
  | { readonly type: 'number'; readonly offset: number; readonly value: bigint | number; readonly text: string }
  | { readonly type: 'string'; readonly offset: number; readonly value: string; readonly text: string }
  | { readonly type: 'identifier'; readonly offset: number; readonly name: string }
  | { readonly type: 'field'; readonly offset: number; readonly path: readonly string[] }
  | { readonly type: 'variable'; readonly offset: number; readonly path: readonly string[] }
  | { readonly type: 'chain'; readonly offset: number; readonly of: Operand; readonly path: readonly string[] }
  | Pipe;

export interface Branch {
  readonly type: 'if' | 'range' | 'with';
  readonly offset: number;
  readonly pipe: Pipe;
  readonly body: readonly TemplateNode[];
  readonly otherwise: readonly TemplateNode[] | undefined;
}

export type TemplateNode =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'action'; readonly pipe: Pipe }
  | Branch
  | { readonly type: 'template'; readonly offset: number; readonly name: string; readonly pipe: Pipe | undefined }
  | { readonly type: 'break' | 'continue'; readonly offset: number };

/** A node as Go's String() writes it. */
export function nodeText(node: Operand | Command): string {
  if (!('type' in node))
    return node.args.map((arg) => (arg.type === 'pipe' ? `(${nodeText(arg)})` : nodeText(arg))).join(' ');
  switch (node.type) {
    case 'dot':
      return '.';
    case 'nil':
      return 'nil';
    case 'bool':
      return String(node.value);
    case 'number':
    case 'string':
      return node.text;
    case 'identifier':
      return node.name;
    case 'field':
      return node.path.map((name) => `.${name}`).join('');
    case 'variable':
      return node.path.join('.');
    case 'chain': {
      const inner = node.of.type === 'pipe' ? `(${nodeText(node.of)})` : nodeText(node.of);
      return inner + node.path.map((name) => `.${name}`).join('');
    }
    case 'pipe': {
      const left = node.declares.length > 0 ? `${node.declares.join(', ')} ${node.isAssign ? '=' : ':='} ` : '';
      return left + node.commands.map(nodeText).join(' | ');
    }
  }
}
