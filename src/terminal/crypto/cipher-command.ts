/**
 * openssl enc: AES by a password or a key, and base64.
 * Leaves out: every cipher but AES in CBC, ECB and CTR, and passwords asked for at the terminal.
 */
import { pbkdf2 } from '@noble/hashes/pbkdf2.js';
import { concatBytes, decodeBase64, encodeBase64, encodeUtf8 } from '../../protocol/bytes.ts';
import { failed } from '../../protocol/errno.ts';
import type { Process } from '../../protocol/program.ts';
import { bytesToText } from '../text.ts';
import { aes, type AesKeys, type AesMode } from './aes.ts';
import { parseArguments, type OpensslCall } from './arguments.ts';
import { DIGESTS, hexOf, isDigest } from './digests.ts';

interface Cipher {
  readonly bits: number;
  readonly mode: AesMode;
}

const CIPHERS: ReadonlyMap<string, Cipher> = new Map(
  [128, 192, 256].flatMap((bits) => [
    [`aes${String(bits)}`, { bits, mode: 'cbc' as const }] as const,
    ...(['cbc', 'ecb', 'ctr'] as const).map((mode) => [`aes-${String(bits)}-${mode}`, { bits, mode }] as const),
  ]),
);
export const isCipher = (name: string): boolean => CIPHERS.has(name);

const MAGIC = encodeUtf8('Salted__');
const ITERATIONS = 10_000;

/** `enc -aes-256-cbc`, `aes-256-cbc` and `base64` alike. */
export async function cipherCommand(process: Process, name: string, args: readonly string[]): Promise<number> {
  const call = await parseArguments(process, name, args, {
    flags: `base64 a d e A pbkdf2 salt nosalt p P ${[...CIPHERS.keys()].join(' ')}`,
    values: 'in out k pass kfile K iv S iter md',
    absent:
      'des des3 des-ede3-cbc des-cbc bf-cbc cast5-cbc rc4 chacha20 camellia-256-cbc aria-256-cbc aes-256-cfb aes-128-cfb aes-256-ofb list ciphers nopad bufsize none v z engine rand writerand',
  });
  if (call === undefined) return 1;
  const cipher = [name, ...call.order.map(([option]) => option)].findLast(isCipher);
  const input = await call.input('data');
  if (input === undefined) return 1;
  const decrypts = call.has('d');
  const wrapped = name === 'base64' || call.has('a') || call.has('base64');
  const bytes = wrapped && decrypts ? (decodeBase64(bytesToText(input)) ?? new Uint8Array(0)) : input;
  const result = cipher === undefined ? bytes : await throughCipher(call, cipher, bytes);
  if (typeof result === 'number') return result;
  if (!wrapped || decrypts) return await call.output(result);
  const text = encodeBase64(result);
  return await call.output(call.has('A') ? text : (text.match(/.{1,64}/g) ?? []).map((line) => `${line}\n`).join(''));
}

async function throughCipher(call: OpensslCall, name: string, bytes: Uint8Array): Promise<Uint8Array | number> {
  const { bits, mode } = CIPHERS.get(name) ?? { bits: 256, mode: 'cbc' as const };
  const decrypts = call.has('d');
  const given = call.value('K');
  const salt = given !== undefined || call.has('nosalt') ? undefined : await saltOf(call, bytes);
  if (typeof salt === 'number') return salt;
  const carriesSalt = salt !== undefined && !call.has('S');
  const keys = given === undefined ? await derived(call, bits / 8, salt) : await keysGiven(call, given, bits / 8, mode);
  if (typeof keys === 'number') return keys;
  if (call.has('p') || call.has('P')) {
    const parts = [
      ...(salt === undefined ? [] : [['salt', salt] as const]),
      ['key', keys.key] as const,
      ['iv ', keys.iv] as const,
    ];
    const shown = mode === 'ecb' ? parts.filter(([label]) => label !== 'iv ') : parts;
    call.io.out(shown.map(([label, value]) => `${label}=${hexOf(value).toUpperCase()}\n`).join(''));
    if (call.has('P')) return await call.io.end(0);
  }
  if (!decrypts) {
    const made = aes(mode, keys).encrypt(bytes);
    return carriesSalt ? concatBytes([MAGIC, salt, made]) : made;
  }
  try {
    return aes(mode, keys).decrypt(carriesSalt ? bytes.slice(16) : bytes);
  } catch {
    // No whole blocks, or no padding at the end: another key.
    return await call.fail('bad decrypt');
  }
}

