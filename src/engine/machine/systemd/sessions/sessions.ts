/**
 * Login sessions: each lives in a scope of its own below the slice of its user.
 * Models: logins at terminals and over ssh, session scopes, user slices with their limit of tasks, the managers of users and
 * their runtime directories, which stay for 10 s after the last session, lingering; a masked systemd-logind opens none.
 * Leaves out: seats, inhibitors; what logind does is done by process 1 here. Source: systemd-logind.service(8), systemd src/login/logind-session.c.
 */
import type { Plain } from '../../../../protocol/plain.ts';
import type { Pid } from '../../../../protocol/program.ts';
import type { HostSystemd } from '../host-systemd.ts';
import { runtimeDirectoryOf } from '../users/runtime-directory.ts';
import { lingeringAccounts, lingers, setLinger } from './lingering.ts';
import { observedUnit } from '../units/observed-units.ts';
import { prepareCgroup, removeGroups } from '../units/unit-cgroup.ts';
import { isYes, lastValue } from '../units/unit-file.ts';
import { tellResult } from '../units/unit-result.ts';

export interface Login {
  readonly user: string;
  readonly uid: number;
  /** The PAM service that lets in: `login`, `sshd`. */
  readonly service: string;
  /** The process that the session is for; it and its children to come are in the scope. */
  readonly leader: Pid;
  /** `pts/0`; absent without a terminal. */
  readonly tty?: string;
  /** Address that the user comes from; absent at the machine itself. */
  readonly from?: string;
}

export interface LoginSession extends Login {
  readonly id: string;
  readonly scope: string;
  readonly slice: string;
  readonly sinceUnixUs: number;
}

/** UserStopDelaySec= */
const USER_STAYS_US = 10_000_000;
const LOGIND = 'systemd-logind.service';
const TRANSIENT = '/run/systemd/transient';
const sliceOf = (uid: number): string => `user-${String(uid)}.slice`;
const managerOf = (uid: number): string => `user@${String(uid)}.service`;
const directoryOf = (uid: number): string => `user-runtime-dir@${String(uid)}.service`;

export class LoginSessions {
  #sessions = new Map<string, LoginSession>();
  #next = 1;

  constructor(private readonly systemd: HostSystemd) {}

