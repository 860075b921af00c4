/**
 * The managers of users: user@UID.service runs `systemd --user`, which has units, control groups and a socket of its own.
 * Leaves out: generators, PAM beside the environment, the target exit.target. Source: user@.service(5), systemd(1).
 */
import { failed } from '../../../../protocol/errno.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import type { Credentials, Pid } from '../../../../protocol/program.ts';
import type { HostSystemd } from '../host-systemd.ts';
import type { HostSystemdOptions, ManagerScope } from '../manager-scope.ts';
import { accountOf, type Account } from '../services/service-identity.ts';
import { removeGroups } from '../units/unit-cgroup.ts';
import { userPaths } from '../units/unit-paths.ts';
import { runtimeDirectoryOf } from './runtime-directory.ts';

interface Running {
  readonly account: Account;
  readonly credentials: Credentials;
  readonly pid: Pid;
  /** `(sd-pam)`: holds the PAM session. */
  readonly helper: Pid | undefined;
  readonly manager: HostSystemd;
  /** It goes as soon as none of its services runs. */
  leaves: boolean;
}

type Saved = Omit<Running, 'manager'> & { readonly state: Plain };

export class UserManagers {
  readonly #running = new Map<Pid, Running>();

  constructor(
    private readonly system: HostSystemd,
    private readonly make: (options: HostSystemdOptions) => HostSystemd,
  ) {}

  /** The process of user@UID.service has become `systemd --user`. */
  begin(pid: Pid): void {
    const { kernel, files } = this.system;
    const credentials = kernel.process(pid)?.credentials;
    const account = accountOf(files.root, String(credentials?.uid));
    if (credentials === undefined || account === undefined) return;
    const group = `${groupOf(account)}/init.scope`;
    kernel.cgroups.create(group);
    kernel.cgroups.attach(group, pid);
    const helper = kernel.spawnComponent({
      component: this.system.target,
      argv: ['(sd-pam)'],
      env: {},
      parent: pid,
      credentials,
      cgroup: group,
      memoryBytes: 1_835_008,
    });
    const manager = this.#manager(account, credentials);
    this.#running.set(pid, {
      account,
      credentials,
      pid,
      helper: failed(helper) ? undefined : helper,
      manager,
      leaves: false,
    });
    manager.bootAs(pid);
  }

  /** Whether the process is a user's manager. */
  has(pid: Pid): boolean {
    return this.#running.has(pid);
  }

  /** A user's manager was asked to end: first all of its services do. */
  signalled(pid: Pid): void {
    const running = this.#running.get(pid);
    if (running === undefined) return;
    running.leaves = true;
    running.manager.stopAll();
    this.serviceEnded(running.manager);
  }

  /** A service of a manager has ended: the manager goes where that was what it waited for. */
  serviceEnded(manager: HostSystemd): void {
    const running = [...this.#running.values()].find((each) => each.manager === manager);
    if (running?.leaves !== true || !manager.isIdle) return;
    this.system.simulation.loop.schedule(0, this.system.target, 'user.leaves', { pid: running.pid });
  }

  /** None of its services is left: its processes end. */
  leave(pid: Pid): void {
    const running = this.#running.get(pid);
    if (running === undefined) return;
    if (running.helper !== undefined) this.system.kernel.exitComponent(running.helper, 0);
    this.system.kernel.exitComponent(running.pid, 0);
    // Nobody tells a component of an end that it has brought about itself.
    this.exited(running.pid);
  }

  /** Its process is gone, and with it all that it knew. */
  exited(pid: Pid): void {
    const running = this.#running.get(pid);
    if (running === undefined) return;
    this.#running.delete(pid);
    if (running.helper !== undefined) this.system.kernel.kill(running.helper, 'SIGKILL');
    running.manager.forgetAll();
    this.system.simulation.loop.unregister(running.manager.target);
    removeGroups(this.system.kernel, groupOf(running.account));
  }

  forgetAll(): void {
    for (const { manager } of this.#running.values()) {
      manager.forgetAll();
      this.system.simulation.loop.unregister(manager.target);
    }
    this.#running.clear();
  }

  snapshot(): Plain {
    return [...this.#running.values()].map(({ manager, ...rest }) => ({
      ...rest,
      state: manager.snapshot(),
    })) as unknown as Plain;
  }

  restore(state: Plain): void {
    this.forgetAll();
    for (const { state: own, ...rest } of state as unknown as readonly Saved[]) {
      const manager = this.#manager(rest.account, rest.credentials);
      manager.restore(own);
      this.#running.set(rest.pid, { ...rest, manager });
    }
  }

  /** Events come to it by its name; what it knows is saved with the system's manager, which makes it anew after a restore. */
  #manager(account: Account, credentials: Credentials): HostSystemd {
    const { options, simulation } = this.system;
    const { power: _, ...machine } = options;
    const manager = this.make({ ...machine, system: this.system, scope: scopeOf(options.host, account, credentials) });
    simulation.loop.register(manager.target, {
      handle: (type, payload) => {
        manager.handle(type, payload);
      },
      snapshot: () => null,
      restore: () => undefined,
    });
    return manager;
  }
}

const groupOf = ({ uid }: Account): string => `/user.slice/user-${String(uid)}.slice/user@${String(uid)}.service`;

function scopeOf(host: string, account: Account, credentials: Credentials): ManagerScope {
  const runtimeDirectory = runtimeDirectoryOf(account.uid);
  return {
    target: `systemd/${host}/${String(account.uid)}`,
    paths: userPaths(account.home, runtimeDirectory),
    cgroup: groupOf(account),
    slice: 'app.slice',
    socket: `${runtimeDirectory}/systemd/private`,
    account,
    credentials,
    runtimeDirectory,
    environment: {
      DBUS_SESSION_BUS_ADDRESS: `unix:path=${runtimeDirectory}/bus`,
      HOME: account.home,
      LANG: 'C.UTF-8',
      LOGNAME: account.name,
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/games:/usr/local/games:/snap/bin',
      SHELL: account.shell,
      USER: account.name,
      XDG_RUNTIME_DIR: runtimeDirectory,
    },
  };
}
