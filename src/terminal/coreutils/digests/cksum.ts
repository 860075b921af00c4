/** cksum and sum: sums that are counted, and the digests of the other programs. */
import { helpHint } from '../help-hint.ts';
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { failed } from '../../../protocol/errno.ts';
import { readOperand } from '../../io.ts';
import type { Invocation } from '../command.ts';
import { command, usageError, warnOfInput } from '../command.ts';
import { BLAKE2B, digestLine, givenLength, hex, type Digest } from './digests.ts';

type Sum = (bytes: Uint8Array) => string;

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
      await warnOfInput(call, operand, bytes);
      status = 1;
    } else io.out(show(bytes, operand));
  }
  return await io.end(status);
}

const named = (call: Invocation, name: string): string => (call.operands.length === 0 ? '' : ` ${name}`);

export const sum = command({ name: 'sum', short: 'rs', long: { sysv: 's' } }, async (call) => {
  const last = call.options.order.at(-1)?.[0];
  const line = last === 's' ? sysvLine : bsdLine;
  return await eachSum(call, (bytes, name) => `${line(bytes)}${named(call, name)}\n`);
});

const COUNTED: ReadonlyMap<string, Sum> = new Map([
  ['bsd', bsdLine],
  ['sysv', sysvLine],
  ['crc', crcLine],
]);
const DIGESTS: ReadonlyMap<string, Digest> = new Map<string, Digest>([
  ['md5', { label: 'MD5', hash: md5 }],
  ['sha1', { label: 'SHA1', hash: sha1 }],
  ['sha224', { label: 'SHA224', hash: sha224 }],
  ['sha256', { label: 'SHA256', hash: sha256 }],
  ['sha384', { label: 'SHA384', hash: sha384 }],
  ['sha512', { label: 'SHA512', hash: sha512 }],
  ['blake2b', BLAKE2B],
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
      debug: 'debug',
    },
    absent: ['c', 'base64', 'raw', 'debug'],
  },
  async (call) => {
    const { io, options } = call;
    const name = options.value('a') ?? 'crc';
    if (name === 'sm3') {
      await io.raw("drydock: 'cksum -a sm3' is not simulated\n");
      return 1;
    }
    const counted = COUNTED.get(name);
    const digested = DIGESTS.get(name);
    if (counted === undefined && digested === undefined) {
      const valid = [...COUNTED.keys(), ...DIGESTS.keys(), 'sm3'].map((each) => `  - \u2018${each}\u2019\n`).join('');
      await io.warn(`invalid argument \u2018${name}\u2019 for \u2018--algorithm\u2019`);
      await io.raw(`Valid arguments are:\n${valid}${helpHint(io)}\n`);
      return 1;
    }
    if (options.has('l') && name !== 'blake2b')
      return await usageError(call, '--length is only supported with --algorithm=blake2b');
    const bits = await givenLength(call);
    if (bits === false) return 1;
    const isTagged =
      options.order.findLast(([letter]) => letter === 'tag' || letter === 'untagged')?.[0] !== 'untagged';
    return await eachSum(call, (bytes, operand) => {
      if (digested === undefined)
        return (counted?.(bytes) ?? '') + named(call, operand) + (options.has('z') ? '\0' : '\n');
      const label = bits === undefined ? digested.label : `${digested.label}-${String(bits)}`;
      return digestLine(call, label, operand, hex(digested.hash(bytes, bits)), isTagged);
    });
  },
);
