/**
 * adduser, deluser, addgroup and delgroup (Debian adduser 3.137): friendlier fronts that call useradd and its like.
 * Leaves out: system users, quotas, configuration in /etc/adduser.conf, the removal of files outside the home directory.
 */
import { accountOf, groupIdOf, groupNameOf } from '../../accounts.ts';
import { parseOptions, type Options } from '../../coreutils/command.ts';
import { LineReader } from '../../io.ts';
import { runAndWait } from '../../run-child.ts';
import { textToBytes } from '../../text.ts';
import { notSimulated, plainProgram, type PlainCall } from '../plain-program.ts';

const SPEC = {
  name: 'adduser',
  short: 'hqfs:u:g:G:',
  long: {
    'disabled-password': 'nopass',
    'disabled-login': 'nopass',
    gecos: 'gecos:',
    comment: 'gecos:',
    home: 'home:',
    'no-create-home': 'nohome',
    shell: 'shell:',
    uid: 'uid:',
    gid: 'gid:',
    ingroup: 'ingroup:',
    system: 'system',
    group: 'group',
    quiet: 'q',
    'remove-home': 'rmhome',
    'remove-all-files': 'rmall',
    force: 'f',
  },
};

interface Request extends PlainCall {
  readonly options: Options;
  readonly operands: readonly string[];
}

/** A front with its options read, for root alone. */
const front = (name: string, run: (request: Request) => Promise<number>): ReturnType<typeof plainProgram> =>
  plainProgram(name, async (call) => {
    const options = parseOptions(call.args, SPEC);
    if ('problem' in options) {
      await call.io.raw(`${options.problem.replace(/^unrecognized option '--(.*)'$/, 'Unknown option: $1')}\n`);
      return 2;
    }
    const missing = ['system', 'rmall'].find((letter) => options.has(letter));
    if (missing !== undefined)
      return await notSimulated(call.io, `${name} --${missing === 'system' ? 'system' : 'remove-all-files'}`);
    if (call.process.credentials().uid !== 0)
      return await fatal(call, 'Only root may add a user or group to the system.');
    if (options.operands.length === 0) return await fatal(call, 'Only one or two names allowed.');
    return await run({ ...call, options, operands: options.operands });
  });

async function fatal({ io }: Pick<PlainCall, 'io'>, message: string): Promise<number> {
  await io.raw(`fatal: ${message}\n`);
  return 1;
}
async function info({ io, options }: Request, message: string): Promise<void> {
  if (!options.has('q')) await io.raw(`info: ${message}\n`);
}
const done = async ({ process }: PlainCall, argv: readonly string[]): Promise<number> =>
  (await runAndWait(process, argv)).code;

export const adduser = front('adduser', async (request) => {
  const { operands, options, process } = request;
  const [name = '', group] = operands;
  if (options.has('group')) return await addGroup(request, name);
  const exists = accountOf(process, name)?.name === name;
  if (group !== undefined)
    return exists ? await join(request, name, group) : await fatal(request, `The user \`${name}' does not exist.`);
  if (exists) return await fatal(request, `The user \`${name}' already exists.`);
  if (!/^[a-z_][-a-z0-9_]*\$?$/.test(name))
    return await fatal(
      request,
      `Please enter a username matching the regular expression configured\nvia the NAME_REGEX[_SYSTEM] configuration variable.  Use the \`--allow-bad-names'\noption to relax this check or reconfigure NAME_REGEX in configuration.`,
    );
  return await create(request, name);
});

async function create(request: Request, name: string): Promise<number> {
  const { options, process } = request;
  const option = (flag: string, letter: string): readonly string[] =>
    options.has(letter) ? [flag, options.value(letter) ?? ''] : [];
  await info(request, `Adding user \`${name}' ...`);
  await info(request, 'Selecting UID/GID from range 1000 to 59999 ...');
  const primary = options.value('ingroup') ?? options.value('gid');
  const home = options.value('home') ?? `/home/${name}`;
  const made = await done(request, [
    'useradd',
    ...(options.has('nohome') ? ['-M'] : ['-m']),
    ...['-d', home, '-s', options.value('shell') ?? options.value('s') ?? '/bin/bash'],
    ...option('-u', 'uid'),
    ...option('-c', 'gecos'),
    ...(primary === undefined ? [] : ['-g', primary]),
    name,
  ]);
  const account = accountOf(process, name);
  if (made !== 0 || account === undefined) return made;
  const [group, gid] = [groupNameOf(process, account.gid) ?? '', String(account.gid)];
  if (primary === undefined) await info(request, `Adding new group \`${group}' (${gid}) ...`);
  await info(request, `Adding new user \`${name}' (${String(account.uid)}) with group \`${group} (${gid})' ...`);
  if (options.has('nohome')) await info(request, `Not creating \`${home}'.`);
  else {
    await info(request, `Creating home directory \`${home}' ...`);
    await info(request, "Copying files from `/etc/skel' ...");
  }
  if (!options.has('nopass')) await done(request, ['passwd', name]);
  if (!options.has('gecos')) await askDetails(request, name);
  if (groupIdOf(process, 'users') === undefined || options.has('nopass')) return 0;
  await info(request, `Adding new user \`${name}' to supplemental / extra groups \`users' ...`);
  return await join(request, name, 'users');
}

