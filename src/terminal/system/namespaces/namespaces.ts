/** nsenter (util-linux 2.39) and chroot (coreutils). */
import { helpHint } from '../../coreutils/help-hint.ts';
import { failed, strerror, type SysFailure } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { accountOf, groupIdOf } from '../../accounts.ts';
import { sayCannotExecute } from '../../coreutils/process/cannot-execute.ts';
import type { Invocation } from '../../coreutils/command.ts';
import { command } from '../../coreutils/command.ts';
import { namespaceId } from '../../network/rtnetlink/named-namespaces.ts';
import { lookupPath, runAndWait } from '../../run-child.ts';
import { credentialsOf } from '../accounts/become-user.ts';
import { notSimulated } from '../plain-program.ts';

export const LETTERS: Readonly<Record<string, string>> = {
  m: 'mnt',
  u: 'uts',
  i: 'ipc',
  n: 'net',
  p: 'pid',
  U: 'user',
  C: 'cgroup',
};

const notExecuted =
  ([name = '']: readonly string[]) =>
  () =>
    `failed to execute ${name}`;

/** Runs a program in this process's place, or as a child where a new pid namespace only holds children. */
async function go(call: Invocation, argv: readonly string[], fork: boolean): Promise<number> {
  const { io, process } = call;
  await io.flush();
  if (fork) {
    const done = await runAndWait(process, argv);
    if (done.type === 'done') return done.code;
    await sayCannotExecute(call, argv[0] ?? '', done.message, notExecuted(argv));
    return done.code;
  }
  const path = lookupPath(process, argv[0] ?? '');
  const failure: SysFailure = path === undefined ? { errno: 'ENOENT' } : await process.exec(path, argv, process.env);
  await sayCannotExecute(call, argv[0] ?? '', strerror(failure), notExecuted(argv));
  return failure.errno === 'ENOENT' ? 127 : 126;
}

export const shellOf = (process: Process): readonly string[] => [process.env['SHELL'] ?? '/bin/sh'];

export const nsenter = command(
  {
    name: 'nsenter',
    calls: 'short',
    short: 'at:m::u::i::n::p::C::U::T::S:G:r::w::FeZW:',
    absent: [...'TSGrweZW'],
    absentLong: 'preserve-credentials follow-context keep-caps',
    helpOption: '-h',
    long: {
      all: 'a',
      target: 't',
      mount: 'm',
      uts: 'u',
      ipc: 'i',
      net: 'n',
      pid: 'p',
      cgroup: 'C',
      user: 'U',
      time: 'T',
      root: 'r',
      wd: 'w',
      'no-fork': 'F',
      setuid: 'S',
      setgid: 'G',
      env: 'e',
      wdns: 'W',
    },
    stopEarly: true,
  },
  async (call) => {
    const { io, options, process } = call;
    const target = options.value('t');
    const letters = options.has('a')
      ? Object.keys(LETTERS)
      : Object.keys(LETTERS).filter((letter) => options.has(letter));
    const file = letters.find((letter) => (options.value(letter) ?? '') !== '');
    const name =
      file === undefined ? undefined : /^=?\/(?:var\/)?run\/netns\/(.+)$/.exec(options.value(file) ?? '')?.[1];
    const fromProc = file === undefined ? undefined : /^=?\/proc\/(\d+)\/ns\/\w+$/.exec(options.value(file) ?? '')?.[1];
    if (file !== undefined && name === undefined && fromProc === undefined)
      return await notSimulated(io, `nsenter -${file} with a file`);
    if (target !== undefined && !/^\d+$/.test(target)) {
      await io.warn(`failed to parse pid: '${target}'`);
      return 1;
    }
    const pid = target ?? fromProc;
    if (pid === undefined && name === undefined && letters.length > 0) {
      await io.warn(`neither filename nor target pid supplied for ns/${LETTERS[letters[0] ?? 'm'] ?? ''}`);
      return 1;
    }
    if (name !== undefined) {
      const id = namespaceId(process, name);
      if (id === undefined) {
        await io.warn(`cannot open /run/netns/${name}: No such file or directory`);
        return 1;
      }
      const done = process.kernel({ subsystem: 'namespace', op: 'join', args: { net: id } });
      if (failed(done)) return await cannotJoin(call, 'net', done);
    }
    if (pid !== undefined) {
      if (failed(process.stat(`/proc/${pid}`))) {
        await io.warn(`cannot open /proc/${pid}/ns/${LETTERS[letters[0] ?? 'n'] ?? ''}: No such file or directory`);
        return 1;
      }
      const kinds = ENTRY_ORDER.filter((kind) => letters.some((letter) => LETTERS[letter] === kind));
      const closed = kinds.find((kind) => failed(process.readlink(`/proc/${pid}/ns/${kind}`)));
      if (closed !== undefined) {
        const path = `/proc/${pid}/ns/${closed}`;
        const why = strerror({ errno: 'EACCES' });
        await io.warn(call.flavour === 'busybox' ? `can't open '${path}': ${why}` : `cannot open ${path}: ${why}`);
        return 1;
      }
      const done = process.kernel({ subsystem: 'namespace', op: 'enter', args: { pid: Number(pid), kinds } });
      if (failed(done)) return await cannotJoin(call, kinds[0] ?? '', done);
    }
    return await go(
      call,
      call.operands.length === 0 ? shellOf(process) : call.operands,
      options.has('p') || options.has('a'),
    );
  },
);

