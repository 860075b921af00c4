/** Digests of files: md5sum and the SHA family, b2sum. */
import { blake2b } from '@noble/hashes/blake2.js';
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { failed, strerror } from '../../../protocol/errno.ts';
import { readOperand } from '../../io.ts';
import { bytesToText } from '../../text.ts';
import type { Applet, Invocation } from '../command.ts';
import { command, usageError, warnOfInput } from '../command.ts';
import { quotePlain } from '../quoting.ts';

export const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** How a digest of a given length is made, and what its tagged lines call it. */
export interface Digest {
  readonly label: string;
  /** Bits; undefined for the algorithm's own. */
  readonly hash: (bytes: Uint8Array, bits?: number) => Uint8Array;
}

const CHECKING: Readonly<Record<string, string>> = {
  missing: 'ignore-missing',
  status: 'status',
  w: 'warn',
  quiet: 'quiet',
  strict: 'strict',
};

function digest(name: string, made: Digest): Applet {
  return command(
    {
      name,
      busybox: 'cswbt',
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
      const bits = await givenLength(call);
      if (bits === false) return 1;
      const misuse = misusedOption(call);
      if (misuse !== undefined) return await usageError(call, misuse);
      const label = bits === undefined ? made.label : `${made.label}-${String(bits)}`;
      let status = 0;
      for (const operand of call.operands.length === 0 ? ['-'] : call.operands) {
        const bytes = await readOperand(process, operand);
        if (failed(bytes)) {
          const small = call.flavour === 'busybox' && !options.has('c');
          if (options.has('c') && bytes.errno === 'EISDIR') await io.warn(`${operand}: read error`);
          else await warnOfInput({ ...call, flavour: small ? 'busybox' : 'gnu' }, operand, bytes);
          status = 1;
        } else if (options.has('c')) status = Math.max(status, await verify(call, operand, bytesToText(bytes), made));
        else io.out(digestLine(call, label, operand, hex(made.hash(bytes, bits)), options.has('tag')));
      }
      return await io.end(status);
    },
  );
}

/** The line of a file: a name with a newline or a backslash is escaped, and the line begins with a backslash. */
export function digestLine(
  { options }: Invocation,
  label: string,
  operand: string,
  sum: string,
  tagged: boolean,
): string {
  const [end, escapes] = options.has('z') ? ['\0', false] : ['\n', /[\\\n\r]/.test(operand)];
  const name = escapes ? operand.replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replace(/\r/g, '\\r') : operand;
  const mark = options.order.findLast(([letter]) => letter === 'b' || letter === 't')?.[0] === 'b' ? '*' : ' ';
  return (escapes ? '\\' : '') + (tagged ? `${label} (${name}) = ${sum}` : `${sum} ${mark}${name}`) + end;
}

/** The bits of -l; undefined for the algorithm's own, false after a complaint. */
export async function givenLength({ io, options }: Invocation): Promise<number | undefined | false> {
  const given = options.value('l');
  if (given === undefined || /^0+$/.test(given)) return undefined;
  const bits = Number(given);
  const problem = !/^\d+$/.test(given)
    ? ''
    : bits % 8 !== 0
      ? 'length is not a multiple of 8'
      : bits > 512
        ? 'maximum digest length for \u2018BLAKE2b\u2019 is 512 bits'
        : undefined;
  if (problem === undefined) return bits === 512 ? undefined : bits;
  await io.warn(`invalid length: \u2018${given}\u2019`);
  if (problem !== '') await io.warn(problem);
  return false;
}

function misusedOption({ options }: Invocation): string | undefined {
  if (options.has('tag') && options.has('t')) return '--tag does not support --text mode';
  if (options.has('c'))
    return options.has('z')
      ? 'the --zero option is not supported when verifying checksums'
      : options.has('tag')
        ? 'the --tag option is meaningless when verifying checksums'
        : options.has('b') || options.has('t')
          ? 'the --binary and --text options are meaningless when verifying checksums'
          : undefined;
  const checking = Object.keys(CHECKING).find((letter) => options.has(letter));
  return checking === undefined
    ? undefined
    : `the --${CHECKING[checking] ?? ''} option is meaningful only when verifying checksums`;
}

