/** docker top: the container's processes in the host's numbering. */
import { civilFromUnix } from '../sim/clock.ts';
import { apiError, type ApiError, type DockerContainer, type Engine } from './model.ts';

const two = (value: number): string => String(value).padStart(2, '0');

export function topView(
  engine: Engine,
  container: DockerContainer,
  psArgs: string,
): { readonly Titles: readonly string[]; readonly Processes: readonly (readonly string[])[] } | ApiError {
  if (engine.runtime.container(container.id)?.pid === 0)
    return apiError(409, `container ${container.id} is not running`);
  if (psArgs !== '-ef') return apiError(501, `drydock: 'docker top' with '${psArgs}' is not simulated`);
  const { kernel, files } = engine.host;
  const passwd = files.root.readText('/etc/passwd');
  const nameOf = (uid: number): string =>
    (typeof passwd === 'string' ? new RegExp(`^([^:]+):[^:]*:${String(uid)}:`, 'm').exec(passwd)?.[1] : undefined) ??
    String(uid);
  const rows = engine.runtime.processes(container.id).flatMap((pid) => {
    const view = kernel.process(pid);
    if (view === undefined) return [];
    const started = civilFromUnix(
      Math.floor((engine.sim.clock.unixUs - engine.sim.clock.nowUs + view.startedUs) / 1_000_000),
    );
    const seconds = Math.floor((view.cpuUserUs + view.cpuSystemUs) / 1_000_000);
    const tty = view.tty === undefined ? '?' : view.tty.replace('/dev/', '');
    return [
      [
        nameOf(view.credentials.uid),
        String(view.pid),
        String(view.parent),
        '0',
        `${two(started.hour)}:${two(started.minute)}`,
        tty,
        `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`,
        view.argv.join(' '),
      ],
    ];
  });
  return { Titles: ['UID', 'PID', 'PPID', 'C', 'STIME', 'TTY', 'TIME', 'CMD'], Processes: rows };
}
