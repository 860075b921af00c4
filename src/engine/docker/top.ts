/**
 * docker top: the container's processes in the host's numbering, in the columns that ps would print.
 * Models: -ef, aux and -o with the usual columns. Leaves out: ps's other formats and selections.
 */
import { civilFromUnix } from '../sim/clock.ts';
import type { ProcessView } from '../machine/kernel/interface.ts';
import { apiError, type ApiError, type DockerContainer, type Engine } from './model.ts';

interface Column {
  readonly title: string;
  value(process: ProcessView): string;
}
interface Table {
  readonly Titles: readonly string[];
  readonly Processes: readonly (readonly string[])[];
}

const FULL = ['uid', 'pid', 'ppid', 'c', 'stime', 'tty', 'time', 'cmd'];
const USER_ORIENTED = ['user', 'pid', '%cpu', '%mem', 'vsz', 'rss', 'tty', 'stat', 'start', 'bsdtime', 'args'];

export function topView(engine: Engine, container: DockerContainer, psArgs: string): Table | ApiError {
  if (engine.runtime.container(container.id)?.pid === 0)
    return apiError(409, `container ${container.id} is not running`);
  const known = columnsOf(engine);
  const columns = namesOf(psArgs)?.map((name) => known[name]);
  if (columns === undefined || !columns.every((column) => column !== undefined))
    return apiError(501, `drydock: 'docker top' with '${psArgs}' is not simulated`);
  if (!columns.some(({ title }) => title === 'PID')) return apiError(500, "Couldn't find PID field in ps output");
  const processes = engine.runtime.processes(container.id).flatMap((pid) => engine.host.kernel.process(pid) ?? []);
  return {
    Titles: columns.map(({ title }) => title),
    Processes: processes.map((process) => columns.map((column) => column.value(process))),
  };
}

/** The columns that options of ps ask for, or undefined for what is not known. */
function namesOf(psArgs: string): readonly string[] | undefined {
  const words = psArgs.trim().split(/\s+/);
  if (words.length === 1 && ['-ef', '-fe', 'ef'].includes(words[0] ?? '')) return FULL;
  if (words.length === 1 && ['aux', '-aux', 'u'].includes(words[0] ?? '')) return USER_ORIENTED;
  const format = /^(?:-e?o|o)\s*([\w%]+(?:,[\w%]+)*)$/.exec(words.join(' '));
  return format?.[1]?.split(',');
}

const STATE_LETTERS = { running: 'R', sleeping: 'S', stopped: 'T', zombie: 'Z' } as const;

const two = (value: number): string => String(value).padStart(2, '0');

function columnsOf({ host, sim }: Engine): Readonly<Record<string, Column>> {
  const { kernel, files } = host;
  const passwd = files.root.readText('/etc/passwd');
  const user = ({ credentials: { uid } }: ProcessView): string =>
    (typeof passwd === 'string' ? new RegExp(`^([^:]+):[^:]*:${String(uid)}:`, 'm').exec(passwd)?.[1] : undefined) ??
    String(uid);
  const startTime = ({ startedUs }: ProcessView): string => {
    const { hour, minute } = civilFromUnix(Math.floor((sim.clock.unixUs - sim.clock.nowUs + startedUs) / 1_000_000));
    return `${two(hour)}:${two(minute)}`;
  };
  const seconds = ({ cpuUserUs, cpuSystemUs }: ProcessView): number =>
    Math.floor((cpuUserUs + cpuSystemUs) / 1_000_000);
  const percentOfCpu = (process: ProcessView): number =>
    (100 * (process.cpuUserUs + process.cpuSystemUs)) / Math.max(1, sim.clock.nowUs - process.startedUs);
  const kibibytes = ({ memoryBytes }: ProcessView): string => String(Math.round(memoryBytes / 1024));
  const command = ({ argv }: ProcessView): string => argv.join(' ');
  return {
    uid: { title: 'UID', value: user },
    user: { title: 'USER', value: user },
    pid: { title: 'PID', value: ({ pid }) => String(pid) },
    ppid: { title: 'PPID', value: ({ parent }) => String(parent) },
    pgid: { title: 'PGID', value: ({ group }) => String(group) },
    c: { title: 'C', value: (process) => String(Math.floor(percentOfCpu(process))) },
    '%cpu': { title: '%CPU', value: (process) => percentOfCpu(process).toFixed(1) },
    '%mem': { title: '%MEM', value: ({ memoryBytes }) => ((100 * memoryBytes) / kernel.memoryBytes).toFixed(1) },
    vsz: { title: 'VSZ', value: kibibytes },
    rss: { title: 'RSS', value: kibibytes },
    ni: { title: 'NI', value: ({ nice }) => String(nice) },
    stime: { title: 'STIME', value: startTime },
    start: { title: 'START', value: startTime },
    tty: { title: 'TTY', value: ({ tty }) => (tty === undefined ? '?' : tty.replace('/dev/', '')) },
    stat: {
      title: 'STAT',
      value: ({ state, pid, session }) => `${STATE_LETTERS[state]}${pid === session ? 's' : ''}`,
    },
    time: {
      title: 'TIME',
      value: (process) => {
        const whole = seconds(process);
        return `${two(Math.floor(whole / 3600))}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
      },
    },
    bsdtime: {
      title: 'TIME',
      value: (process) => `${String(Math.floor(seconds(process) / 60))}:${two(seconds(process) % 60)}`,
    },
    comm: { title: 'COMMAND', value: ({ name }) => name },
    cmd: { title: 'CMD', value: command },
    args: { title: 'COMMAND', value: command },
  };
}
