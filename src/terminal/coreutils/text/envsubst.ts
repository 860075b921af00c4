import { failed, strerror } from '../../../protocol/errno.ts';
import { LineReader } from '../../io.ts';
import { bytesToText } from '../../text.ts';
import { command } from '../command.ts';

const REFERENCE = /\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/g;

/** envsubst: `$NAME` and `${NAME}` of standard input by the environment; an operand names the ones meant. */
export const envsubst = command({ name: 'envsubst', short: 'vVh', long: { variables: 'v' } }, async (call) => {
  const { io, options, operands, process } = call;
  if (operands.length > 1) {
    await io.warn('too many arguments');
    return 1;
  }
  const [format] = operands;
  const meant =
    format === undefined
      ? undefined
      : new Set([...format.matchAll(REFERENCE)].map((match) => match[1] ?? match[2] ?? ''));
  if (options.has('v')) {
    if (format === undefined) {
      await io.warn('missing arguments');
      return 1;
    }
    for (const name of meant ?? []) io.line(name);
    return await io.end(0);
  }
  const reader = new LineReader(process, 0);
  for (let line = await reader.next(); line !== undefined; line = await reader.next()) {
    io.out(
      bytesToText(line).replace(REFERENCE, (all: string, braced: string | undefined, bare: string | undefined) => {
        const name = braced ?? bare ?? '';
        return meant === undefined || meant.has(name) ? (process.env[name] ?? '') : all;
      }) + (reader.unterminated ? '' : '\n'),
    );
    if (io.full && !(await io.flush())) break;
  }
  if (failed(reader.failure)) {
    await io.warn(`error while reading "standard input": ${strerror(reader.failure)}`);
    return 1;
  }
  return await io.end(0);
});