/** The order in which nsenter opens and joins them. */
const ENTRY_ORDER: readonly string[] = ['user', 'cgroup', 'ipc', 'uts', 'net', 'pid', 'mnt'];

async function cannotJoin({ io, flavour }: Invocation, kind: string, failure: SysFailure): Promise<number> {
  await io.warn(
    flavour === 'busybox'
      ? `setns(): can't reassociate to namespace '${kind}': ${strerror(failure)}`
      : `reassociate to namespace 'ns/${kind}' failed: ${strerror(failure)}`,
  );
  return 1;
}

export const chroot = command(
  {
    name: 'chroot',
    short: '',
    long: { userspec: 'userspec:', groups: 'groups:', 'skip-chdir': 'skip' },
    stopEarly: true,
    usageStatus: 125,
  },
  async (call) => {
    const { io, options, process } = call;
    const [root, ...argv] = call.operands;
    if (root === undefined) {
      await io.warn('missing operand');
      await io.raw(`${helpHint(io)}\n`);
      return 125;
    }
    const done = process.chroot(root);
    if (failed(done)) {
      const busybox = call.flavour === 'busybox';
      await io.warn(`${busybox ? "can't" : 'cannot'} change root directory to '${root}': ${strerror(done)}`);
      return busybox ? 1 : 125;
    }
    if (!options.has('skip')) process.chdir('/');
    const [user = '', group] = (options.value('userspec') ?? '').split(':');
    if (user !== '') {
      const account = accountOf(process, user);
      const base =
        account === undefined ? { uid: Number(user), gid: 0, groups: [], capabilities: [] } : credentialsOf(account);
      process.setCredentials({
        ...base,
        gid: group === undefined ? base.gid : (groupIdOf(process, group) ?? base.gid),
      });
    }
    const groups = options.value('groups')?.split(',');
    if (groups !== undefined) {
      const numbers = groups.map((name) => (/^\d+$/.test(name) ? Number(name) : groupIdOf(process, name)));
      const unknown = groups[numbers.indexOf(undefined)];
      if (unknown !== undefined) {
        await io.warn(`invalid group \u2018${unknown}\u2019`);
        return 125;
      }
      process.setCredentials({ ...process.credentials(), groups: numbers.flatMap((id) => id ?? []) });
    }
    const wanted = argv.length === 0 ? [process.env['SHELL'] ?? '/bin/sh', '-i'] : argv;
    const path = lookupPath(process, wanted[0] ?? '');
    const failure: SysFailure =
      path === undefined ? { errno: 'ENOENT' } : await process.exec(path, wanted, process.env);
    await sayCannotExecute(call, wanted[0] ?? '', strerror(failure));
    return failure.errno === 'ENOENT' ? 127 : 126;
  },
);
