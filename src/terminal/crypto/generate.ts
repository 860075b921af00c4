/** New keys for openssl's commands, from the host's chance. */
import { ed25519KeyOf } from '../../formats/keys/ed25519.ts';
import { generateEc, type NistCurve } from '../../formats/keys/elliptic.ts';
import type { SshPrivateKey } from '../../formats/keys/openssh-private.ts';
import { generateRsa } from '../../formats/keys/rsa.ts';
import type { OpensslCall } from './arguments.ts';

const CURVES: Readonly<Record<string, NistCurve>> = {
  prime256v1: 'P-256',
  'P-256': 'P-256',
  secp384r1: 'P-384',
  'P-384': 'P-384',
  secp521r1: 'P-521',
  'P-521': 'P-521',
};
/** CPU time of an RSA key of 2,048 bits on a lab host, µs; it grows with the fourth power of the size. */
const RSA_2048_US = 90_000;

export async function makeRsa(call: OpensslCall, bits: number): Promise<SshPrivateKey | undefined> {
  if (!(bits >= 512 && bits <= 8_192)) {
    await call.fail(
      bits < 512
        ? `${call.name}: Error generating RSA key: key size too small`
        : `drydock: 'RSA keys of more than 8192 bits' is not simulated`,
    );
    return undefined;
  }
  const ratio = bits / 2_048;
  await call.process.cpu(Math.round(RSA_2048_US * ratio * ratio * ratio * ratio));
  return generateRsa(bits, (count) => call.process.random(count));
}

export async function makeEc(call: OpensslCall, name: string): Promise<SshPrivateKey | undefined> {
  const curve = CURVES[name];
  if (curve !== undefined) return generateEc(curve, (count) => call.process.random(count));
  await call.fail(
    /^(secp|sect|brainpool|prime)/.test(name)
      ? `drydock: 'curve ${name}' is not simulated`
      : `unknown curve name (${name})`,
  );
  return undefined;
}

/** `rsa:2048`, `rsa`, `ec`, `ed25519`, with the options of -pkeyopt. */
export async function generateNamed(
  call: OpensslCall,
  kind: string,
  options: readonly string[],
): Promise<SshPrivateKey | undefined> {
  const option = (name: string): string | undefined =>
    options.find((each) => each.startsWith(`${name}:`))?.slice(name.length + 1);
  const [type = '', size] = kind.toLowerCase().split(':');
  if (type === 'rsa') return await makeRsa(call, Number(option('rsa_keygen_bits') ?? size ?? '2048'));
  if (type === 'ec') return await makeEc(call, option('ec_paramgen_curve') ?? 'prime256v1');
  if (type === 'ed25519') return ed25519KeyOf(call.process.random(32));
  await call.fail(`drydock: 'keys of type ${kind}' is not simulated`);
  return undefined;
}
