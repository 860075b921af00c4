/** ssh-copy-id: adds the user's public key to authorized_keys of another host, by running ssh as the script of OpenSSH does. */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { command, type Invocation } from '../../coreutils/command.ts';
import { fileText, readAll } from '../../io.ts';
import { startChild, waitFor } from '../../run-child.ts';
import { bytesToText, textToBytes } from '../../text.ts';
import { notSimulated } from '../../system/plain-program.ts';
import { homeOf } from './ssh-config.ts';

const PROGRAM = '/usr/bin/ssh-copy-id';
const USAGE = `Usage: ${PROGRAM} [-h|-?|-f|-n|-s|-x] [-i [identity_file]] [-t target_path] [-F ssh_config] [[-o ssh_option] ...] [-p port] [user@]hostname
\t-f: force mode -- copy keys without trying to check if they are already installed
\t-n: dry run    -- no keys are actually copied
\t-s: use sftp   -- use sftp instead of executing remote-commands. Can be useful if the remote only allows sftp
\t-h|-?: print this help`;
const INSTALL =
  'exec sh -c \'cd; umask 077; mkdir -p .ssh && { [ -z "`tail -1c .ssh/authorized_keys 2>/dev/null`" ] || echo >> .ssh/authorized_keys || exit 1; } && cat >> .ssh/authorized_keys || exit 1\'';

export const sshCopyId = command(
  { name: 'ssh-copy-id', calls: 'short', short: 'i:o:p:F:t:fnshx?', hint: USAGE, usageStatus: 1 },
  async (call) => {
    const { io, options, operands } = call;
    const [target] = operands;
    if (options.has('h') || target === undefined) {
      await io.raw(`${USAGE}\n`);
      return 1;
    }
    if (operands.length > 1) {
      await io.raw(
        `${PROGRAM}: ERROR: Too many arguments.  Expecting a target hostname, got: ${operands.join(' ')}\n\n${USAGE}\n`,
      );
      return 1;
    }
    const absent = ['s', 't', 'x'].find((letter) => options.has(letter));
    if (absent !== undefined) return await notSimulated(io, `ssh-copy-id -${absent}`);
    const found = await keyFile(call);
    return found === undefined ? 1 : await install(call, target, found);
  },
);

/** The public key to install; undefined after a complaint. */
async function keyFile({ io, options, process }: Invocation): Promise<string | undefined> {
  const given = options.value('i');
  const chosen = given ?? newestKey(process);
  if (chosen === undefined) {
    await io.raw(`\n${PROGRAM}: ERROR: No identities found\n`);
    return undefined;
  }
  const path = chosen.endsWith('.pub') ? chosen : `${chosen}.pub`;
  for (const file of options.has('f') ? [path] : [path, path.replace(/\.pub$/, '')]) {
    const stat = process.stat(file);
    if (!failed(stat)) continue;
    const more = file === path ? '' : `\n\t(to install the contents of '${path}' anyway, look at the -f option)`;
    io.out(`\n${PROGRAM}: ERROR: failed to open ID file '${file}': ${strerror(stat)}${more}\n`);
    await io.flush();
    return undefined;
  }
  await io.raw(`${PROGRAM}: INFO: Source of key(s) to be installed: "${path}"\n`);
  return path;
}

/** The most recently written id*.pub of the user's. */
function newestKey(process: Process): string | undefined {
  const directory = `${homeOf(process)}/.ssh`;
  const entries = process.readdir(directory);
  if (failed(entries)) return undefined;
  const dated = entries
    .filter(({ name }) => /^id.*\.pub$/.test(name) && !name.endsWith('-cert.pub'))
    .map(({ name }) => {
      const stat = process.stat(`${directory}/${name}`);
      return { path: `${directory}/${name}`, ms: failed(stat) ? 0 : stat.modifiedMs };
    });
  return dated.sort((a, b) => b.ms - a.ms || (a.path < b.path ? -1 : 1))[0]?.path;
}

async function install(call: Invocation, target: string, path: string): Promise<number> {
  const { io, options, process } = call;
  const key = (fileText(process, path) ?? '').trim();
  const passed = options.order.filter(([letter]) => ['o', 'p', 'F'].includes(letter));
  const arguments_ = [...passed.flatMap(([letter, value]) => [`-${letter}`, value]), target];
  if (!options.has('f')) {
    await io.raw(
      `${PROGRAM}: INFO: attempting to log in with the new key(s), to filter out any that are already installed\n`,
    );
    const tried = await tryKey(process, path.replace(/\.pub$/, ''), arguments_);
    if (tried.code === 0) {
      await io.raw(
        `\n${PROGRAM}: WARNING: All keys were skipped because they already exist on the remote system.\n\t\t(if you think this is a mistake, you may want to use -f option)\n\n`,
      );
      return 0;
    }
    if (!tried.text.includes('Permission denied')) {
      const lines = tried.text.replace(/\r/g, '').trimEnd();
      await io.raw(`\n${PROGRAM}: ${lines.replace(/^/gm, 'ERROR: ')}\n\n`);
      return 1;
    }
    await io.raw(
      `${PROGRAM}: INFO: 1 key(s) remain to be installed -- if you are prompted now it is to install the new keys\n`,
    );
  }
  if (options.has('n')) {
    io.out(`=-=-=-=-=-=-=-=\nWould have added the following key(s):\n\n${key}\n=-=-=-=-=-=-=-=\n`);
    return await io.end(0);
  }
  if ((await runWithInput(process, ['ssh', '-a', '-x', ...arguments_, INSTALL], `${key}\n`)) !== 0) return 1;
  const shown = [...passed.map(([letter, value]) => `-${letter} '${value}'`), `'${target}'`].join(' ');
  io.out(
    `\nNumber of key(s) added: 1\n\nNow try logging into the machine, with:   "ssh ${shown}"\nand check to make sure that only the key(s) you wanted were added.\n\n`,
  );
  return await io.end(0);
}

/** Whether the key opens the door already. */
async function tryKey(
  process: Process,
  identity: string,
  arguments_: readonly string[],
): Promise<{ readonly code: number; readonly text: string }> {
  const output = process.pipe();
  const nothing = process.open('/dev/null', { read: true });
  if (failed(output) || failed(nothing)) return { code: 1, text: '' };
  const only = ['-o', 'LogLevel=INFO', '-o', 'PreferredAuthentications=publickey', '-o', 'IdentitiesOnly=yes'];
  const pid = startChild(process, ['ssh', '-a', '-x', '-i', identity, ...only, ...arguments_, 'exit'], {
    fds: [
      [0, nothing],
      [1, output[1]],
      [2, output[1]],
    ],
    env: process.env,
  });
  process.close(output[1]);
  process.close(nothing);
  const bytes = await readAll(process, output[0]);
  process.close(output[0]);
  if (typeof pid !== 'number') return { code: pid.code, text: pid.message };
  const ended = await waitFor(process, pid);
  return { code: ended.code, text: failed(bytes) ? '' : bytesToText(bytes) };
}

async function runWithInput(process: Process, argv: readonly string[], text: string): Promise<number> {
  const input = process.pipe();
  if (failed(input)) return 1;
  process.setCloseOnExec(input[1], true);
  const pid = startChild(process, argv, {
    fds: [
      [0, input[0]],
      [1, 1],
      [2, 2],
    ],
    env: process.env,
  });
  process.close(input[0]);
  await process.write(input[1], textToBytes(text));
  process.close(input[1]);
  return typeof pid === 'number' ? (await waitFor(process, pid)).code : pid.code;
}
