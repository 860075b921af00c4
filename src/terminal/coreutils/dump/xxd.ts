/** xxd: hex dump and back. Models: -b -c -g -i -l -p -r -s -u. */
import { failed, strerror } from '../../../protocol/errno.ts';
import { openInput, readOperand } from '../../io.ts';
import { bytesToText } from '../../text.ts';
import { ByteReader } from '../byte-reader.ts';
import type { Invocation } from '../command.ts';
import { command } from '../command.ts';

const printable = (byte: number): string => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.');

export const xxd = command(
  {
    name: 'xxd',
    calls: 'short',
    short: 'abc:eg:il:o:pPrs:u',
    long: {
      cols: 'c',
      plain: 'p',
      postscript: 'p',
      ps: 'p',
      revert: 'r',
      include: 'i',
      bits: 'b',
      len: 'l',
      seek: 's',
      upper: 'u',
    },
  },
  async (call) => {
    const { io, options, process } = call;
    const [name = '-', output] = call.operands;
    for (const letter of ['a', 'e', 'o']) {
      if (!options.has(letter)) continue;
      await io.raw(`drydock: 'xxd -${letter}' is not simulated\n`);
      return 1;
    }
    if (output !== undefined) {
      await io.raw("drydock: 'xxd' with an output file is not simulated\n");
      return 1;
    }
    if (options.has('r')) return await revert(call, name);
    const fd = openInput(process, name);
    if (failed(fd)) {
      await io.warn(name === '' ? strerror(fd) : `${name}: ${strerror(fd)}`);
      return 2;
    }
    const number = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));
    const reader = new ByteReader(process, fd);
    const from = await reader.skip(number(options.value('s')) ?? 0);
    const limit = number(options.value('l')) ?? Infinity;
    if (options.has('i')) return await include(call, name, await reader.block(Math.min(limit, 1e8)));
    const bits = options.has('b');
    const plain = options.has('p');
    const columns = number(options.value('c')) ?? (plain ? 30 : bits ? 6 : 16);
    const group = number(options.value('g')) ?? (bits ? 1 : 2);
    const show = (byte: number): string =>
      bits
        ? byte.toString(2).padStart(8, '0')
        : options.has('u')
          ? byte.toString(16).toUpperCase().padStart(2, '0')
          : byte.toString(16).padStart(2, '0');
    const width = columns * (bits ? 8 : 2) + (group === 0 ? 1 : Math.ceil(columns / group));
    let left = limit;
    for (let address = from; left > 0;) {
      const block = await reader.block(Math.min(columns, left));
      if (block.length === 0) break;
      left -= block.length;
      if (plain) io.line([...block].map(show).join(''));
      else {
        let cells = '';
        for (const [at, byte] of block.entries())
          cells += show(byte) + (group > 0 && at % group === group - 1 ? ' ' : '');
        io.line(
          `${address.toString(16).padStart(8, '0')}: ${cells.padEnd(width)} ${[...block].map(printable).join('')}`,
        );
      }
      address += block.length;
      if (io.full && !(await io.flush())) break;
    }
    if (reader.failure !== undefined) {
      await io.warn(strerror(reader.failure));
      return 2;
    }
    return await io.end(0);
  },
);

async function revert(call: Invocation, name: string): Promise<number> {
  const { io, options, process } = call;
  const bytes = await readOperand(process, name);
  if (failed(bytes)) {
    // It looks for the end of its input only: a directory has none, and nothing is said.
    if (bytes.errno === 'EISDIR') return 0;
    await io.warn(name === '-' || name === '' ? strerror(bytes) : `${name}: ${strerror(bytes)}`);
    return 2;
  }
  const text = bytesToText(bytes);
  const out: number[] = [];
  const push = (digits: string): void => {
    for (let at = 0; at + 1 < digits.length; at += 2) out.push(parseInt(digits.slice(at, at + 2), 16));
  };
  if (options.has('p')) push(text.replace(/[^0-9a-fA-F]/g, ''));
  else {
    for (const line of text.split('\n')) {
      const match = /^\s*([0-9a-fA-F]+):\s?((?:[0-9a-fA-F]+ ?)*)/.exec(line);
      if (match === null) continue;
      const address = parseInt(match[1] ?? '0', 16);
      while (out.length < address) out.push(0);
      out.length = address;
      push((match[2] ?? '').replace(/ /g, '').slice(0, Number(options.value('c') ?? '16') * 2));
    }
  }
  await io.bytes(Uint8Array.from(out));
  return await io.end(0);
}

async function include(call: Invocation, name: string, bytes: Uint8Array): Promise<number> {
  const { io } = call;
  const rows: string[] = [];
  for (let at = 0; at < bytes.length; at += 12)
    rows.push(
      `  ${[...bytes.subarray(at, at + 12)].map((byte) => `0x${byte.toString(16).padStart(2, '0')}`).join(', ')}`,
    );
  const body = rows.join(',\n');
  if (name === '-') io.line(body);
  else {
    const id = name.replace(/^(?=\d)/, '__').replace(/[^A-Za-z0-9]/g, '_');
    io.out(`unsigned char ${id}[] = {\n${body}\n};\nunsigned int ${id}_len = ${String(bytes.length)};\n`);
  }
  return await io.end(0);
}
