/** What the engine's own backtracking matcher may be asked: where its work is bounded and its answer is POSIX's. */
import type { Node } from './syntax.ts';

/** coefficient · length^power. */
interface Ways {
  readonly coefficient: number;
  readonly power: number;
}

const ONE: Ways = { coefficient: 1, power: 0 };

/** How many steps backtracking through a text of so many characters takes at most. */
export type Cost = (length: number) => number;

export function costOf(node: Node): Cost {
  const { coefficient, power } = ways(node);
  const size = sizeOf(node);
  // A search begins anew at each character, unless only the first can begin a match.
  const starts = beginsAtStart(node) ? 0 : 1;
  return (length) => {
    let steps = coefficient * size;
    for (let i = 0; i < power + starts; i += 1) steps *= length + 1;
    return steps;
  };
}

/** In how many ways backtracking can go through a part of an expression. */
function ways(node: Node): Ways {
  switch (node.type) {
    case 'character':
    case 'assertion':
    case 'back-reference':
      return ONE;
    case 'group':
    case 'look':
      return ways(node.body);
    case 'sequence':
      return node.items.map(ways).reduce(product, ONE);
    case 'choice':
      return node.branches.map(ways).reduce(sum);
    case 'repeat':
      return repeated(ways(node.body), node.body, node.min, node.max);
  }
}

const product = (a: Ways, b: Ways): Ways => ({
  coefficient: a.coefficient * b.coefficient,
  power: a.power + b.power,
});
const sum = (a: Ways, b: Ways): Ways => ({
  coefficient: a.coefficient + b.coefficient,
  power: a.power > b.power ? a.power : b.power,
});

function repeated(body: Ways, node: Node, min: number, max: number): Ways {
  // What goes through its body in one way only differs in how often it does.
  const single = body.power === 0 && body.coefficient === 1 && !isNullable(node);
  if (single) return max === Infinity ? { coefficient: 1, power: 1 } : { coefficient: max - min + 1, power: 0 };
  if (max === 1) return sum(ONE, body);
  return { coefficient: Infinity, power: 0 };
}

/** How many characters and places an expression names. */
export function sizeOf(node: Node): number {
  switch (node.type) {
    case 'sequence':
      return node.items.reduce((total, item) => total + sizeOf(item), 1);
    case 'choice':
      return node.branches.reduce((total, branch) => total + sizeOf(branch), 1);
    case 'group':
    case 'look':
      return sizeOf(node.body) + 2;
    case 'repeat':
      return (sizeOf(node.body) + 1) * (node.max === Infinity ? node.min + 1 : node.max || 1);
    default:
      return 1;
  }
}

/** Whether a part can match nothing. */
export function isNullable(node: Node): boolean {
  switch (node.type) {
    case 'character':
      return false;
    case 'assertion':
    case 'look':
    case 'back-reference':
      return true;
    case 'sequence':
      return node.items.every(isNullable);
    case 'choice':
      return node.branches.some(isNullable);
    case 'group':
      return isNullable(node.body);
    case 'repeat':
      return node.min === 0 || isNullable(node.body);
  }
}

/** Whether an expression begins with `^`. */
export function beginsAtStart(node: Node): boolean {
  if (node.type === 'sequence') return node.items[0] !== undefined && beginsAtStart(node.items[0]);
  if (node.type === 'group') return beginsAtStart(node.body);
  return node.type === 'assertion' && node.source === '^';
}

/**
 * Whether the first match that backtracking finds is also the longest, as POSIX wants it: so it is where each part is one
 * character, repeated or not. Two ways through such parts always meet, and from there the greedy one goes as far.
 */
export function isGreedyLongest(node: Node): boolean {
  switch (node.type) {
    case 'character':
    case 'assertion':
      return true;
    case 'sequence':
      return node.items.every(isGreedyLongest);
    case 'group':
      return isGreedyLongest(node.body);
    case 'repeat':
      return node.body.type === 'character' && node.lazy !== true;
    default:
      return false;
  }
}
