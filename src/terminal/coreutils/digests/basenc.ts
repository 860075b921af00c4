/** base64, base32 and basenc (GNU coreutils 9.4). Leaves out: --z85. */
import { failed } from '../../../protocol/errno.ts';
import { readOperand } from '../../io.ts';
import { bytesToText } from '../../text.ts';
import { decode, encode, ENCODINGS, type Encoding } from './base-encodings.ts';
import type { Applet, Invocation } from '../command.ts';
import { command, usageError, warnOfInput } from '../command.ts';

const OPTIONS = {
  short: 'diw:',
  long: { decode: 'd', 'ignore-garbage': 'i', wrap: 'w' },
  usage: '[OPTION]... [FILE]',
} as const;

const fixed = (name: 'base64' | 'base32'): Applet =>
  command({ ...OPTIONS, name }, (call) => transcode(call, ENCODINGS[name]));
export const base64 = fixed('base64');
export const base32 = fixed('base32');

const NAMES = Object.keys(ENCODINGS);
const KNOWN: Readonly<Record<string, Encoding>> = ENCODINGS;

export const basenc = command(
  {
    ...OPTIONS,
    name: 'basenc',
    long: { ...OPTIONS.long, ...Object.fromEntries(NAMES.map((name) => [name, name])), z85: 'z85' },
  },
  async (call) => {
    if (call.options.has('z85')) {
      await call.io.raw("drydock: 'basenc --z85' is not simulated\n");
      return 1;
    }
    const chosen = call.options.order.findLast(([letter]) => NAMES.includes(letter))?.[0];
    const encoding = chosen === undefined ? undefined : KNOWN[chosen];
    return encoding === undefined ? await usageError(call, 'missing encoding type') : await transcode(call, encoding);
  },
);

async function transcode(call: Invocation, encoding: Encoding): Promise<number> {
  const { io, options, operands, process } = call;
  const given = options.value('w') ?? '76';
  if (!/^\d+$/.test(given)) {
    await io.warn(`invalid wrap size: \u2018${given}\u2019`);
    return 1;
  }
  if (operands.length > 1) return await usageError(call, `extra operand '${operands[1] ?? ''}'`);
  const [name = '-'] = operands;
  const bytes = await readOperand(process, name);
  if (failed(bytes)) {
    await warnOfInput(call, name, bytes);
    return 1;
  }
  if (!options.has('d')) {
    io.out(wrapped(encode(bytes, encoding), Number(given)));
    return await io.end(0);
  }
  const text = bytesToText(bytes);
  const digits = options.has('i') ? [...text].filter((char) => `${encoding.alphabet}=`.includes(char)).join('') : text;
  const decoded = decode(digits, encoding);
  await io.bytes(decoded.bytes);
  if (decoded.isValid) return await io.end(0);
  await io.warn('invalid input');
  return 1;
}

/** Lines of a width; 0 is one line without an end. */
function wrapped(text: string, width: number): string {
  if (width === 0) return text;
  let out = '';
  for (let at = 0; at < text.length; at += width) out += `${text.slice(at, at + width)}\n`;
  return out;
}
