/**
 * systemd of one host, as components see it. Programs (systemctl, journalctl) talk to it over `/run/systemd/private` with
 * `message` segments: see SystemdCall.
 */
import type { Plain } from '../../../protocol/plain.ts';
import type { Pid } from '../../../protocol/program.ts';
import type { Notify } from '../../sim/notify.ts';
import type { Console } from './boot/console.ts';
import type { Login, LoginSession } from './sessions/sessions.ts';

export type ActiveState = 'active' | 'reloading' | 'inactive' | 'failed' | 'activating' | 'deactivating';

export interface UnitView {
  readonly name: string;
  readonly description: string;
  /** `loaded`, `not-found`, `masked`, `bad-setting`; `error`: its files cannot be read. */
  readonly load: 'loaded' | 'not-found' | 'masked' | 'bad-setting' | 'error';
  readonly active: ActiveState;
  /** `running`, `dead`, `exited`, `failed`, `auto-restart`, `mounted`, `listening` … */
  readonly sub: string;
  /** Empty: no file says anything about it. */
  readonly enabled:
    | 'enabled'
    | 'enabled-runtime'
    | 'linked'
    | 'disabled'
    | 'static'
    | 'alias'
    | 'masked'
    | 'masked-runtime'
    | 'indirect'
    | 'not-found'
    | 'transient'
    | 'generated'
    | '';
  readonly preset: 'enabled' | 'disabled';
  readonly path?: string;
  /** The configuration that its file was generated from. */
  readonly source?: string;
  readonly dropIns: readonly string[];
  readonly mainPid: number;
  /** Of a command beside the main process; 0 none. */
  readonly controlPid: number;
  /** What the service says of itself. */
  readonly statusText?: string;
  /** Commands of the last run, in the order in which they were started. */
  readonly commands: readonly {
    /** `ExecStart`. */
    readonly setting: string;
    readonly pid: number;
    readonly argv: readonly string[];
    /** Neither: it still runs. */
    readonly exitCode?: number;
    readonly exitSignal?: string;
  }[];
  readonly result:
    | 'success'
    | 'exit-code'
    | 'signal'
    | 'core-dump'
    | 'oom-kill'
    | 'start-limit-hit'
    | 'resources'
    | 'timeout'
    | 'protocol'
    | 'exec-condition'
    /** Of units that start others. */
    | 'trigger-limit-hit'
    | 'service-start-limit-hit'
    | 'unit-start-limit-hit';
  readonly cgroup: string;
  /** Unix µs of the last change of the active state; 0 never. */
  readonly sinceUnixUs: number;
  /** Unix µs at which it last ceased to be inactive, and at which it was up; 0 never. */
  readonly startingUnixUs: number;
  readonly activeUnixUs: number;
  /** Units after which it starts. */
  readonly after: readonly string[];
  /** How long it was up the last time, µs; undefined where it never was or still is. */
  readonly durationUs?: number;
  /** 32 hexadecimal digits; empty where it never ran. */
  readonly invocation: string;
  readonly restarts: number;
  readonly needsReload: boolean;
  readonly isFrozen: boolean;
  readonly tasks: number;
  /** pids.max; undefined where there is no limit. */
  readonly tasksLimit?: number;
  readonly memoryBytes: number;
  /** memory.max; undefined where there is no limit. */
  readonly memoryLimitBytes?: number;
  readonly memoryPeakBytes: number;
  readonly cpuUs: number;
  readonly processes: readonly { readonly pid: number; readonly command: string }[];
  readonly documentation: readonly string[];
  /** Of a timer: its next elapse and its last, Unix µs; undefined where there is none. */
  readonly timer?: { readonly nextUnixUs?: number; readonly lastUnixUs?: number };
  readonly socket?: {
    readonly listens: readonly { readonly kind: 'Stream' | 'Datagram'; readonly address: string }[];
    readonly accepts: boolean;
    readonly accepted: number;
    readonly connected: number;
    readonly refused: number;
  };
  /** Of a mount. */
  readonly mount?: { readonly what: string; readonly where: string };
  /** Of a path: what it waits for. */
  readonly watches?: readonly { readonly condition: string; readonly path: string }[];
  /** Of a timer, socket or path: what it starts. */
  readonly triggers: readonly string[];
  /** Timers, sockets and paths that start it. */
  readonly triggeredBy: readonly string[];
}

