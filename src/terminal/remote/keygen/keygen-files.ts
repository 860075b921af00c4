/** ssh-keygen -y, -c and -p: what can be done with a key that is there. */
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import { integerOf } from '../../../formats/keys/big-integer.ts';
import { openSshPrivateKey, type SshPrivateKey } from '../../../formats/keys/openssh-private.ts';
import { readPrivateKeyFile } from '../../../formats/keys/private-key-file.ts';
import { sshPublicLine, type SshPublicKey } from '../../../formats/keys/ssh-public.ts';
import type { Invocation } from '../../coreutils/command.ts';
import { bytesToText } from '../../text.ts';
import { notSimulated } from '../../system/plain-program.ts';
import { askLine, askPassphrase } from './keygen-ask.ts';
import { homeOf } from '../ssh/ssh-config.ts';
import { complain } from './keygen-log.ts';

interface Loaded {
  readonly path: string;
  readonly key: SshPrivateKey;
  readonly public: SshPublicKey;
}

const RULE = '@'.repeat(59);

/** The private key of -f; a number is the status after a complaint. */
async function load(call: Invocation): Promise<Loaded | number> {
  const { io, options, process } = call;
  const standard = `${homeOf(process)}/.ssh/id_ed25519`;
  const asked = options.value('f') ?? (await askLine(call, `Enter file in which the key is (${standard}): `));
  const path = asked === undefined || asked === '' ? standard : asked;
  const stat = process.stat(path);
  const bytes = failed(stat) ? stat : process.readFile(path);
  if (failed(stat) || failed(bytes)) {
    await complain(io, `${path}: ${strerror(failed(bytes) ? bytes : 'EACCES')}`);
    return 255;
  }
  if (stat.uid === process.credentials().uid && (stat.mode & 0o077) !== 0) {
    const mode = (stat.mode & 0o777).toString(8).padStart(4, '0');
    await complain(
      io,
      `${RULE}\n@         WARNING: UNPROTECTED PRIVATE KEY FILE!          @\n${RULE}\nPermissions ${mode} for '${path}' are too open.\nIt is required that your private key files are NOT accessible by others.\nThis private key will be ignored.\n${call.options.has('p') ? `Failed to load key ${path}` : `Load key "${path}"`}: bad permissions`,
    );
    return 255;
  }
  const read = readPrivateKeyFile(bytesToText(bytes));
  if (read.type === 'encrypted') return await notSimulated(io, 'ssh-keygen with a passphrase');
  if (read.type === 'key') return { path, key: read.key, public: read.public };
  await complain(io, `Load key "${path}": error in libcrypto`);
  return 255;
}

export async function showPublicKey(call: Invocation): Promise<number> {
  const loaded = await load(call);
  if (typeof loaded === 'number') return loaded;
  call.io.line(sshPublicLine(loaded.public));
  return await call.io.end(0);
}

function rewrite({ process }: Invocation, { path, key }: Loaded, comment: string): void {
  process.writeFile(path, encodeUtf8(openSshPrivateKey(key, comment, Number(integerOf(process.random(4))))));
}

export async function changeComment(call: Invocation): Promise<number> {
  const { io, options, process } = call;
  const loaded = await load(call);
  if (typeof loaded === 'number') return loaded;
  const { path, public: key } = loaded;
  io.line(key.comment === '' ? 'No existing comment' : `Old comment: ${key.comment}`);
  const comment = options.value('C') ?? (await askLine(call, 'New comment: ')) ?? '';
  rewrite(call, loaded, comment);
  process.writeFile(`${path}.pub`, encodeUtf8(`${sshPublicLine({ ...key, comment })}\n`));
  io.line(comment === '' ? 'Comment is now empty' : `Comment '${comment}' applied`);
  return await io.end(0);
}

export async function changePassphrase(call: Invocation): Promise<number> {
  const { io, options } = call;
  const loaded = await load(call);
  if (typeof loaded === 'number') return loaded;
  io.line(`Key has comment '${loaded.public.comment}'`);
  const passphrase =
    options.value('N') ?? (await askPassphrase(call, 'Enter new passphrase (empty for no passphrase): '));
  if (passphrase !== '') return await notSimulated(io, 'ssh-keygen with a passphrase');
  rewrite(call, loaded, loaded.public.comment);
  io.line('Your identification has been saved with the new passphrase.');
  return await io.end(0);
}
