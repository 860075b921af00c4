import type { ParsedScript, SyntaxNode } from 'unbash';
import { forEachChild, parse } from 'unbash';

/** A script's text with its syntax tree. Nodes are told apart by where they stand, so that a frame is data. */
export interface Source {
  readonly id: number;
  readonly text: string;
  /** Line number of the text's first line. */
  readonly firstLine: number;
  readonly script: ParsedScript;
  /** File name, where it came from a file. */
  readonly file: string | undefined;
}

export interface NodeAddress {
  readonly source: number;
  readonly pos: number;
  readonly end: number;
  readonly type: string;
}

export interface SavedSource {
  readonly id: number;
  readonly text: string;
  readonly firstLine: number;
  readonly file: string | undefined;
}

const parsed = new Map<string, ParsedScript>();
const PARSED_LIMIT = 500;

/** The tree of a text; trees are immutable and kept for a while, since forks and loops ask again and again. */
export function parseScript(text: string): ParsedScript {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const script = parse(text);
  if (parsed.size >= PARSED_LIMIT) parsed.clear();
  parsed.set(text, script);
  return script;
}

export const makeSource = (saved: SavedSource): Source => ({ ...saved, script: parseScript(saved.text) });
export const saveSource = ({ id, text, firstLine, file }: Source): SavedSource => ({ id, text, firstLine, file });

export const addressOf = (source: Source, node: SyntaxNode): NodeAddress => ({
  source: source.id,
  pos: node.pos,
  end: node.end,
  type: node.type,
});

const indexes = new Map<ParsedScript, Map<string, SyntaxNode>>();

/** The node that stands at an address; undefined where the text has none (a foreign snapshot). */
export function nodeAt(source: Source, address: NodeAddress): SyntaxNode | undefined {
  let index = indexes.get(source.script);
  if (index === undefined) {
    index = new Map();
    collect(source.script, index);
    if (indexes.size >= PARSED_LIMIT) indexes.clear();
    indexes.set(source.script, index);
  }
  return index.get(key(address));
}

const key = ({ type, pos, end }: { readonly type: string; readonly pos: number; readonly end: number }): string =>
  `${type}:${String(pos)}:${String(end)}`;

const COMMANDS = new Set([
  'Script',
  'Statement',
  'CompoundList',
  'CaseItem',
  'Elif',
  'AndOr',
  'Pipeline',
  'Command',
  'Redirected',
  'If',
  'For',
  'ArithmeticFor',
  'Select',
  'While',
  'Subshell',
  'BraceGroup',
  'Case',
  'TestCommand',
  'ArithmeticCommand',
  'Function',
  'Coproc',
]);

function collect(node: SyntaxNode, index: Map<string, SyntaxNode>): void {
  index.set(key(node), node);
  forEachChild(node, (child) => {
    if (COMMANDS.has(child.type)) collect(child, index);
  });
}

/** Lets go of the texts that no function stands in. */
export function forgetSources(shell: {
  readonly sources: Map<number, Source>;
  readonly functions: ReadonlyMap<string, { readonly source: Source }>;
}): void {
  const kept = new Set([...shell.functions.values()].map(({ source }) => source.id));
  for (const id of [...shell.sources.keys()]) if (!kept.has(id)) shell.sources.delete(id);
}

/** Line number, as `$LINENO` counts, of a position in a text. */
export function lineOf(source: Source, pos: number): number {
  let line = source.firstLine;
  for (let at = source.text.indexOf('\n'); at >= 0 && at < pos; at = source.text.indexOf('\n', at + 1)) line += 1;
  return line;
}
