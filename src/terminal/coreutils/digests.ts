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

const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

function digest(name: string, label: string, hash: (bytes: Uint8Array) => Uint8Array): Applet {
  const sum: Sum = (bytes) => hex(hash(bytes));
  return command(
    {
      name,
      short: name === 'b2sum' ? 'cbtwzl:' : 'cbtwz',
      long: {
        check: 'c',
        quiet: 'quiet',
        status: 'status',
        warn: 'w',
        strict: 'strict',
        'ignore-missing': 'missing',
        tag: 'tag',
        binary: 'b',
        ...(name === 'b2sum' ? { length: 'l' } : {}),
        text: 't',
        zero: 'z',
      },
    },
    async (call) => {
      const { io, options, process } = call;
      const absent = ['l', 'w'].find((letter) => options.has(letter));
      if (absent !== undefined) {
        await io.raw(`drydock: '${name} -${absent}' is not simulated\n`);
        return 1;
      }
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

const bsdLine = (bytes: Uint8Array): string =>
  `${String(bsdSum(bytes)).padStart(5, '0')} ${String(Math.ceil(bytes.length / 1_024)).padStart(5)}`;

function sysvLine(bytes: Uint8Array): string {
  const total = bytes.reduce((sum, byte) => (sum + byte) >>> 0, 0);
  const folded = (total & 0xffff) + (total >>> 16);
  return `${String((folded & 0xffff) + (folded >>> 16))} ${String(Math.ceil(bytes.length / 512))}`;
}

const crcLine = (bytes: Uint8Array): string => `${String(crc(bytes))} ${String(bytes.length)}`;

/** A line for each operand. */
async function eachSum(call: Invocation, show: (bytes: Uint8Array, name: string) => string): Promise<number> {
  const { io, process } = call;
  let status = 0;
  for (const operand of call.operands.length === 0 ? ['-'] : call.operands) {
    const bytes = await readOperand(process, operand);
    if (failed(bytes)) {
      await io.warn(`${operand}: ${strerror(bytes)}`);
      status = 1;
    } else io.line(show(bytes, operand));
  }
  return await io.end(status);
}

const named = (call: Invocation, name: string): string => (call.operands.length === 0 ? '' : ` ${name}`);

export const sum = command({ name: 'sum', short: 'rs', long: { sysv: 's' } }, async (call) => {
  const last = call.options.order.at(-1)?.[0];
  const line = last === 's' ? sysvLine : bsdLine;
  return await eachSum(call, (bytes, name) => line(bytes) + named(call, name));
});

const COUNTED: ReadonlyMap<string, Sum> = new Map([
  ['bsd', bsdLine],
  ['sysv', sysvLine],
  ['crc', crcLine],
]);
type Digest = readonly [label: string, hash: (bytes: Uint8Array) => Uint8Array];
const DIGESTS: ReadonlyMap<string, Digest> = new Map<string, Digest>([
  ['md5', ['MD5', md5]],
  ['sha1', ['SHA1', sha1]],
  ['sha224', ['SHA224', sha224]],
  ['sha256', ['SHA256', sha256]],
  ['sha384', ['SHA384', sha384]],
  ['sha512', ['SHA512', sha512]],
  ['blake2b', ['BLAKE2b', (bytes) => blake2b(bytes)]],
]);

/** cksum (9.4): -a with all algorithms but sm3; --check, --length, --base64 and --raw are refused. */
export const cksum = command(
  {
    name: 'cksum',
    short: 'a:cl:z',
    long: {
      algorithm: 'a',
      base64: 'base64',
      check: 'c',
      length: 'l',
      raw: 'raw',
      tag: 'tag',
      untagged: 'untagged',
      zero: 'z',
    },
  },
  async (call) => {
    const { io, options } = call;
    const name = options.value('a') ?? 'crc';
    const absent = ['c', 'l', 'z', 'base64', 'raw'].find((letter) => options.has(letter));
    if (absent !== undefined || name === 'sm3') {
      const what = absent === undefined ? '-a sm3' : absent.length > 1 ? `--${absent}` : `-${absent}`;
      await io.raw(`drydock: 'cksum ${what}' is not simulated\n`);
      return 1;
    }
    const counted = COUNTED.get(name);
    if (counted !== undefined) return await eachSum(call, (bytes, operand) => counted(bytes) + named(call, operand));
    const digested = DIGESTS.get(name);
    if (digested === undefined) {
      const valid = [...COUNTED.keys(), ...DIGESTS.keys(), 'sm3'].map((each) => `  - \u2018${each}\u2019\n`).join('');
      await io.warn(`invalid argument \u2018${name}\u2019 for \u2018--algorithm\u2019`);
      await io.raw(`Valid arguments are:\n${valid}Try 'cksum --help' for more information.\n`);
      return 1;
    }
    const [label, hash] = digested;
    const isTagged =
      options.order.findLast(([letter]) => letter === 'tag' || letter === 'untagged')?.[0] !== 'untagged';
    return await eachSum(call, (bytes, operand) =>
      isTagged ? `${label} (${operand}) = ${hex(hash(bytes))}` : `${hex(hash(bytes))}  ${operand}`,
    );
  },
);
