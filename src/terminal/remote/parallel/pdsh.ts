/**
 * pdsh and pdcp 2.34: one command or copy on many hosts, a line of output with its host's name before it.
 * Models: -w, -x, -l, -f, -t, -N, -S, host lists with ranges; the remote shell is always ssh. Leaves out: other modules, time limits of commands.
 */
import { command, type Invocation } from '../../coreutils/command.ts';
import { fileText } from '../../io.ts';
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

async function runOn(
  call: Invocation,
  argv: (host: string, user: readonly string[]) => readonly string[],
): Promise<number> {
  const { io, options, process } = call;
  const user = options.value('l');
  const tasks = hostsOf(call).map((host): Task => ({ host, argv: argv(host, user === undefined ? [] : [user]) }));
  if (tasks.length === 0) {
    await io.raw(`${io.name}@${process.hostname()}: no remote hosts specified\n`);
    return 1;
  }
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

export const pdsh = command({ name: 'pdsh', ...SPEC }, async (call) => {
  const { io, options, operands } = call;
  if (options.has('R') && options.value('R') !== 'ssh')
    return await notSimulated(io, `pdsh -R ${options.value('R') ?? ''}`);
  if (operands.length === 0) return await notSimulated(io, 'pdsh without a command');
  return await runOn(call, (host, user) => [
    'ssh',
    `-oConnectTimeout=${options.value('t') ?? '10'}`,
    '-a',
    '-x',
    ...user.map((name) => `-l${name}`),
    host,
    operands.join(' '),
  ]);
});

export const pdcp = command({ name: 'pdcp', ...SPEC }, async (call) => {
  const { io, options, operands } = call;
  const sources = operands.slice(0, -1);
  if (sources.length === 0) {
    await io.raw('pdcp: at least one source file and a destination are required\n');
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