export interface JournalRecord {
  readonly cursor: number;
  readonly unixUs: number;
  readonly monotonicUs: number;
  readonly unit?: string;
  /** The unit of a user's manager that it is about. */
  readonly userUnit?: string;
  /** Whose process it came from; root's where absent. */
  readonly uid?: number;
  /** SYSLOG_IDENTIFIER. */
  readonly identifier: string;
  readonly pid?: number;
  /** 0 emerg … 6 info, 7 debug. */
  readonly priority: number;
  /** SYSLOG_FACILITY, where the sender says it. */
  readonly facility?: number;
  readonly transport: 'journal' | 'stdout' | 'syslog' | 'kernel';
  readonly message: string;
}

export type InstallAction =
  | 'enable'
  | 'disable'
  | 'reenable'
  | 'preset'
  | 'preset-all'
  | 'mask'
  | 'unmask'
  | 'link'
  | 'revert'
  | 'add-wants'
  | 'add-requires';

export interface JobView {
  readonly id: number;
  readonly unit: string;
  readonly type: 'start' | 'stop' | 'restart';
  readonly state: 'waiting' | 'running';
}

/** Which records of the journal are wanted; a member that is absent asks for nothing. */
export interface JournalQuery {
  readonly units?: readonly string[];
  /** Units of users' managers. */
  readonly userUnits?: readonly string[];
  /** Of processes of this user alone. */
  readonly ofUser?: number;
  readonly last?: number;
  readonly afterCursor?: number;
  readonly sinceUnixUs?: number;
  readonly untilUnixUs?: number;
  readonly priority?: number;
  readonly kernel?: boolean;
  /** 0: the running boot, -1: the one before, 1: the oldest. */
  readonly boot?: number;
}

/** One call over the socket; each is answered by one `message` of type SystemdReply (or, `follow`, by many). */
export type SystemdCall =
  | {
      readonly method: 'start' | 'stop' | 'restart' | 'reload' | 'try-restart' | 'reload-or-restart';
      readonly units: readonly string[];
      readonly noBlock?: boolean;
    }
  | {
      readonly method: 'install';
      readonly action: InstallAction;
      readonly units: readonly string[];
      readonly runtime?: boolean;
      readonly force?: boolean;
      readonly target?: string;
    }
  /** Starts one unit with what it needs and stops all else. */
  | { readonly method: 'isolate'; readonly unit: string }
  | { readonly method: 'list-jobs' }
  | { readonly method: 'reset-failed'; readonly units: readonly string[] }
  | { readonly method: 'daemon-reload' }
  | { readonly method: 'show'; readonly units: readonly string[] }
  | { readonly method: 'list'; readonly all: boolean }
  | { readonly method: 'list-unit-files' }
  | { readonly method: 'list-boots' }
  | { readonly method: 'login'; readonly login: Login }
  | { readonly method: 'list-sessions' }
  | { readonly method: 'set-linger'; readonly user: string; readonly enable: boolean }
  /** Writes resource settings as drop-ins that last (or, `runtime`, until the boot ends). */
  | {
      readonly method: 'set-property';
      readonly unit: string;
      readonly settings: readonly (readonly [name: string, value: string])[];
      readonly runtime: boolean;
    }
  /**
   * Unit files that are written for the caller; the first is started. `stdioOf`: the process whose standard input and output the
   * service gets; `scopeOf`: the one that the scope is for.
   */
  | {
      readonly method: 'start-transient';
      readonly files: readonly { readonly name: string; readonly text: string }[];
      readonly stdioOf?: Pid;
      readonly scopeOf?: Pid;
      readonly noBlock?: boolean;
    }
  /** Answered with the unit when it has ended. */
  | { readonly method: 'wait-end'; readonly unit: string }
  | { readonly method: 'show-environment' }
  /** `NAME=VALUE`; of those to unset, also names alone. */
  | {
      readonly method: 'change-environment';
      readonly set?: readonly string[];
      readonly unset?: readonly string[];
    }
  | { readonly method: 'get-default' }
  | { readonly method: 'set-default'; readonly unit: string }
  | {
      readonly method: 'kill';
      readonly unit: string;
      readonly signal: string;
      readonly whom: 'main' | 'control' | 'all';
    }
  | { readonly method: 'freeze' | 'thaw'; readonly unit: string }
  /** `what`: kinds of directories (`cache`, `runtime`, …) or `all`. */
  | { readonly method: 'clean'; readonly unit: string; readonly what: readonly string[] }
  | (JournalQuery & { readonly method: 'journal'; readonly units: readonly string[]; readonly follow?: boolean })
  | { readonly method: 'power'; readonly action: 'reboot' | 'poweroff' }
  /** A line for the journal, as syslog(3) sends it. */
  | {
      readonly method: 'log';
      readonly identifier: string;
      readonly pid?: number;
      readonly facility?: number;
      readonly priority: number;
      readonly message: string;
    };

