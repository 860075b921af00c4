/** openssl genrsa, genpkey, ecparam, rsa, ec and pkey: private keys made and shown. */
import { CURVE_OIDS, pkcs8Pem, publicKeyPem, readPublicKeyInfo, traditionalPem } from '../../formats/keys/key-info.ts';
import { integerBytes } from '../../formats/keys/big-integer.ts';
import type { SshPrivateKey } from '../../formats/keys/openssh-private.ts';
import type { PublicKey } from '../../formats/keys/ssh-public.ts';
import { derOid, readDerNode } from '../../formats/der.ts';
import { pemBlocks, pemText } from '../../formats/pem.ts';
import type { Process } from '../../protocol/program.ts';
import { bytesToText } from '../text.ts';
import { parseArguments, type OpensslCall } from './arguments.ts';
import { privateKeyText, publicKeyText } from './certificate-text.ts';
import { generateNamed, makeEc, makeRsa } from './generate.ts';

export async function genrsaCommand(process: Process, args: readonly string[]): Promise<number> {
  const call = await parseArguments(process, 'genrsa', args, {
    flags: 'traditional verbose F4',
    values: 'out',
    absent: 'aes128 aes192 aes256 des des3 passout 3 primes',
  });
  if (call === undefined) return 1;
  const key = await makeRsa(call, Number(call.operands[0] ?? '2048'));
  if (key === undefined) return 1;
  return await call.output(call.has('traditional') ? traditionalPem(key) : pkcs8Pem(key), call.value('out'), 0o600);
}

export async function genpkeyCommand(process: Process, args: readonly string[]): Promise<number> {
  const call = await parseArguments(process, 'genpkey', args, {
    flags: 'text quiet',
    values: 'algorithm out pkeyopt',
    absent: 'aes128 aes256 des3 pass paramfile genparam outform',
  });
  if (call === undefined) return 1;
  const algorithm = call.value('algorithm');
  if (algorithm === undefined) return await call.fail('genpkey: Use -help for summary.');
  const key = await generateNamed(call, algorithm.toLowerCase(), call.values('pkeyopt'));
  return key === undefined ? 1 : await call.output(pkcs8Pem(key), call.value('out'), 0o600);
}

export async function ecparamCommand(process: Process, args: readonly string[]): Promise<number> {
  const call = await parseArguments(process, 'ecparam', args, {
    flags: 'genkey noout',
    values: 'name out',
    absent: 'list_curves text check in param_enc conv_form',
  });
  if (call === undefined) return 1;
  const key = await makeEc(call, call.value('name') ?? '');
  if (key === undefined) return 1;
  const parameters =
    call.has('noout') || key.type !== 'ec' ? '' : pemText('EC PARAMETERS', derOid(CURVE_OIDS[key.curve]));
  return await call.output(`${parameters}${call.has('genkey') ? traditionalPem(key) : ''}`, call.value('out'), 0o600);
}

/** rsa, ec and pkey. */
export async function keyCommand(
  process: Process,
  name: 'rsa' | 'ec' | 'pkey',
  args: readonly string[],
): Promise<number> {
  const call = await parseArguments(process, name, args, {
    flags: 'noout text pubout pubin check modulus traditional text_pub',
    values: 'in out',
    absent: 'aes128 aes256 des3 passin passout inform outform pubcheck',
  });
  if (call === undefined) return 1;
  if (call.has('pubin')) return await showPublic(call);
  const key = await call.privateKey(call.value('in'));
  if (key === undefined) return 1;
  if (name !== 'pkey' && key.type !== name)
    return await call.fail(
      `Could not read private key from ${call.value('in') ?? '<stdin>'}: expecting an ${name} key`,
    );
  if (name === 'ec') await call.io.raw('read EC key\n');
  const parts = [
    ...(call.has('text') ? [...privateKeyText(key), ''] : []),
    ...(call.has('text_pub') ? [...publicKeyText(key, 0), ''] : []),
    ...(call.has('modulus') && key.type === 'rsa' ? [modulus(key), ''] : []),
    ...(call.has('check') ? [name === 'rsa' ? 'RSA key ok' : 'Key is valid', ''] : []),
  ].join('\n');
  if (call.has('noout')) return await call.output(parts);
  if (name !== 'pkey') await call.io.raw(`writing ${name === 'rsa' ? 'RSA' : 'EC'} key\n`);
  const written = call.has('pubout') ? publicKeyPem(key) : privatePem(call, name, key);
  return await call.output(`${parts}${written}`);
}

const modulus = (key: Extract<PublicKey, { type: 'rsa' }>): string =>
  `Modulus=${Array.from(integerBytes(key.modulus), (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join('')}`;
const privatePem = (call: OpensslCall, name: string, key: SshPrivateKey): string =>
  call.has('traditional') || name === 'ec' ? traditionalPem(key) : pkcs8Pem(key);

async function showPublic(call: OpensslCall): Promise<number> {
  const bytes = await call.input('public key');
  if (bytes === undefined) return 1;
  const block = pemBlocks(bytesToText(bytes)).find(({ label }) => label === 'PUBLIC KEY');
  const key = block === undefined ? undefined : readPublicKeyInfo(readDerNode(block.bytes));
  if (key === undefined) return await call.fail(`Could not read public key from ${call.value('in') ?? '<stdin>'}`);
  const text = call.has('text') || call.has('text_pub') ? `${publicKeyText(key, 0).join('\n')}\n` : '';
  return await call.output(`${text}${call.has('noout') ? '' : publicKeyPem(key)}`);
}