/** One line of a list, in either form; undefined where it is none. */
function listedDigest(
  line: string,
  { label, hash }: Digest,
): { readonly name: string; readonly wanted: string; readonly bits: number | undefined } | undefined {
  const escaped = line.startsWith('\\');
  const text = escaped ? line.slice(1) : line;
  const [, tag = '', taggedName, tagged] = /^(\S+) \((.*)\) = ([0-9a-fA-F]+)$/.exec(text) ?? [];
  const [, plain, plainName] = /^([0-9a-fA-F]+) [ *](.*)$/.exec(text) ?? [];
  const [wanted, raw] = tag === label || tag.startsWith(`${label}-`) ? [tagged, taggedName] : [plain, plainName];
  if (wanted === undefined || raw === undefined) return undefined;
  const own = hash(new Uint8Array(0)).length * 8;
  const bits = wanted.length * 4;
  const isVariable = label === 'BLAKE2b' && bits % 8 === 0 && bits <= own;
  if (bits !== own && !isVariable) return undefined;
  const name = escaped ? raw.replace(/\\([\\nr])/g, (_, c: string) => ({ n: '\n', r: '\r' })[c] ?? c) : raw;
  return { name, wanted, bits: bits === own ? undefined : bits };
}

async function verify(call: Invocation, list: string, text: string, made: Digest): Promise<number> {
  const { io, options, process } = call;
  const counts = { malformed: 0, unreadable: 0, missing: 0, wrong: 0, good: 0 };
  for (const [at, line] of text.split('\n').entries()) {
    if (line === '' || line.startsWith('#')) continue;
    const listed = listedDigest(line, made);
    if (listed === undefined) {
      counts.malformed += 1;
      if (options.has('w'))
        await io.warn(`${list}: ${String(at + 1)}: improperly formatted ${made.label} checksum line`);
      continue;
    }
    const { name, wanted, bits } = listed;
    const file = await readOperand(process, name);
    if (failed(file)) {
      if (options.has('missing') && file.errno === 'ENOENT') {
        counts.missing += 1;
        continue;
      }
      await io.warn(`${quotePlain(name)}: ${strerror(file)}`);
      counts.unreadable += 1;
      if (!options.has('status')) io.line(`${name}: FAILED open or read`);
      continue;
    }
    const good = hex(made.hash(file, bits)) === wanted.toLowerCase();
    if (good) counts.good += 1;
    else counts.wrong += 1;
    if (!options.has('status') && !(good && options.has('quiet'))) io.line(`${name}: ${good ? 'OK' : 'FAILED'}`);
  }
  if (counts.good + counts.wrong + counts.unreadable + counts.missing === 0) {
    await io.warn(`${list === '-' ? "'standard input'" : list}: no properly formatted checksum lines found`);
    return 1;
  }
  const say = async (count: number, one: string, many: string): Promise<void> => {
    if (count > 0 && !options.has('status')) await io.warn(`WARNING: ${String(count)} ${count === 1 ? one : many}`);
  };
  if (counts.missing > 0 && counts.good + counts.wrong + counts.unreadable === 0) {
    await io.warn(`${list}: no file was verified`);
    return 1;
  }
  await say(counts.malformed, 'line is improperly formatted', 'lines are improperly formatted');
  await say(counts.unreadable, 'listed file could not be read', 'listed files could not be read');
  await say(counts.wrong, 'computed checksum did NOT match', 'computed checksums did NOT match');
  return counts.unreadable + counts.wrong > 0 || (options.has('strict') && counts.malformed > 0) ? 1 : 0;
}

export const BLAKE2B: Digest = { label: 'BLAKE2b', hash: (bytes, bits = 512) => blake2b(bytes, { dkLen: bits / 8 }) };
export const md5sum = digest('md5sum', { label: 'MD5', hash: md5 });
export const sha1sum = digest('sha1sum', { label: 'SHA1', hash: sha1 });
export const sha224sum = digest('sha224sum', { label: 'SHA224', hash: sha224 });
export const sha256sum = digest('sha256sum', { label: 'SHA256', hash: sha256 });
export const sha384sum = digest('sha384sum', { label: 'SHA384', hash: sha384 });
export const sha512sum = digest('sha512sum', { label: 'SHA512', hash: sha512 });
export const b2sum = digest('b2sum', BLAKE2B);