/** chfn's questions; what is typed goes into the account's comment. */
async function askDetails({ process, io }: Request, name: string): Promise<void> {
  await io.raw(`Changing the user information for ${name}\nEnter the new value, or press ENTER for the default\n`);
  const reader = new LineReader(process, 0);
  const answers: string[] = [];
  for (const question of ['Full Name', 'Room Number', 'Work Phone', 'Home Phone', 'Other']) {
    await process.write(2, textToBytes(`\t${question} []: `));
    answers.push((await reader.nextText()) ?? '');
  }
  await process.write(2, textToBytes('Is the information correct? [Y/n] '));
  await reader.nextText();
  await runAndWait(process, ['usermod', '-c', answers.join(',').replace(/,*$/, ',,,'), name]);
}

async function join(request: Request, name: string, group: string): Promise<number> {
  const { process } = request;
  if (groupIdOf(process, group) === undefined) return await fatal(request, `The group \`${group}' does not exist.`);
  const gid = groupIdOf(process, group);
  const account = accountOf(process, name);
  if (gid !== undefined && account?.groups.includes(gid) === true) {
    await info(request, `The user \`${name}' is already a member of \`${group}'.`);
    return 0;
  }
  await info(request, `Adding user \`${name}' to group \`${group}' ...`);
  return await done(request, ['usermod', '-aG', group, name]);
}

async function addGroup(request: Request, name: string): Promise<number> {
  const { options, process } = request;
  if (groupIdOf(process, name) !== undefined) return await fatal(request, `The group \`${name}' already exists.`);
  const made = await done(request, [
    'groupadd',
    ...(options.has('gid') ? ['-g', options.value('gid') ?? ''] : []),
    name,
  ]);
  if (made !== 0) return made;
  await info(request, `Selecting GID from range 1000 to 59999 ...`);
  await info(request, `Adding group \`${name}' (GID ${String(groupIdOf(process, name) ?? 0)}) ...`);
  return 0;
}

export const addgroup = front('addgroup', async (request) => {
  const [name = '', group] = request.operands;
  return group === undefined ? await addGroup(request, name) : await join(request, name, group);
});

export const deluser = front('deluser', async (request) => {
  const { operands, options, process } = request;
  const [name = '', group] = operands;
  if (options.has('group')) return await removeGroup(request, name);
  const account = accountOf(process, name);
  if (account?.name !== name) return await fatal(request, `The user \`${name}' does not exist.`);
  if (group !== undefined) {
    const gid = groupIdOf(process, group);
    if (gid === undefined) return await fatal(request, `The group \`${group}' does not exist.`);
    if (!account.groups.includes(gid))
      return await fatal(request, `The user \`${name}' is not a member of group \`${group}'.`);
    await info(request, `Removing user \`${name}' from group \`${group}' ...`);
    return await done(request, ['usermod', '-rG', group, name]);
  }
  if (options.has('rmhome')) {
    await info(request, 'Looking for files to backup/remove ...');
    await info(request, 'Removing files ...');
  }
  await info(request, 'Removing crontab ...');
  await info(request, `Removing user \`${name}' ...`);
  const removed = await done(request, ['userdel', name]);
  if (removed === 0 && options.has('rmhome')) await done(request, ['rm', '-rf', account.home]);
  return removed;
});

async function removeGroup(request: Request, name: string): Promise<number> {
  if (groupIdOf(request.process, name) === undefined)
    return await fatal(request, `The group \`${name}' does not exist.`);
  await info(request, `Removing group \`${name}' ...`);
  return await done(request, ['groupdel', name]);
}

export const delgroup = front('delgroup', async (request) => await removeGroup(request, request.operands[0] ?? ''));