export type SystemdReply =
  | {
      readonly type: 'done';
      /** Files linked or removed, as enable and disable print; targets of links that no unit file is there for. */
      readonly changes?: readonly {
        readonly kind: 'symlink' | 'unlink' | 'missing-target';
        readonly path: string;
        readonly target?: string;
      }[];
      /** None of the units says how it would be enabled. */
      readonly lacksInstallInfo?: boolean;
    }
  | { readonly type: 'jobs'; readonly jobs: readonly JobView[] }
  | { readonly type: 'units'; readonly units: readonly UnitView[] }
  /** Of a login: what pam_systemd adds to its environment. */
  | { readonly type: 'login'; readonly environment: Readonly<Record<string, string>> }
  | { readonly type: 'default-target'; readonly name: string }
  | { readonly type: 'environment'; readonly variables: readonly (readonly [name: string, value: string])[] }
  | {
      readonly type: 'sessions';
      readonly sessions: readonly (LoginSession & { readonly closing: boolean })[];
      readonly lingering: readonly { readonly user: string; readonly uid: number; readonly sinceUnixUs: number }[];
    }
  | {
      readonly type: 'records';
      readonly records: readonly JournalRecord[];
      /** Boots that the records may belong to, oldest first: 32 hexadecimal digits and the cursor of the first record. */
      readonly boots: readonly { readonly id: string; readonly from: number }[];
    }
  | {
      readonly type: 'boots';
      readonly boots: readonly { readonly id: string; readonly firstUnixUs: number; readonly lastUnixUs: number }[];
    }
  | {
      readonly type: 'error';
      readonly code:
        'not-found' | 'failed' | 'access-denied' | 'masked' | 'invalid' | 'not-applicable' | 'not-simulated';
      readonly unit?: string;
      readonly message: string;
    };

export interface Systemd {
  readonly target: string;
  /** Reads unit files and starts the default target's units; called once by the sandbox after files are in place. */
  boot(): void;
  /**
   * Says that a unit's main process is a component of the engine: ExecStart's program becomes a component process. The
   * component gets `service.start {unit, pid, argv, env}` when the unit starts and `process.exited` at its end.
   */
  provide(
    unit: string,
    component: string,
    options?: { readonly memoryBytes?: number; readonly handledSignals?: readonly string[] },
  ): void;
  /** The component says that it is up (Type=notify); until then the unit is activating. */
  ready(unit: string, status?: string): void;
  start(unit: string, done?: Notify): void;
  stop(unit: string, done?: Notify): void;
  restart(unit: string, done?: Notify): void;
  enable(unit: string): void;
  unit(name: string): UnitView;
  units(): readonly UnitView[];
  daemonReload(): void;
  /** Adds a journal line of a unit. */
  log(
    unit: string,
    message: string,
    options?: { readonly identifier?: string; readonly pid?: number; readonly priority?: number },
  ): void;
  journal(query?: { readonly unit?: string; readonly afterCursor?: number }): readonly JournalRecord[];
  /** What pam_systemd adds to the environment of the login that comes next. */
  loginEnvironment(login: Pick<Login, 'uid' | 'tty'>): Readonly<Record<string, string>>;
  /** Somebody has logged in: the leader moves into a session of its own. */
  login(login: Login): void;
  /** What stands at the machine itself. */
  console(): Console;
  call(request: SystemdCall, uid: number): SystemdReply | Plain;
}
