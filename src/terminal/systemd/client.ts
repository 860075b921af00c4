/** systemd's private socket as systemctl and journalctl use it: calls and answers are `message` segments. */
import { failed, strerror } from '../../protocol/errno.ts';
import type { Plain } from '../../protocol/plain.ts';
import type { Process } from '../../protocol/program.ts';
import type { Options } from '../coreutils/command.ts';
import type { Io } from '../io.ts';

export interface UnitCommand {
  readonly setting: string;
  readonly pid: number;
  readonly argv: readonly string[];
  readonly exitCode?: number;
  readonly exitSignal?: string;
}

/** A unit as systemd answers it: the shape that engine/machine/systemd's UnitView documents. */
export interface Unit {
  readonly name: string;
  readonly description: string;
  readonly load: string;
  readonly active: string;
  readonly sub: string;
  readonly enabled: string;
  readonly preset: string;
  readonly path?: string;
  readonly source?: string;
  readonly dropIns: readonly string[];
  readonly mainPid: number;
  readonly controlPid: number;
  readonly statusText?: string;
  readonly commands: readonly UnitCommand[];
  readonly result: string;
  readonly cgroup: string;
  readonly sinceUnixUs: number;
  readonly startingUnixUs: number;
  readonly activeUnixUs: number;
  readonly after: readonly string[];
  readonly durationUs?: number;
  readonly invocation: string;
  readonly restarts: number;
  readonly needsReload: boolean;
  readonly isFrozen: boolean;
  readonly tasks: number;
  readonly tasksLimit?: number;
  readonly memoryBytes: number;
  readonly memoryLimitBytes?: number;
  readonly memoryPeakBytes: number;
  readonly cpuUs: number;
  readonly processes: readonly { readonly pid: number; readonly command: string }[];
  readonly documentation: readonly string[];
  readonly timer?: { readonly nextUnixUs?: number; readonly lastUnixUs?: number };
  readonly socket?: {
    readonly listens: readonly { readonly kind: string; readonly address: string }[];
    readonly accepts: boolean;
    readonly accepted: number;
    readonly connected: number;
    readonly refused: number;
  };
  readonly mount?: { readonly what: string; readonly where: string };
  readonly watches?: readonly { readonly condition: string; readonly path: string }[];
  readonly triggers: readonly string[];
  readonly triggeredBy: readonly string[];
}

export interface JournalLine {
  readonly cursor: number;
  readonly unixUs: number;
  readonly monotonicUs: number;
  readonly unit?: string;
  readonly userUnit?: string;
  readonly uid?: number;
  readonly identifier: string;
  readonly pid?: number;
  readonly priority: number;
  readonly transport: string;
  /** SYSLOG_FACILITY, where the sender says it. */
  readonly facility?: number;
  readonly message: string;
}

/** A login session: the shape that engine/machine/systemd's LoginSession documents. */
export interface Session {
  readonly id: string;
  readonly user: string;
  readonly uid: number;
  readonly service: string;
  readonly leader: number;
  readonly tty?: string;
  readonly from?: string;
  readonly scope: string;
  readonly slice: string;
  readonly sinceUnixUs: number;
  readonly closing: boolean;
}

/** A user whose services run without a login, too. */
export interface Lingerer {
  readonly user: string;
  readonly uid: number;
  readonly sinceUnixUs: number;
}

export interface Refusal {
  readonly type: 'error';
  readonly code: string;
  readonly unit?: string;
  readonly message: string;
}

