/**
 * crontab of Debian's cron: -l, -e, -r, -i, -u, a file or standard input.
 * Leaves out: cron.allow and cron.deny, the choice of an editor on first use.
 */
import { parseCrontab } from '../../formats/crontab.ts';
import { encodeUtf8 } from '../../protocol/bytes.ts';
import { failed, strerror } from '../../protocol/errno.ts';
import { accountOf, userNameOf } from '../accounts.ts';
import { command, type Applet, type Invocation } from '../coreutils/command.ts';
import { LineReader, readOperand } from '../io.ts';
import { runAndWait } from '../run-child.ts';
import { ask } from '../systemd/client.ts';
import { bytesToText } from '../text.ts';

const SPOOL = '/var/spool/cron/crontabs';
const USAGE = `crontab: usage error: %s
usage:	crontab [-u user] file
	crontab [ -u user ] [ -i ] { -e | -l | -r }
		(default operation is replace, per 1003.2)
	-e	(edit user's crontab)
	-l	(list user's crontab)
	-r	(delete user's crontab)
	-i	(prompt before deleting user's crontab)
`;

export const crontab: Applet = command(
  { name: 'crontab', onlyLetters: true, calls: 'short', short: 'u:elri', hint: '', usageStatus: 1 },
  async (call) => {
    const { process, io, options, operands } = call;
    const own = userNameOf(process, process.credentials().uid) ?? 'root';
    const user = options.value('u') ?? own;
    if (user !== own && process.credentials().uid !== 0) {
      await io.raw('must be privileged to use -u\n');
      return 1;
    }
    if (accountOf(process, user) === undefined) {
      await io.raw(`crontab:  user \`${user}' unknown\n`);
      return 1;
    }
    const actions = ['e', 'l', 'r'].filter((letter) => options.has(letter));
    if (actions.length > 1) return await usage(call, 'only one operation permitted');
    const [action] = actions;
    if (action === 'l') return await list(call, user, own);
    if (action === 'r') return await remove(call, user, own);
    if (action === 'e') return await edit(call, user, own);
    const [file = '-'] = operands;
    if (operands.length === 0 && process.isatty(0)) return await usage(call, 'file name must be specified for replace');
    const bytes = await readOperand(process, file);
    if (failed(bytes)) {
      await io.raw(`${file}: ${strerror(bytes)}\n`);
      return 1;
    }
    return (await install(call, user, own, bytesToText(bytes), file)) ? 0 : 1;
  },
);

async function usage({ io }: Invocation, problem: string): Promise<number> {
  await io.raw(USAGE.replace('%s', problem));
  return 1;
}

/** What crontab tells the journal: `(root) LIST (root)`. */
const log = ({ process }: Invocation, own: string, what: string, user: string): Promise<unknown> =>
  ask(process, {
    method: 'log',
    identifier: 'crontab',
    pid: process.pid,
    priority: 6,
    message: `(${own}) ${what} (${user})`,
  });

async function list(call: Invocation, user: string, own: string): Promise<number> {
  const bytes = call.process.readFile(`${SPOOL}/${user}`);
  await log(call, own, 'LIST', user);
  if (failed(bytes)) {
    await call.io.raw(`no crontab for ${user}\n`);
    return 1;
  }
  await call.io.bytes(bytes);
  return 0;
}

async function remove(call: Invocation, user: string, own: string): Promise<number> {
  const { process, io, options } = call;
  if (options.has('i')) {
    io.out(`crontab: really delete ${user}'s crontab? (y/n) `);
    await io.flush();
    if (!/^y/i.test((await new LineReader(process, 0).nextText()) ?? '')) return 0;
  }
  const removed = process.unlink(`${SPOOL}/${user}`);
  await log(call, own, 'DELETE', user);
  if (!failed(removed)) return 0;
  await io.raw(`no crontab for ${user}\n`);
  return 1;
}

/** Checks a text and makes it the user's crontab; false after a complaint. */
async function install(call: Invocation, user: string, own: string, text: string, name: string): Promise<boolean> {
  const { process, io } = call;
  const { problems } = parseCrontab(text, false);
  for (const { line, text: problem } of problems) await io.raw(`"${name}":${String(line)}: ${problem}\n`);
  if (problems.length > 0) {
    await io.raw("errors in crontab file, can't install.\n");
    return false;
  }
  if (text !== '' && !text.endsWith('\n')) {
    await io.raw(`new crontab file is missing newline before EOF, can't install.\n`);
    return false;
  }
  const path = `${SPOOL}/${user}`;
  const written = process.writeFile(path, encodeUtf8(text), { mode: 0o600 });
  if (failed(written)) {
    await io.raw(`${path}: ${strerror(written)}\n`);
    return false;
  }
  process.chmod(path, 0o600);
  const account = accountOf(process, user);
  if (account !== undefined && process.credentials().uid === 0)
    process.chown(path, account.uid, process.credentials().gid);
  await log(call, own, 'REPLACE', user);
  return true;
}

async function edit(call: Invocation, user: string, own: string): Promise<number> {
  const { process, io } = call;
  const before = process.readFile(`${SPOOL}/${user}`);
  await log(call, own, 'BEGIN EDIT', user);
  if (failed(before)) await io.raw(`no crontab for ${user} - using an empty one\n`);
  const original = failed(before) ? '# m h  dom mon dow   command\n' : bytesToText(before);
  const directory = `/tmp/crontab.${String(process.pid)}`;
  const path = `${directory}/crontab`;
  process.mkdir(directory, 0o700);
  process.writeFile(path, encodeUtf8(original), { mode: 0o600 });
  const editor = process.env['VISUAL'] ?? process.env['EDITOR'] ?? '/usr/bin/editor';
  const status = await editUntilGood(call, { user, own, path, original, editor });
  process.unlink(path);
  process.rmdir(directory);
  await log(call, own, 'END EDIT', user);
  return status;
}

interface Edit {
  readonly user: string;
  readonly own: string;
  readonly path: string;
  readonly original: string;
  readonly editor: string;
}

async function editUntilGood(call: Invocation, { user, own, path, original, editor }: Edit): Promise<number> {
  const { process, io } = call;
  for (;;) {
    const ended = await runAndWait(process, ['/bin/sh', '-c', `${editor} ${path}`]);
    if (ended.code !== 0) {
      await io.raw(`crontab: "${editor}" exited with status ${String(ended.code)}\n`);
      return 1;
    }
    const bytes = process.readFile(path);
    const text = failed(bytes) ? '' : bytesToText(bytes);
    if (text === original) {
      await io.raw('No modification made\n');
      return 0;
    }
    await io.raw('crontab: installing new crontab\n');
    if (await install(call, user, own, text, path)) return 0;
    io.out('Do you want to retry the same edit? (y/n) ');
    await io.flush();
    if (/^y/i.test((await new LineReader(process, 0).nextText()) ?? '')) continue;
    await io.raw(`crontab: edits left in ${path}\n`);
    return 1;
  }
}
