import { expect, test } from 'vitest';
import { runKubectl } from './fake-cluster.spec-support.ts';
import recorded from './fixtures/kubectl-1.33-generators.json' with { type: 'json' };

test.for(recorded.rows)('kubectl $line', async ({ line, out, err }) => {
  const result = await runKubectl(line.split(' '), {});
  expect({ out: result.out, err: result.err }).toEqual({ out: out ?? '', err: err ?? '' });
});
