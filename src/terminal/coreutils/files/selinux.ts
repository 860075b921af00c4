/**
 * chcon and runcon (GNU coreutils 9.4) on a kernel without SELinux: no file has a context.
 * Leaves out: storing one as an extended attribute, which chcon refuses.
 */
import { failed, strerror } from '../../../protocol/errno.ts';
import { command, usageError } from '../command.ts';
import { eachPath } from '../each-path.ts';

const PARTS = { user: 'u', role: 'r', type: 't', range: 'l' } as const;

export const chcon = command(
  {
    name: 'chcon',
    short: 'HLPRhvu:r:t:l:',
    usage: '[OPTION]... CONTEXT FILE...',
    long: {
      ...PARTS,
      recursive: 'R',
      verbose: 'v',
      'no-dereference': 'h',
      dereference: 'dereference',
      'preserve-root': 'preserve-root',
      'no-preserve-root': 'no-preserve-root',
      reference: 'reference:',
    },
  },
  async (call) => {
    const { process, io, options, operands } = call;
    const partial = Object.values(PARTS).some((letter) => options.has(letter));
    const reference = options.value('reference');
    const least = partial || reference !== undefined ? 1 : 2;
    const last = operands.at(-1);
    if (last === undefined) return await usageError(call, 'missing operand');
    if (operands.length < least) return await usageError(call, `missing operand after '${last}'`);
    if (reference !== undefined && partial)
      return await usageError(call, 'conflicting security context specifiers given');
    if (reference !== undefined) {
      const found = process.stat(reference);
      const why = failed(found) ? strerror(found) : NO_CONTEXT;
      await io.warn(`failed to get security context of '${reference}': ${why}`);
      return 1;
    }
    const paths = partial ? operands : operands.slice(1);
    let labels = 0;
    const status = await eachPath(call, paths, options.has('R'), (path) => {
      if (partial) return `can't apply partial context to unlabeled file '${path}'`;
      labels += 1;
      return undefined;
    });
    if (labels === 0) return await io.end(status);
    // Without SELinux a whole context would become an attribute of the file that nothing looks at.
    await io.raw("drydock: 'chcon CONTEXT' is not simulated\n");
    return 1;
  },
);

const NO_CONTEXT = 'No data available';

export const runcon = command(
  {
    name: 'runcon',
    short: 'cu:r:t:l:',
    stopEarly: true,
    usage: 'CONTEXT COMMAND [args]',
    usageStatus: 125,
    long: { ...PARTS, compute: 'c' },
  },
  async (call) => {
    const { io, options, operands } = call;
    const refuse = async (text: string): Promise<number> => {
      await io.warn(text);
      return 125;
    };
    if (operands.length === 0) return await refuse('failed to get current context: Invalid argument');
    const partial = Object.values(PARTS).some((letter) => options.has(letter));
    const command = partial || options.has('c') ? operands[0] : operands[1];
    if (command === undefined) return await usageError(call, 'no command specified', 125);
    await io.warn('runcon may be used only on a SELinux kernel');
    return 1;
  },
);