export type Reply =
  | {
      readonly type: 'done';
      readonly changes?: readonly { readonly kind: string; readonly path: string; readonly target?: string }[];
      readonly lacksInstallInfo?: boolean;
    }
  | {
      readonly type: 'jobs';
      readonly jobs: readonly {
        readonly id: number;
        readonly unit: string;
        readonly type: string;
        readonly state: string;
      }[];
    }
  | { readonly type: 'units'; readonly units: readonly Unit[] }
  | { readonly type: 'login'; readonly environment: Readonly<Record<string, string>> }
  | { readonly type: 'default-target'; readonly name: string }
  | { readonly type: 'environment'; readonly variables: readonly (readonly [name: string, value: string])[] }
  | {
      readonly type: 'sessions';
      readonly sessions: readonly Session[];
      readonly lingering: readonly Lingerer[];
    }
  | {
      readonly type: 'records';
      readonly records: readonly JournalLine[];
      readonly boots: readonly { readonly id: string; readonly from: number }[];
    }
  | {
      readonly type: 'boots';
      readonly boots: readonly { readonly id: string; readonly firstUnixUs: number; readonly lastUnixUs: number }[];
    }
  | Refusal;

export interface Unreachable {
  readonly type: 'unreachable';
  readonly message: string;
  /** It was the manager of a user. */
  readonly isUser?: true;
}

/** 5 for what is not there, 4 for what is not allowed, as systemctl(1) says. */
export const statusOf = ({ code }: Refusal): number => (code === 'not-found' ? 5 : code === 'access-denied' ? 4 : 1);

/** What a program asks of the system's manager: `/run/systemd/private`. */
const SOCKET = 'systemd/private';

/** One call; the answer, or why the socket could not be reached. With `each`, answers as they come while it says so. */
export async function ask(
  process: Process,
  request: Readonly<Record<string, Plain>>,
  each?: (reply: Reply) => Promise<boolean>,
): Promise<Reply | Unreachable> {
  return await askAt(process, `/run/${SOCKET}`, request, each);
}

/** Who asks, and with which options: --user is for the manager of the user's own. */
export interface Caller {
  readonly process: Process;
  readonly options: Pick<Options, 'has'>;
}

/** The same of the manager that the options name. */
export async function askManager(
  { process, options }: Caller,
  request: Readonly<Record<string, Plain>>,
): Promise<Reply | Unreachable> {
  if (!options.has('user')) return await ask(process, request);
  const directory = process.env['XDG_RUNTIME_DIR'];
  const reply =
    directory === undefined
      ? ({ type: 'unreachable', message: 'No medium found' } as const)
      : await askAt(process, `${directory}/${SOCKET}`, request);
  return reply.type === 'unreachable' ? { ...reply, isUser: true } : reply;
}

async function askAt(
  process: Process,
  path: string,
  request: Readonly<Record<string, Plain>>,
  each?: (reply: Reply) => Promise<boolean>,
): Promise<Reply | Unreachable> {
  const fd = await process.connect({ family: 'unix', path });
  if (failed(fd)) return { type: 'unreachable', message: strerror(fd) };
  await process.send(fd, { type: 'message', value: { ...request, uid: process.credentials().uid } });
  for (;;) {
    const segment = await process.receive(fd);
    if (segment === undefined || failed(segment) || segment.type !== 'message') {
      process.close(fd);
      return { type: 'unreachable', message: 'Connection reset by peer' };
    }
    // What came over the wire has the shape that engine/machine/systemd's SystemdReply documents.
    const reply = segment.value as unknown as Reply;
    if (each !== undefined && (await each(reply))) continue;
    process.close(fd);
    return reply;
  }
}

export async function sayUnreachable(io: Io, { message, isUser }: Unreachable): Promise<number> {
  if (isUser === true) {
    await io.raw(`Failed to connect to bus: ${message}\n`);
    return 1;
  }
  const why = message === 'Connection reset by peer' ? message : 'Host is down';
  await io.raw(
    `System has not been booted with systemd as init system (PID 1). Can't operate.\nFailed to connect to bus: ${why}\n`,
  );
  return 1;
}

/** `docker` is docker.service. */
export const unitName = (text: string): string =>
  /\.(service|socket|target|timer|mount|path|slice|swap|scope|device|automount)$/.test(text) ? text : `${text}.service`;
