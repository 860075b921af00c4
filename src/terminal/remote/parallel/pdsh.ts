/**
 * pdsh and pdcp 2.34: one command or copy on many hosts, a line of output with its host's name before it.
 * Models: -w, -x, -l, -f, -t, -N, -S, -R ssh and rsh (which nothing answers), host lists with ranges; pdcp goes by ssh.
 * Leaves out: other modules, time limits of commands, the prompt without a command, rpdcp.
 */
import { failed, strerror } from '../../../protocol/errno.ts';
import { command, type Invocation } from '../../coreutils/command.ts';
import { fileText } from '../../io.ts';
import { resolveHost } from '../../resolver.ts';
import { notSimulated } from '../../system/plain-program.ts';
import { runTasks, type Task } from './parallel-tasks.ts';

/** `node[1-3,7],other`: the names of a host list. */
export function expandHostList(text: string): readonly string[] {
  return splitOutsideBrackets(text).flatMap((part) => {
    const [, before = '', ranges, after = ''] = /^([^[]*)\[([^\]]*)\](.*)$/.exec(part) ?? [];
    if (ranges === undefined) return part === '' ? [] : [part];
    const numbers = ranges.split(',').flatMap((range) => {
      const [first = '', last = first] = range.split('-');
      return Array.from({ length: Number(last) - Number(first) + 1 }, (_, at) =>
        String(Number(first) + at).padStart(first.length, '0'),
      );
    });
    return numbers.flatMap((number) => expandHostList(`${before}${number}${after}`));
  });
}

const splitOutsideBrackets = (text: string): readonly string[] => text.match(/(?:[^,[]|\[[^\]]*\])+/g) ?? [];

/** A list that is not there. */
const missingList = ({ options, process }: Invocation): string | undefined =>
  options
    .values('w')
    .flatMap((list) => (list.startsWith('^') ? [list.slice(1)] : []))
    .find((path) => failed(process.stat(path)));

/** The hosts of -w (a list, or `^file`) without those of -x. */
function hostsOf({ options, process }: Invocation): readonly string[] {
  const excluded = new Set(options.values('x').flatMap(expandHostList));
  const named = options
    .values('w')
    .flatMap((list) =>
      list.startsWith('^')
        ? (fileText(process, list.slice(1)) ?? '').split(/\s+/).filter((word) => word !== '')
        : expandHostList(list),
    );
  const chosen =
    named.length > 0
      ? named
      : expandHostList(
          process.env['WCOLL'] === undefined
            ? ''
            : (fileText(process, process.env['WCOLL']) ?? '').trim().replace(/\s+/g, ','),
        );
  return [...new Set(chosen)].filter((host) => !excluded.has(host));
}

const SPEC = { short: 'w:x:l:f:t:u:R:SNhqbrpVL', absent: [...'uhqbVL'], stopEarly: true, usageStatus: 1 };

/** What is wrong with the options, whatever is to be run. */
function mistakeIn(call: Invocation): string | undefined {
  const fanout = call.options.value('f');
  if (fanout !== undefined && !/^\d+$/.test(fanout)) return `Invalid fanout \`${fanout}' passed to -f.`;
  const missing = missingList(call);
  if (missing !== undefined) return `${missing}: No such file or directory`;
  return hostsOf(call).length === 0 ? 'no remote hosts specified' : undefined;
}

async function complain({ io, process }: Invocation, text: string): Promise<number> {
  await io.raw(`${io.name}@${process.hostname()}: ${text}\n`);
  return 1;
}

async function runOn(
  call: Invocation,
  argv: (host: string, user: readonly string[]) => readonly string[],
): Promise<number> {
  const { io, options, process } = call;
  const wrong = mistakeIn(call);
  if (wrong !== undefined) return await complain(call, wrong);
  const user = options.value('l');
  const tasks = hostsOf(call).map((host): Task => ({ host, argv: argv(host, user === undefined ? [] : [user]) }));
  let worst = 0;
  await runTasks(process, tasks, {
    parallel: Number(options.value('f') ?? '32'),
    input: undefined,
    finished: async ({ task, code, stdout, stderr }) => {
      const label = options.has('N') ? '' : `${task.host}: `;
      const labelled = (text: string): string => text.replace(/\r/g, '').replace(/^(?=[^])/gm, label);
      io.out(labelled(stdout));
      if (stderr !== '') await io.raw(labelled(stderr));
      if (code !== 0)
        await io.raw(`${io.name}@${process.hostname()}: ${task.host}: ssh exited with exit code ${String(code)}\n`);
      await io.flush();
      worst = Math.max(worst, code);
    },
  });
  return await io.end(options.has('S') ? worst : 0);
}