  /** Without logind there is none: the process stays where it is. */
  open(login: Login): LoginSession | undefined {
    const { systemd } = this;
    if (!this.#hasLogind()) return undefined;
    // Whoever logs in asks for it over the message bus, which starts it.
    if (systemd.has(LOGIND) && systemd.state(LOGIND).active === 'inactive') systemd.start(LOGIND);
    const id = String(this.#next);
    this.#next += 1;
    const slice = sliceOf(login.uid);
    const scope = `session-${id}.scope`;
    this.#openUser(login.uid);
    systemd.files.root.mkdirp(TRANSIENT);
    systemd.files.root.write(`${TRANSIENT}/${scope}`, scopeText(id, slice, login.user));
    const cgroup = prepareCgroup(systemd, scope);
    systemd.kernel.cgroups.watchEmpty(cgroup, { target: systemd.target, type: 'session.empty', payload: { id } });
    systemd.kernel.cgroups.attach(cgroup, login.leader);
    const session = { ...login, id, scope, slice, sinceUnixUs: systemd.simulation.clock.unixUs };
    this.#sessions.set(id, session);
    systemd.setState(systemd.state(scope), 'active', 'running');
    systemd.say(scope, `Started ${systemd.title(scope)}.`);
    return session;
  }

  /** In the order in which they were opened. */
  all(): readonly LoginSession[] {
    return [...this.#sessions.values()];
  }

  /** The last process of a session has gone. */
  empty(id: string): void {
    const { systemd } = this;
    const session = this.#sessions.get(id);
    if (session === undefined) return;
    this.#sessions.delete(id);
    tellResult(systemd, session.scope, 'success');
    systemd.kernel.cgroups.remove(`/user.slice/${session.slice}/${session.scope}`);
    systemd.files.root.remove(`${TRANSIENT}/${session.scope}`);
    systemd.forget(session.scope);
    if (!this.isNeeded(session)) this.#leaveSoon(session.uid);
  }

  /** Whether the user is logged in or lingers. */
  isNeeded({ uid, user }: { readonly uid: number; readonly user: string }): boolean {
    return this.#isLoggedIn(uid) || lingers(this.systemd.files.root, user);
  }

  #isLoggedIn(uid: number): boolean {
    return this.all().some((session) => session.uid === uid);
  }

  #leaveSoon(uid: number): void {
    const { systemd } = this;
    systemd.state(sliceOf(uid)).timer = systemd.simulation.loop.schedule(USER_STAYS_US, systemd.target, 'user.idle', {
      uid,
    });
  }

  /** A user has had no session for a while: the manager goes, then its directory, then the slice. */
  userIdle(uid: number): void {
    const { systemd } = this;
    systemd.state(sliceOf(uid)).timer = undefined;
    systemd.stop(managerOf(uid), { target: systemd.target, type: 'user.stopped', payload: { uid } });
  }

  managerStopped(uid: number): void {
    const { systemd } = this;
    if (this.#isLoggedIn(uid)) return;
    systemd.stop(directoryOf(uid), { target: systemd.target, type: 'user.gone', payload: { uid } });
  }

  userGone(uid: number): void {
    const { systemd } = this;
    const slice = sliceOf(uid);
    if (this.#isLoggedIn(uid)) return;
    systemd.say(slice, `Removed slice ${systemd.title(slice)}.`);
    removeGroups(systemd.kernel, `/user.slice/${slice}`);
    systemd.forget(slice);
  }

  /** A boot begins to count anew. */
  forgetAll(): void {
    this.#sessions.clear();
    this.#next = 1;
  }

  snapshot(): Plain {
    return { next: this.#next, sessions: this.all() as unknown as Plain };
  }

  restore(state: Plain): void {
    const saved = state as unknown as { readonly next: number; readonly sessions: readonly LoginSession[] };
    this.#next = saved.next;
    this.#sessions = new Map(saved.sessions.map((session) => [session.id, session]));
  }

  /** `loginctl enable-linger` and its opposite. */
  setLinger(account: { readonly uid: number; readonly user: string }, enable: boolean): void {
    setLinger(this.systemd.files.root, account.user, enable);
    if (enable) this.#openUser(account.uid);
    else if (!this.isNeeded(account) && this.systemd.state(sliceOf(account.uid)).active === 'active')
      this.#leaveSoon(account.uid);
  }

  /** At the boot. */
  startLingering(): void {
    for (const { uid } of lingeringAccounts(this.systemd.files.root)) this.#openUser(uid);
  }

  /** What pam_systemd sets for the login that comes next. */
  environment({ uid, tty }: Pick<Login, 'uid' | 'tty'>): Readonly<Record<string, string>> {
    if (!this.#hasLogind()) return {};
    const hasManager = this.systemd.loaded(managerOf(uid)).load === 'loaded';
    const directory = runtimeDirectoryOf(uid);
    return {
      XDG_SESSION_ID: String(this.#next),
      XDG_SESSION_TYPE: tty === undefined ? 'unspecified' : 'tty',
      XDG_SESSION_CLASS: 'user',
      ...(hasManager ? { XDG_RUNTIME_DIR: directory, DBUS_SESSION_BUS_ADDRESS: `unix:path=${directory}/bus` } : {}),
    };
  }

  #hasLogind(): boolean {
    return this.systemd.loaded(LOGIND).load !== 'masked';
  }

  #openUser(uid: number): void {
    const { systemd } = this;
    const unit = systemd.state(sliceOf(uid));
    if (unit.timer !== undefined) systemd.simulation.loop.cancel(unit.timer);
    unit.timer = undefined;
    if (unit.active !== 'active') {
      prepareCgroup(systemd, unit.name);
      systemd.setState(unit, 'active', 'active');
      systemd.say(unit.name, `Created slice ${systemd.title(unit.name)}.`);
    }
    if (systemd.loaded(managerOf(uid)).load === 'loaded') systemd.start(managerOf(uid));
  }
}

/** Its processes are asked to end; shells, which ignore SIGTERM, hear that their line is gone. */
export function stopScope(systemd: HostSystemd, name: string): void {
  const cgroup = observedUnit(systemd, name)?.cgroup;
  if (cgroup === undefined) return;
  for (const pid of systemd.kernel.cgroups.processes(cgroup)) {
    systemd.kernel.kill(pid, 'SIGTERM');
    if (isYes(lastValue(systemd.loaded(name).file, 'Scope', 'SendSIGHUP'))) systemd.kernel.kill(pid, 'SIGHUP');
  }
}

const scopeText = (id: string, slice: string, user: string): string =>
  `# This is a transient unit file, created programmatically via the systemd API. Do not edit.
[Unit]
Description=Session ${id} of User ${user}

[Scope]
Slice=${slice}
SendSIGHUP=yes
TasksMax=infinity
`;
