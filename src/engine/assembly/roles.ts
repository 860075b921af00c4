/**
 * Ties processes to components. An executable such as kube-apiserver starts a process like any other; while the process
 * lives its component works, when it is gone so is the component.
 */
import type { ReactiveProgram } from '../machine/kernel/reactive/reactive.ts';

export interface RoleProcess {
  readonly host: string;
  readonly pid: number;
}

/** A component as its process's program sees it. */
export interface Role {
  started(process: RoleProcess): void;
  ended(host: string, pid: number): void;
  /** Where the process itself answers plain-text health questions, everywhere without an address, with the paths that exist. */
  readonly health?: { readonly ip?: string; readonly port: number; readonly paths: readonly string[] };
  readonly memoryBytes?: number;
}

export function roleProgram(name: string, host: string, role: Role): ReactiveProgram {
  const { health } = role;
  return {
    name,
    memoryBytes: role.memoryBytes ?? 40_000_000,
    start(context) {
      context.catchSignals(['SIGTERM', 'SIGINT']);
      if (health !== undefined) context.listen(health.port, undefined, health.ip);
      role.started({ host, pid: context.hostPid });
    },
    onRequest(_context, request) {
      const [path = ''] = request.target.split('?');
      const known = health?.paths.includes(path) === true;
      return {
        status: known ? 200 : 404,
        headers: { 'content-type': 'text/plain; charset=utf-8' },
        body: { bytes: new Uint8Array(known ? [111, 107] : []) },
      };
    },
    onSignal(context) {
      context.exit(0);
    },
    onEnd(context) {
      role.ended(host, context.hostPid);
    },
  };
}
