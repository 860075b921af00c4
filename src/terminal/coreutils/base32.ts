import { failed, strerror } from '../../protocol/errno.ts';
import { readOperand } from '../io.ts';
import { bytesToText } from '../text.ts';
import { command, usageError } from './command.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648 section 6, padded. */
function encode(bytes: Uint8Array): string {
  let out = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += ALPHABET.charAt((held >> bits) & 31);
    }
  }
  if (bits > 0) out += ALPHABET.charAt((held << (5 - bits)) & 31);
  return out.padEnd(Math.ceil(out.length / 8) * 8, '=');
}

function decode(text: string): Uint8Array | undefined {
  const clean = text.replace(/\n/g, '');
  if (!/^[A-Z2-7]*=*$/.test(clean) || clean.length % 8 !== 0) return undefined;
  const out: number[] = [];
  let bits = 0;
  let held = 0;
  for (const char of clean.replace(/=+$/, '')) {
    held = ((held << 5) | ALPHABET.indexOf(char)) & 0xffff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    out.push((held >> bits) & 255);
  }
  return Uint8Array.from(out);
}

export const base32 = command(
  { name: 'base32', short: 'diw:', long: { decode: 'd', 'ignore-garbage': 'i', wrap: 'w' } },
  async (call) => {
    const { io, options, operands, process } = call;
    if (operands.length > 1) return await usageError(call, `extra operand '${operands[1] ?? ''}'`);
    const [name = '-'] = operands;
    const bytes = await readOperand(process, name);
    if (failed(bytes)) {
      await io.warn(`${name}: ${strerror(bytes)}`);
      return 1;
    }
    if (!options.has('d')) {
      const width = Number(options.value('w') ?? '76');
      const text = encode(bytes);
      io.out(width === 0 ? text : text.replace(new RegExp(`.{1,${String(width)}}`, 'g'), '$&\n'));
      return await io.end(0);
    }
    const text = bytesToText(bytes);
    const decoded = decode(options.has('i') ? text.replace(/[^A-Z2-7=]/g, '') : text);
    if (decoded === undefined) {
      await io.warn('invalid input');
      return 1;
    }
    await io.bytes(decoded);
    return await io.end(0);
  },
);
