/** What dash and busybox's ash do not read, or read as something else, of bash's syntax. */
import type { ParameterExpansionPart, SyntaxNode } from 'unbash';
import { forEachChild } from 'unbash';
import type { Personality } from '../shell.ts';

type Posix = Exclude<Personality, 'bash'>;

/** A node that is a syntax error in a POSIX shell, and the shell's words for it. */
export interface Bashism {
  readonly pos: number;
  readonly text: string;
}

/** The first of bash's own constructs in a tree. */
export function findBashism(node: SyntaxNode, text: string, personality: Posix): Bashism | undefined {
  const words = errorText(node, text, personality);
  if (words !== undefined) return { pos: node.pos, text: words };
  let found: Bashism | undefined;
  forEachChild(node, (child) => {
    found ??= findBashism(child, text, personality);
  });
  return found;
}

function errorText(node: SyntaxNode, text: string, personality: Posix): string | undefined {
  switch (node.type) {
    case 'ArrayValue':
      return '"(" unexpected';
    case 'ProcessSubstitution':
      return personality === 'ash' ? undefined : '"(" unexpected';
    case 'HereString':
      return 'redirection unexpected';
    case 'ArithmeticFor':
      return 'Bad for loop variable';
    case 'Select':
      return '"do" unexpected';
    case 'Function':
      if (personality === 'ash' || !/^function\s/.test(text.slice(node.pos))) return undefined;
      return /^function\s+\S+\s*\(/.test(text.slice(node.pos)) ? '"(" unexpected' : '"}" unexpected';
    default:
      return undefined;
  }
}

/** `[[` and `((` are words like any other to dash; what it would look for as a command. */
export function commandInstead(node: SyntaxNode, personality: Personality): string | undefined {
  if (personality === 'dash' && node.type === 'TestCommand') return '[[';
  if (personality !== 'bash' && node.type === 'ArithmeticCommand') return node.body.trim().split(/\s/)[0] ?? '';
  return undefined;
}

const COMMON = new Set(['Default', 'Remove']);
const OF_ASH = new Set(['Slice', 'Replace']);

/** Whether a shell expands such a `${…}` at all. */
export function hasExpansion(personality: Personality, { operation, index, prefix }: ParameterExpansionPart): boolean {
  if (personality === 'bash') return true;
  if (index !== undefined || prefix === '!') return false;
  return operation === undefined || COMMON.has(operation.type) || (personality === 'ash' && OF_ASH.has(operation.type));
}
