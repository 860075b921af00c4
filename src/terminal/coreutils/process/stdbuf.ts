/**
 * stdbuf: a program with other buffers of its standard streams. The setting is handed on in the environment, as the real one
 * does, and nothing here reads it: programs hand on what they print as soon as they wait for input.
 */
import { strerror } from '../../../protocol/errno.ts';
import { command, parseSize, usageError } from '../command.ts';
import { replaceBy } from './env.ts';

const STREAMS = { i: '_STDBUF_I', o: '_STDBUF_O', e: '_STDBUF_E' } as const;

export const stdbuf = command(
  {
    name: 'stdbuf',
    short: 'i:o:e:',
    long: { input: 'i', output: 'o', error: 'e' },
    stopEarly: true,
    usageStatus: 125,
  },
  async (call) => {
    const { process, io, operands, options } = call;
    const settings: Record<string, string> = {};
    for (const [letter, name] of Object.entries(STREAMS)) {
      const mode = options.value(letter);
      if (mode === undefined) continue;
      if (mode === 'L' && letter === 'i') return await usageError(call, 'line buffering stdin is meaningless', 125);
      if (mode !== 'L' && parseSize(mode) === undefined) {
        await io.warn(`invalid mode \u2018${mode}\u2019`);
        return 125;
      }
      settings[name] = mode;
    }
    if (operands.length === 0) return await usageError(call, 'missing operand', 125);
    if (Object.keys(settings).length === 0)
      return await usageError(call, 'you must specify a buffering mode option', 125);
    const failure = await replaceBy(process, operands, { ...process.env, ...settings });
    await io.warn(`failed to run command \u2018${operands[0] ?? ''}\u2019: ${strerror(failure)}`);
    return failure.errno === 'ENOENT' ? 127 : 126;
  },
);
