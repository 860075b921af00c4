/** The parts that an expression is made of. `source` is the part as JavaScript writes it. */
export type Node =
  /** One character of a set. */
  | { readonly type: 'character'; readonly source: string }
  /** A place: the edge of a line or of a word. */
  | { readonly type: 'assertion'; readonly source: string }
  | { readonly type: 'sequence'; readonly items: readonly Node[] }
  | { readonly type: 'choice'; readonly branches: readonly Node[] }
  /** `index` is undefined where nothing is captured. */
  | { readonly type: 'group'; readonly index: number | undefined; readonly name?: string; readonly body: Node }
  /** What has to stand, or not to stand, around this place: `?=`, `?!`, `?<=` or `?<!`. */
  | { readonly type: 'look'; readonly kind: string; readonly body: Node }
  | {
      readonly type: 'repeat';
      readonly body: Node;
      readonly min: number;
      readonly max: number;
      readonly lazy?: boolean;
    }
  | { readonly type: 'back-reference'; readonly index: number };

/** The name of the empty group that Perl's `\K` is: what stands before it is not part of the match. */
export const KEEP = 'keep_out';

/** The whole as JavaScript's expression. */
export function sourceOf(node: Node): string {
  switch (node.type) {
    case 'character':
    case 'assertion':
      return node.source;
    case 'sequence':
      return node.items.map(sourceOf).join('');
    case 'choice':
      return node.branches.map(sourceOf).join('|');
    case 'group':
      return `(${node.index === undefined ? '?:' : node.name === undefined ? '' : `?<${node.name}>`}${sourceOf(node.body)})`;
    case 'look':
      return `(${node.kind}${sourceOf(node.body)})`;
    case 'repeat':
      return `(?:${sourceOf(node.body)})${quantifierOf(node.min, node.max)}${node.lazy === true ? '?' : ''}`;
    case 'back-reference':
      return `\\${String(node.index)}(?:)`;
  }
}

function quantifierOf(min: number, max: number): string {
  if (max === Infinity) return min === 0 ? '*' : min === 1 ? '+' : `{${String(min)},}`;
  return min === 0 && max === 1 ? '?' : `{${String(min)},${String(max)}}`;
}

/** Every node, the outer before the inner. */
export function* nodesOf(node: Node): Generator<Node> {
  yield node;
  if (node.type === 'sequence') for (const item of node.items) yield* nodesOf(item);
  else if (node.type === 'choice') for (const branch of node.branches) yield* nodesOf(branch);
  else if (node.type === 'group' || node.type === 'look' || node.type === 'repeat') yield* nodesOf(node.body);
}

/** The tree that matches what this one matches, read backwards; undefined where it looks around or refers. */
export function reversed(node: Node): Node | undefined {
  const all = (nodes: readonly Node[]): readonly Node[] | undefined => {
    const turned = nodes.flatMap((each) => reversed(each) ?? []);
    return turned.length === nodes.length ? turned : undefined;
  };
  switch (node.type) {
    case 'character':
      return node;
    case 'sequence': {
      const items = all(node.items.toReversed());
      return items && { type: 'sequence', items };
    }
    case 'choice': {
      const branches = all(node.branches);
      return branches && { type: 'choice', branches };
    }
    case 'group':
    case 'repeat': {
      const body = reversed(node.body);
      return body && { ...node, body };
    }
    default:
      return undefined;
  }
}
