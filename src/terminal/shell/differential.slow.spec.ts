import { expect, test } from 'vitest';
import { both, real } from '../testing/real-bash.spec-support.ts';
import { EXPANSION_SNIPPETS } from './expansions.spec-support.ts';
import { COREUTILS_SNIPPETS, SHELL_SNIPPETS } from './snippets.spec-support.ts';

test
  .runIf(real)
  .for([...SHELL_SNIPPETS, ...COREUTILS_SNIPPETS, ...EXPANSION_SNIPPETS].map((snippet) => [snippet] as const))(
  'like the real one: %s',
  async ([snippet]) => {
    const { wanted, got } = await both(snippet);
    expect(got).toEqual(wanted);
  },
);
