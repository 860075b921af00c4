/** Scheduler plugin NodeResourcesBalancedAllocation. Models: the spread between the cpu and memory fractions after placing. */
import { MAX_NODE_SCORE, type ScorePlugin } from '../framework.ts';

export const balancedAllocation: ScorePlugin = {
  name: 'NodeResourcesBalancedAllocation',
  weight: 1,
  prepareScore: ({ requests }) => {
    // Nothing asked for changes no balance.
    if (requests.milliCpu === 0 && requests.memory === 0) return undefined;
    return {
      score: (node) => {
        const cpu = fraction(node.milliCpu + requests.milliCpu, node.allocatable.milliCpu);
        const memory = fraction(node.memory + requests.memory, node.allocatable.memory);
        return Math.floor((1 - Math.abs(cpu - memory) / 2) * MAX_NODE_SCORE);
      },
    };
  },
};

const fraction = (used: number, capacity: number): number => (capacity === 0 ? 1 : Math.min(1, used / capacity));
