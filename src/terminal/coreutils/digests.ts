/** Check sums of files: md5sum and the SHA family, b2sum, cksum, sum. */
import { blake2b } from '@noble/hashes/blake2.js';
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { failed, strerror } from '../../protocol/errno.ts';
import { readOperand } from '../io.ts';
import { bytesToText } from '../text.ts';
import type { Applet, Invocation } from './command.ts';
import { command } from './command.ts';
import { inputMessage } from './input-messages.ts';

type Sum = (bytes: Uint8Array) => string;

function digest(name: string, label: string, hash: (bytes: Uint8Array) => Uint8Array): Applet {
  const sum: Sum = (bytes) => [...hash(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return command(
    {
      name,
      short: 'cbtwz',
      long: {
        check: 'c',
        quiet: 'quiet',
        status: 'status',
        warn: 'w',
        strict: 'strict',
        'ignore-missing': 'missing',
        tag: 'tag',
        binary: 'b',
        text: 't',
        zero: 'z',
      },
    },
    async (call) => {
      const { io, options, process } = call;
      let status = 0;
      for (const operand of call.operands.length === 0 ? ['-'] : call.operands) {
        const bytes = await readOperand(process, operand);
        if (failed(bytes)) {
          await io.warn(inputMessage(io.name, call.flavour, operand, bytes));
          status = 1;
        } else if (options.has('c'))
          status = Math.max(status, await verify(call, operand, label, bytesToText(bytes), sum));
        else if (options.has('tag')) io.line(`${label} (${operand}) = ${sum(bytes)}`);
        else io.out(`${sum(bytes)} ${options.has('b') ? '*' : ' '}${operand}${options.has('z') ? '\0' : '\n'}`);
      }
      return await io.end(status);
    },
  );
}

async function verify(call: Invocation, list: string, label: string, text: string, sum: Sum): Promise<number> {
  const { io, options, process } = call;
  const counts = { malformed: 0, unreadable: 0, wrong: 0, good: 0 };
  const length = sum(new Uint8Array(0)).length;
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const match = /^([0-9a-fA-F]+) [ *](.*)$/.exec(line);
    const tagged = /^(\S+) \((.*)\) = ([0-9a-f]+)$/.exec(line);
    const [wanted, name] = tagged?.[1] === label ? [tagged[3], tagged[2]] : [match?.[1], match?.[2]];
    if (wanted === undefined || name === undefined || wanted.length !== length) {
      counts.malformed += 1;
      continue;
    }
    const file = await readOperand(process, name);
    if (failed(file)) {
      if (options.has('missing') && file.errno === 'ENOENT') continue;
      await io.warn(`${name}: ${strerror(file)}`);
      counts.unreadable += 1;
      if (!options.has('status')) io.line(`${name}: FAILED open or read`);
      continue;
    }
    const good = sum(file) === wanted.toLowerCase();
    if (good) counts.good += 1;
    else counts.wrong += 1;
    if (!options.has('status') && !(good && options.has('quiet'))) io.line(`${name}: ${good ? 'OK' : 'FAILED'}`);
  }
  if (counts.good + counts.wrong + counts.unreadable === 0) {
    await io.warn(`${list === '-' ? "'standard input'" : list}: no properly formatted checksum lines found`);
    return 1;
  }
  const say = async (count: number, one: string, many: string): Promise<void> => {
    if (count > 0 && !options.has('status')) await io.warn(`WARNING: ${String(count)} ${count === 1 ? one : many}`);
  };
  await say(counts.malformed, 'line is improperly formatted', 'lines are improperly formatted');
  await say(counts.unreadable, 'listed file could not be read', 'listed files could not be read');
  await say(counts.wrong, 'computed checksum did NOT match', 'computed checksums did NOT match');
  return counts.unreadable + counts.wrong > 0 || (options.has('strict') && counts.malformed > 0) ? 1 : 0;
}

export const md5sum = digest('md5sum', 'MD5', md5);
export const sha1sum = digest('sha1sum', 'SHA1', sha1);
export const sha224sum = digest('sha224sum', 'SHA224', sha224);
export const sha256sum = digest('sha256sum', 'SHA256', sha256);
export const sha384sum = digest('sha384sum', 'SHA384', sha384);
export const sha512sum = digest('sha512sum', 'SHA512', sha512);
export const b2sum = digest('b2sum', 'BLAKE2b', (bytes) => blake2b(bytes));

const CRC = Array.from({ length: 256 }, (_, index) => {
  let value = index << 24;
  for (let bit = 0; bit < 8; bit += 1) value = value < 0 ? (value << 1) ^ 0x04c11db7 : value << 1;
  return value >>> 0;
});

/** POSIX cksum: the CRC over the bytes and then over their count. */
function crc(bytes: Uint8Array): number {
  let value = 0;
  const feed = (byte: number): void => {
    value = ((value << 8) ^ (CRC[((value >>> 24) ^ byte) & 255] ?? 0)) >>> 0;
  };
  for (const byte of bytes) feed(byte);
  for (let length = bytes.length; length > 0; length = Math.floor(length / 256)) feed(length & 255);
  return ~value >>> 0;
}

function bsdSum(bytes: Uint8Array): number {
  let value = 0;
  for (const byte of bytes) value = (((value >> 1) | ((value & 1) << 15)) + byte) & 0xffff;
  return value;
}

function counted(name: string, show: (bytes: Uint8Array) => string, namesStdin: boolean): Applet {
  return command(
    { name, short: name === 'cksum' ? 'a:' : 'rs', long: name === 'cksum' ? { algorithm: 'a' } : { sysv: 's' } },
    async (call) => {
      const { io, options, process } = call;
      if (options.has('a') || options.has('s')) {
        await io.raw(`drydock: '${name} -${options.has('a') ? 'a' : 's'}' is not simulated\n`);
        return 1;
      }
      let status = 0;
      for (const operand of call.operands.length === 0 ? ['-'] : call.operands) {
        const bytes = await readOperand(process, operand);
        if (failed(bytes)) {
          await io.warn(`${operand}: ${strerror(bytes)}`);
          status = 1;
        } else
          io.line(show(bytes) + (call.operands.length === 0 || (operand === '-' && !namesStdin) ? '' : ` ${operand}`));
      }
      return await io.end(status);
    },
  );
}
export const cksum = counted('cksum', (bytes) => `${String(crc(bytes))} ${String(bytes.length)}`, true);
export const sum = counted(
  'sum',
  (bytes) => `${String(bsdSum(bytes)).padStart(5, '0')} ${String(Math.ceil(bytes.length / 1_024)).padStart(5)}`,
  true,
);
