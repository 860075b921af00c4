/**
 * openssl 3.0: certificates, requests, keys, digests and a TLS client.
 * Models: x509, req, verify, genrsa, genpkey, ecparam, rsa, ec, pkey, s_client, dgst, base64, enc with AES, rand, passwd -6, -1 and -apr1, version.
 * Leaves out: other ciphers, keys with a passphrase, PKCS #12, revocation lists, benchmarks.
 */
import type { Process } from '../../protocol/program.ts';
import { plainProgram } from '../system/plain-program.ts';
import { parseArguments } from './arguments.ts';
import { cipherCommand, isCipher } from './cipher-command.ts';
import { digestCommand, passwdCommand, randCommand } from './data-commands.ts';
import { isDigest } from './digests.ts';
import { ecparamCommand, genpkeyCommand, genrsaCommand, keyCommand } from './key-commands.ts';
import { reqCommand } from './req-command.ts';
import { sClientCommand } from './s-client-command.ts';
import { verifyCommand } from './verify-command.ts';
import { x509Command } from './x509-command.ts';

type Command = (process: Process, args: readonly string[]) => Promise<number>;

const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['base64', async (process, args) => await cipherCommand(process, 'base64', args)],
  ['dgst', digestCommand],
  ['ec', async (process, args) => await keyCommand(process, 'ec', args)],
  ['ecparam', ecparamCommand],
  ['enc', async (process, args) => await cipherCommand(process, 'enc', args)],
  ['genpkey', genpkeyCommand],
  ['genrsa', genrsaCommand],
  ['passwd', passwdCommand],
  ['pkey', async (process, args) => await keyCommand(process, 'pkey', args)],
  ['rand', randCommand],
  ['req', reqCommand],
  ['rsa', async (process, args) => await keyCommand(process, 'rsa', args)],
  ['s_client', sClientCommand],
  ['verify', verifyCommand],
  ['version', versionCommand],
  ['x509', x509Command],
]);
/** Commands that openssl has and Drydock does not. */
const NOT_SIMULATED = new Set(
  'asn1parse ca ciphers cmp cms crl crl2pkcs7 dhparam dsa dsaparam engine errstr fipsinstall gendsa help info kdf list mac nseq ocsp pkcs12 pkcs7 pkcs8 pkeyparam pkeyutl prime rehash rsautl s_server s_time sess_id smime speed spkac srp storeutl ts'.split(
    ' ',
  ),
);

async function versionCommand(process: Process, args: readonly string[]): Promise<number> {
  const call = await parseArguments(process, 'version', args, {
    flags: 'v',
    values: '',
    absent: 'a b d e f m o p r c',
  });
  if (call === undefined) return 1;
  return await call.output('OpenSSL 3.0.13 30 Jan 2024 (Library: OpenSSL 3.0.13 30 Jan 2024)\n');
}

export const openssl = plainProgram('openssl', async ({ io, process, args }) => {
  const [name, ...rest] = args;
  if (name === undefined) {
    await io.raw("drydock: 'openssl without a command' is not simulated\n");
    return 1;
  }
  const command = COMMANDS.get(name);
  if (command !== undefined) return await command(process, rest);
  if (isCipher(name)) return await cipherCommand(process, name, rest);
  if (isDigest(name)) return await digestCommand(process, rest, name);
  await io.raw(
    NOT_SIMULATED.has(name)
      ? `drydock: 'openssl ${name}' is not simulated\n`
      : `Invalid command '${name}'; type "help" for a list.\n`,
  );
  return 1;
});
