/** openssl dgst -sign and -verify: signatures over a file. */
import { readDerNode } from '../../formats/der.ts';
import { signEc, verifyEc } from '../../formats/keys/elliptic.ts';
import { publicKeyPem, readPublicKeyInfo } from '../../formats/keys/key-info.ts';
import { signRsa, verifyRsa } from '../../formats/keys/rsa.ts';
import { pemBlocks } from '../../formats/pem.ts';
import { failed, strerror } from '../../protocol/errno.ts';
import { readOperand } from '../io.ts';
import { bytesToText } from '../text.ts';
import type { OpensslCall } from './arguments.ts';
import { DIGESTS, type DigestName } from './digests.ts';

/** Digests that RSA signatures are made over here. */
const isSigned = (name: DigestName): name is 'sha256' | 'sha384' | 'sha512' | 'sha1' =>
  ['sha1', 'sha256', 'sha384', 'sha512'].includes(name);

async function message(call: OpensslCall): Promise<Uint8Array | number> {
  const [path = '-'] = call.operands;
  const bytes = await readOperand(call.process, path);
  return failed(bytes) ? await call.fail(`${path}: ${strerror(bytes)}`) : bytes;
}

export async function signCommand(call: OpensslCall, name: DigestName): Promise<number> {
  const key = await call.privateKey(call.value('sign'));
  if (key === undefined) return 1;
  const bytes = await message(call);
  if (typeof bytes === 'number') return bytes;
  if (key.type === 'ec') return await call.output(signEc(bytes, key, DIGESTS[name]));
  if (key.type !== 'rsa' || !isSigned(name))
    return await call.fail(`drydock: 'openssl dgst -${name} -sign' with an ${key.type} key is not simulated`);
  return await call.output(signRsa(bytes, key, name));
}

export async function verifyCommand(call: OpensslCall, name: DigestName): Promise<number> {
  const signature = call.value('signature');
  if (signature === undefined) return await call.fail('No signature to verify: use the -signature option');
  const pem = await publicPem(call);
  const block = pemBlocks(pem ?? '').find(({ label }) => label === 'PUBLIC KEY');
  const key = block === undefined ? undefined : readPublicKeyInfo(readDerNode(block.bytes));
  if (key === undefined)
    return pem === undefined ? 1 : await call.fail(`Could not read public key from ${call.value('verify') ?? ''}`);
  const signed = call.process.readFile(signature);
  if (failed(signed)) return await call.fail(`Error opening signature file ${signature}`);
  const bytes = await message(call);
  if (typeof bytes === 'number') return bytes;
  if (key.type !== 'ec' && (key.type !== 'rsa' || !isSigned(name)))
    return await call.fail(`drydock: 'openssl dgst -${name} -verify' with an ${key.type} key is not simulated`);
  const good =
    key.type === 'ec'
      ? verifyEc(signed, bytes, key, DIGESTS[name])
      : isSigned(name) && verifyRsa(signed, bytes, key, name);
  await call.output(good ? 'Verified OK\n' : 'Verification failure\n');
  return good ? 0 : 1;
}

/** The text of -verify, or the public half of -prverify. */
async function publicPem(call: OpensslCall): Promise<string | undefined> {
  const path = call.value('verify');
  if (path === undefined) {
    const key = await call.privateKey(call.value('prverify'));
    return key === undefined ? undefined : publicKeyPem(key);
  }
  const bytes = await call.input('public key', path);
  return bytes === undefined ? undefined : bytesToText(bytes);
}
