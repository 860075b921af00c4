/** Starts a further process in a running container, as `runc exec` does. */
import { failed } from '../../../protocol/errno.ts';
import type { Credentials, Pid } from '../../../protocol/program.ts';
import type { ContainerCell, RunningNamespaces, RuntimeParts } from './cells.ts';
import type { ExecSpec, RuntimeNamespace } from './interface.ts';
import { executableRefusal, namespaceSet, userOf, withHome } from './launch.ts';
import { boundingSet, environmentOf, resolveCredentials, type ResolvedUser } from './process-setup.ts';

const EXEC_FAILED = 'OCI runtime exec failed: exec failed: unable to start container process: ';

/** What comes before the runtime's own words: containerd's CRI service says which exec failed, dockerd does not. */
export const execPrefix = (namespace: RuntimeNamespace, execId: string): string =>
  namespace === 'k8s.io'
    ? `failed to exec in container: failed to start exec "${execId}": ${EXEC_FAILED}`
    : EXEC_FAILED;

export interface ExecRefusal {
  readonly exitCode: number;
  readonly message: string;
}

type RunningCell = ContainerCell & { readonly namespaces: RunningNamespaces };

/** Answers the process's pid on the host. */
export function spawnExec(
  parts: RuntimeParts,
  cell: RunningCell,
  session: { readonly id: string; readonly stdin: boolean },
  spec: ExecSpec,
): Pid | ExecRefusal {
  const { kernel, files } = parts.host;
  const { record, namespaces } = cell;
  const prefix = execPrefix(record.spec.namespace, session.id);
  const named = spec.user !== undefined && spec.user !== '';
  const user = named || spec.privileged === true ? userOf(parts, cell, named ? spec.user : undefined) : undefined;
  if (user !== undefined && 'failure' in user) return { exitCode: 126, message: user.message };
  const credentials = credentialsOf(cell, spec, user);
  const env = environmentFor(cell, spec, user);
  const [program = ''] = spec.argv;
  const cwd = spec.workingDir === undefined || spec.workingDir === '' ? record.workingDir : spec.workingDir;
  if (!files.view(namespaces.mnt).exists(cwd)) {
    const message = `chdir to cwd ("${cwd}") set in config.json failed: no such file or directory: unknown`;
    return { exitCode: 127, message: `${prefix}${message}` };
  }
  const found = kernel.canExecute(program, env, namespaces.mnt, credentials);
  if (failed(found) && found.errno !== 'ENOEXEC') return executableRefusal(program, found.errno, prefix);
  const pid = kernel.spawn({
    path: program,
    argv: spec.argv,
    env,
    cwd,
    ...(credentials === undefined ? {} : { credentials }),
    boundingCapabilities: spec.privileged === true ? 'all' : boundingSet(record.spec),
    ...(record.spec.noNewPrivileges === true ? { noNewPrivileges: true } : {}),
    ...(record.spec.seccomp === true ? { seccomp: boundingSet(record.spec) } : {}),
    namespaces: namespaceSet(namespaces),
    cgroup: record.cgroupPath,
    stdio: parts.stdio.open(`x/${session.id}`, { tty: spec.tty === true, stdin: session.stdin }),
    ...(spec.tty === true ? { controllingTty: true } : {}),
    ...(cell.shim === undefined ? {} : { parent: cell.shim }),
    onExit: { target: parts.target, type: 'exec.exited', payload: { sessionId: session.id } },
  });
  return failed(pid) ? executableRefusal(program, pid.errno, prefix) : pid;
}

/** The container's own, unless another user or privileges are asked for. Privileges alone make nobody root. */
function credentialsOf(
  { record, credentials }: RunningCell,
  spec: ExecSpec,
  user: ResolvedUser | undefined,
): Credentials | undefined {
  if (user === undefined) return credentials;
  return resolveCredentials(user, {
    privileged: spec.privileged === true || record.spec.privileged === true,
    capAdd: record.spec.capAdd ?? [],
    capDrop: record.spec.capDrop ?? [],
  });
}

function environmentFor(
  { record, home }: RunningCell,
  spec: ExecSpec,
  user: ResolvedUser | undefined,
): Readonly<Record<string, string>> {
  const terminal = spec.tty === true && !record.env.some((line) => line.startsWith('TERM=')) ? ['TERM=xterm'] : [];
  return environmentOf(withHome([...record.env, ...terminal, ...(spec.env ?? [])], user?.home ?? home ?? '/'));
}
