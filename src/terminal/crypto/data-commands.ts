/** openssl dgst, rand and passwd. */
import { hmac } from '@noble/hashes/hmac.js';
import { encodeBase64, encodeUtf8 } from '../../protocol/bytes.ts';
import { failed, strerror } from '../../protocol/errno.ts';
import type { Process } from '../../protocol/program.ts';
import { readOperand } from '../io.ts';
import { saltFrom, sha512Crypt } from '../system/accounts/password-hash.ts';
import { bytesToText } from '../text.ts';
import { parseArguments, type OpensslCall } from './arguments.ts';
import { md5Crypt } from './md5-crypt.ts';
import { DIGESTS, hexOf, type DigestName } from './digests.ts';
import { signCommand, verifyCommand } from './signature-commands.ts';

const TITLES: Readonly<Record<DigestName, string>> = {
  md5: 'MD5',
  sha1: 'SHA1',
  sha224: 'SHA2-224',
  sha256: 'SHA2-256',
  sha384: 'SHA2-384',
  sha512: 'SHA2-512',
  'sha3-224': 'SHA3-224',
  'sha3-256': 'SHA3-256',
  'sha3-384': 'SHA3-384',
  'sha3-512': 'SHA3-512',
};
/** `dgst -sha256`, and `sha256` as a command of its own. */
export async function digestCommand(process: Process, args: readonly string[], fixed?: DigestName): Promise<number> {
  const call = await parseArguments(process, fixed ?? 'dgst', args, {
    flags: `${Object.keys(DIGESTS).join(' ')} r hex c binary`,
    values: 'hmac out sign verify prverify signature',
    unknown: 'message digest',
    absent: 'mac macopt list sigopt keyform xoflen engine rand fips-fingerprint',
  });
  if (call === undefined) return 1;
  const named = fixed ?? (Object.keys(DIGESTS) as DigestName[]).find((each) => call.has(each));
  const name = named ?? 'sha256';
  if (call.has('sign')) return await signCommand(call, name);
  if (call.has('verify') || call.has('prverify')) return await verifyCommand(call, name);
  const hash = DIGESTS[name];
  const secret = call.value('hmac');
  let status = 0;
  for (const path of call.operands.length === 0 ? ['-'] : call.operands) {
    const bytes = await readOperand(process, path);
    if (failed(bytes)) {
      status = await call.fail(`${path}: ${strerror(bytes)}`);
      continue;
    }
    const digest = secret === undefined ? hash(bytes) : hmac(hash, encodeUtf8(secret), bytes);
    const file = path === '-' ? 'stdin' : path;
    if (call.has('binary')) await call.output(digest);
    else if (call.has('r')) await call.output(`${hexOf(digest)} *${file}\n`);
    else {
      const text = call.has('c') ? (hexOf(digest).match(/../g) ?? []).join(':') : hexOf(digest);
      await call.output(
        `${secret === undefined ? '' : 'HMAC-'}${named === undefined ? 'SHA256' : TITLES[name]}(${file})= ${text}\n`,
      );
    }
  }
  return status;
}

export async function randCommand(process: Process, args: readonly string[]): Promise<number> {
  const call = await parseArguments(process, 'rand', args, { flags: 'hex base64', values: 'out', absent: 'writerand' });
  if (call === undefined) return 1;
  const [count = ''] = call.operands;
  if (count !== '' && !/^\d+$/.test(count))
    return await call.fail(`rand: Can't parse "${count}" as a number\nrand: Use -help for summary.`);
  if (count === '') return await call.fail('rand: Use -help for summary.');
  const bytes = process.random(Number(count));
  if (call.has('hex')) return await call.output(bytes.length === 0 ? '' : `${hexOf(bytes)}\n`);
  if (!call.has('base64')) return await call.output(bytes);
  return await call.output((encodeBase64(bytes).match(/.{1,64}/g) ?? []).map((line) => `${line}\n`).join(''));
}

export async function passwdCommand(process: Process, args: readonly string[]): Promise<number> {
  const call = await parseArguments(process, 'passwd', args, {
    flags: '6 1 apr1 stdin noverify',
    values: 'salt',
    unknown: 'nothing else',
    absent: '5 in reverse table quiet aixmd5',
  });
  if (call === undefined) return 1;
  const salt = call.value('salt') ?? saltFrom(process.random(call.has('6') ? 16 : 8));
  const hash = (password: string): string =>
    call.has('6') ? sha512Crypt(password, salt) : md5Crypt(password, salt, call.has('apr1') ? 'apr1' : '1');
  const passwords = call.has('stdin') ? await linesOf(call) : call.operands;
  if (passwords.length === 0) return await call.fail("drydock: 'openssl passwd without a password' is not simulated");
  return await call.output(passwords.map((password) => `${hash(password)}\n`).join(''));
}

async function linesOf({ process }: OpensslCall): Promise<readonly string[]> {
  const bytes = await readOperand(process, '-');
  return failed(bytes)
    ? []
    : bytesToText(bytes)
        .split('\n')
        .filter((line) => line !== '');
}