const MODULES = ['ssh', 'rsh', 'exec'];

/** How hosts are reached: -R, PDSH_RCMD_TYPE, /etc/pdsh/rcmd_default, or rsh, which is what Debian's pdsh is built with. */
const rcmdType = ({ options, process }: Invocation): string =>
  options.value('R') ?? process.env['PDSH_RCMD_TYPE'] ?? fileText(process, '/etc/pdsh/rcmd_default')?.trim() ?? 'rsh';

export const pdsh = command({ name: 'pdsh', ...SPEC }, async (call) => {
  const { io, options, operands } = call;
  const type = rcmdType(call);
  if (!MODULES.includes(type)) {
    await io.raw(`No such rcmd module "${type}"\n`);
    return 1;
  }
  if (type === 'exec') return await notSimulated(io, 'pdsh -R exec');
  if (operands.length === 0 && hostsOf(call).length > 0) return await notSimulated(io, 'pdsh without a command');
  if (type === 'rsh') return await runByRsh(call);
  return await runOn(call, (host, user) => [
    'ssh',
    `-oConnectTimeout=${String(Number.parseInt(options.value('t') ?? '10', 10) || 0)}`,
    '-a',
    '-x',
    ...user.map((name) => `-l${name}`),
    host,
    operands.join(' '),
  ]);
});

/** Where rshd would listen, and the waits before each further try (rcmd(3)), s. */
const RSH_PORT = 514;
const RETRY_SECONDS = [1, 2, 4, 8, 16];

/** No host has an rshd: each is knocked at until rcmd gives up. */
async function runByRsh(call: Invocation): Promise<number> {
  const { process } = call;
  const hosts = hostsOf(call);
  const wrong = mistakeIn(call);
  if (wrong !== undefined) return await complain(call, wrong);
  const addresses = await Promise.all(hosts.map(async (host) => await resolveHost(process, host)));
  const lost = hosts.find((_, at) => addresses[at]?.type !== 'found');
  if (lost !== undefined) return await complain(call, `gethostbyname("${lost}") failed`);
  await Promise.all(
    hosts.map(async (host, at) => {
      const found = addresses[at];
      const reason = await knock(process, found?.type === 'found' ? (found.addresses[0] ?? '') : '');
      await complain(call, `${host}: connect: ${reason}`);
    }),
  );
  return 0;
}

async function knock(process: Invocation['process'], ip: string): Promise<string> {
  for (const seconds of [...RETRY_SECONDS, 0]) {
    const fd = await process.connect({ family: 'inet', ip, port: RSH_PORT });
    if (!failed(fd)) {
      process.close(fd);
      return "drydock: 'rsh' is not simulated";
    }
    if (fd.errno !== 'ECONNREFUSED' || seconds === 0) return strerror(fd);
    await process.sleep(seconds * 1e6);
  }
  return '';
}

export const pdcp = command({ name: 'pdcp', ...SPEC }, async (call) => {
  const { io, options, operands, process } = call;
  const sources = operands.slice(0, -1);
  if (sources.length === 0) {
    const name = `pdcp@${process.hostname()}`;
    if (hostsOf(call).length === 0) await io.raw(`${name}: no remote hosts specified\n`);
    await io.raw(`${name}: pcp requires source and dest filenames\n`);
    return 1;
  }
  const absent = sources.find((path) => failed(process.stat(path)));
  if (absent !== undefined) {
    await io.raw(`pdcp@${process.hostname()}: can't stat ${absent}\n`);
    return 1;
  }
  const flags = [...(options.has('r') ? ['-r'] : []), ...(options.has('p') ? ['-p'] : [])];
  return await runOn(call, (host, [user]) => [
    'scp',
    '-q',
    ...flags,
    ...sources,
    `${user === undefined ? '' : `${user}@`}${host}:${operands.at(-1) ?? ''}`,
  ]);
});