/** The salt of -S, of what is to be read, or a new one. */
async function saltOf(call: OpensslCall, bytes: Uint8Array): Promise<Uint8Array | number> {
  const given = call.value('S');
  if (given !== undefined) return await fromHex(call, given, 8, 'salt');
  if (!call.has('d')) return call.process.random(8);
  if (bytes.length < 16 || MAGIC.some((byte, at) => bytes[at] !== byte))
    return await call.fail(bytes.length < 16 ? 'error reading input file' : 'bad magic number');
  return bytes.subarray(8, 16);
}

async function keysGiven(call: OpensslCall, given: string, length: number, mode: AesMode): Promise<AesKeys | number> {
  const iv = call.value('iv');
  if (iv === undefined && mode !== 'ecb') return await call.fail('iv undefined');
  const start = await fromHex(call, iv ?? '', 16, 'iv');
  if (typeof start === 'number') return start;
  const key = await fromHex(call, given, length, 'key');
  return typeof key === 'number' ? key : { key, iv: start };
}

async function fromHex(call: OpensslCall, text: string, length: number, what: string): Promise<Uint8Array | number> {
  if (!/^[0-9a-fA-F]*$/.test(text)) return await call.fail(`non-hex digit\ninvalid hex ${what} value`);
  if (text.length > length * 2) await call.io.raw('hex string is too long, ignoring excess\n');
  if (text !== '' && text.length < length * 2)
    await call.io.raw('hex string is too short, padding with zero bytes to length\n');
  const whole = text.padEnd(length * 2, '0');
  return Uint8Array.from({ length }, (_, at) => parseInt(whole.slice(at * 2, at * 2 + 2), 16));
}

/** Key and initial vector of a password. */
async function derived(
  call: OpensslCall,
  length: number,
  salt: Uint8Array = new Uint8Array(0),
): Promise<AesKeys | number> {
  const password = await passwordOf(call);
  if (typeof password === 'number') return password;
  const name = call.value('md') ?? 'sha256';
  if (!isDigest(name)) return await call.fail(`enc: Unknown option or message digest: ${name}`);
  const hash = DIGESTS[name];
  const size = length + 16;
  const parts = (bytes: Uint8Array): AesKeys => ({
    key: bytes.slice(0, length),
    iv: bytes.slice(length, size),
  });
  if (call.has('pbkdf2') || call.has('iter'))
    return parts(pbkdf2(hash, password, salt, { c: Number(call.value('iter') ?? ITERATIONS), dkLen: size }));
  await call.io.raw('*** WARNING : deprecated key derivation used.\nUsing -iter or -pbkdf2 would be better.\n');
  let bytes = new Uint8Array(0);
  for (let last = new Uint8Array(0); bytes.length < size; bytes = Uint8Array.from([...bytes, ...last]))
    last = Uint8Array.from(hash(concatBytes([last, password, salt])));
  return parts(bytes);
}

/** -k WORD, -pass pass:WORD, env:NAME, file:PATH or stdin, -kfile PATH. */
async function passwordOf(call: OpensslCall): Promise<Uint8Array | number> {
  const { process } = call;
  const source = call.value('k') === undefined ? call.value('pass') : `pass:${call.value('k') ?? ''}`;
  const [, kind, rest = ''] = /^(pass|env|file):(.*)$/s.exec(source ?? `file:${call.value('kfile') ?? ''}`) ?? [];
  if (kind === 'pass') return encodeUtf8(rest);
  if (kind === 'env') {
    const value = process.env[rest];
    return value === undefined
      ? await call.fail(`No environment variable ${rest}\nError getting password`)
      : encodeUtf8(value);
  }
  if (kind !== 'file')
    return await call.fail(`Invalid password argument, missing ':' within the first 5 chars\nError getting password`);
  if (rest === '') return await call.fail("drydock: 'openssl enc without a password' is not simulated");
  const file = process.readFile(rest);
  if (failed(file)) return await call.fail(`Can't open file ${rest}\nError getting password`);
  return encodeUtf8(bytesToText(file).replace(/\n[\s\S]*$/, ''));
}
