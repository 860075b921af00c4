/** What Perl's flags and looks behind ask of the parts of an expression. */
import type { Node } from './syntax.ts';

/** Characters whose other case is looked for: Latin, Greek and Cyrillic. */
const CASED_END = 0x530;

/** A set with the other case of each of its characters. */
export function bothCases(source: string): string {
  const set = new RegExp(`^${source}$`, 'u');
  let others = '';
  for (let code = 0x41; code < CASED_END; code += 1) {
    const char = String.fromCodePoint(code);
    const other = char === char.toLowerCase() ? char.toUpperCase() : char.toLowerCase();
    if (other !== char && [...other].length === 1 && !set.test(char) && set.test(other)) others += char;
  }
  // A set that leaves out is left as it is: it has one of the two cases already.
  return others === '' ? source : `(?:${source}|[${others}])`;
}

/** Whether each way through a part is as long as the others; the alternatives of a whole part may differ. */
export function hasFixedLength(node: Node): boolean {
  return node.type === 'choice' ? node.branches.every(hasFixedLength) : lengthOf(node) !== undefined;
}

function lengthOf(node: Node): number | undefined {
  switch (node.type) {
    case 'character':
      return 1;
    case 'assertion':
    case 'look':
      return 0;
    case 'sequence':
      return sum(node.items.map(lengthOf));
    case 'choice': {
      const lengths = new Set(node.branches.map(lengthOf));
      return lengths.size === 1 ? [...lengths][0] : undefined;
    }
    case 'group':
      return lengthOf(node.body);
    case 'repeat': {
      const length = lengthOf(node.body);
      return length === undefined || node.min !== node.max ? undefined : length * node.min;
    }
    case 'back-reference':
      return undefined;
  }
}

const sum = (lengths: readonly (number | undefined)[]): number | undefined =>
  lengths.reduce<number | undefined>(
    (total, length) => (total === undefined || length === undefined ? undefined : total + length),
    0,
  );
