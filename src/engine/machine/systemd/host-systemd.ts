/**
 * systemd of one host.
 * Models: services of type simple, exec, notify, forking and oneshot, targets, wants, requires and ordering, conditions about
 * files, drop-ins, restart policy with its rate limit, ExecReload and ExecStop, stop with SIGTERM and SIGKILL, enable and
 * disable, the journal, cgroups per unit, timers, sockets, paths, mounts and their devices, login sessions, rescue and
 * emergency mode; slices, scopes and swaps are seen. Leaves out: sandboxing settings.
 * Source: systemd.service(5), systemd.unit(5).
 */
import type { Plain } from '../../../protocol/plain.ts';
import type { Pid } from '../../../protocol/program.ts';
import type { Component } from '../../sim/component.ts';
import type { Simulation } from '../../sim/simulation.ts';
import { tell, type Notify } from '../../sim/notify.ts';
import type { Files } from '../files/interface.ts';
import type { Kernel } from '../kernel/interface.ts';
import type { JournalRecord, Systemd, SystemdCall, SystemdReply, UnitView } from './interface.ts';
import { systemScope, type HostSystemdOptions, type ManagerScope } from './manager-scope.ts';
import { SystemJournal } from './journal/journal.ts';
import { JOURNALD, sendRecord, writeJournal } from './journal/journald.ts';
import { changeLinks } from './units/install.ts';
import { answerCall } from './calls/systemd-calls.ts';
import { SystemdSocket } from './calls/systemd-socket.ts';
import { handleEvent } from './calls/systemd-events.ts';
import { ServiceOutput } from './services/service-output.ts';
import { ServiceRunner } from './services/service-runner.ts';
import { LoginSessions, stopScope, type Login } from './sessions/sessions.ts';
import { collectTransient } from './units/transient-units.ts';
import { userRecord } from './users/user-journal.ts';
import { UserManagers } from './users/user-managers.ts';
import { Triggers } from './triggers/triggers.ts';
import type { UnitRunner } from './jobs/unit-runner.ts';
import { letWaitingStart, startWithDependencies } from './jobs/dependencies.ts';
import { dependentsOf } from './jobs/requirements.ts';
import { haveServicesEnded, stopServices } from './jobs/shutdown.ts';
import { consoleOf, MAINTENANCE_UNITS, type Console } from './boot/console.ts';
import { thawForJob } from './calls/freezer.ts';
import { generateFstabUnits } from './mounts/fstab-generator.ts';
import { startOnFailure } from './jobs/on-failure.ts';
import { UnitRunners } from './jobs/unit-runners.ts';
import { LoadedUnits } from './units/loaded-units.ts';
import { realName, type LoadedUnit } from './units/unit-loader.ts';
import { lastValue } from './units/unit-file.ts';
import type { UnitFiles } from './units/unit-paths.ts';
import { freshUnit, loadUnits, saveUnits, type Provided, type UnitState } from './units/unit-state.ts';
import { describedByPath, expandSpecifiers, full, specifiersOf, type Specifiers } from './units/unit-name.ts';
import { noteChange } from './units/unit-times.ts';
import { viewUnit } from './units/unit-view.ts';
import { bootHost } from './boot/boot.ts';
import { defaultTarget } from './boot/default-target.ts';

export class HostSystemd implements Systemd, Component {
  readonly target: string;
  readonly kernel: Kernel;
  readonly files: Files;
  readonly unitFiles: UnitFiles;
  readonly scope: ManagerScope;
  readonly simulation: Simulation;
  readonly journalRecords: SystemJournal;
  readonly provided = new Map<string, Provided>();
  readonly runner: ServiceRunner;
  readonly triggers: Triggers;
  readonly runners: UnitRunners;
  readonly sessions: LoginSessions;
  readonly users: UserManagers;
  readonly output: ServiceOutput;
  environment: Map<string, string>;
  readonly #socket: SystemdSocket;
  #units = new Map<string, UnitState>();
  readonly #loaded = new LoadedUnits(this);
  pid = 0;

  constructor(readonly options: HostSystemdOptions) {
    this.scope = options.scope ?? systemScope(options.host);
    this.target = this.scope.target;
    this.kernel = options.kernel;
    this.files = options.files;
    this.unitFiles = { root: options.files.root, paths: this.scope.paths };
    this.journalRecords = options.system?.journalRecords ?? new SystemJournal();
    this.environment = new Map(Object.entries(this.scope.environment));
    this.simulation = options.simulation;
    this.runner = new ServiceRunner(this);
    this.triggers = new Triggers(this);
    this.runners = new UnitRunners(this);
    this.sessions = new LoginSessions(this);
    this.users = new UserManagers(this, (user) => new HostSystemd(user));
    this.output = new ServiceOutput(this);
    this.#socket = new SystemdSocket(this);
    this.#socket.attach();
    if (options.system !== undefined) return;
    options.simulation.loop.register(this.target, this);
    for (const unit of MAINTENANCE_UNITS) this.provide(unit, this.target, { handledSignals: [] });
    options.kernel.onMessage((message) => {
      if (this.pid !== 0) this.#recordKernel(message);
    });
  }

  boot(): void {
    this.journalRecords.beginBoot(this.kernel.sysctl('kernel.random.boot_id') ?? '');
    for (const message of this.kernel.messages()) this.#recordKernel(message);
    bootHost(this);
    this.#socket.listen();
    this.start(defaultTarget(this.unitFiles) ?? 'multi-user.target');
    this.sessions.startLingering();
  }

  /** A user's manager begins: it has a process already. */
  bootAs(pid: Pid): void {
    this.pid = pid;
    this.#socket.listen();
    this.say('init.scope', 'Queued start job for default target default.target.');
    this.start(defaultTarget(this.unitFiles) ?? 'default.target');
  }

  /** A shutdown: every running unit is asked to stop. */
  stopAll(): void {
    stopServices(this);
  }

  /** Whether no service runs or is about to. */
  get isIdle(): boolean {
    return haveServicesEnded(this);
  }

  /** The power is gone: only the journal on the disk is left. */
  forgetAll(): void {
    for (const unit of this.#units.values()) {
      if (unit.timer !== undefined) this.simulation.loop.cancel(unit.timer);
      this.triggers.paths.forgetWatches(unit);
    }
    this.#units.clear();
    this.#loaded.clear();
    this.output.forgetAll();
    this.#socket.forgetAll();
    this.sessions.forgetAll();
    this.users.forgetAll();
    this.environment = new Map(Object.entries(this.scope.environment));
    this.pid = 0;
  }

  // ---- Component

  handle(type: string, payload: Plain): void {
    handleEvent(this, type, payload);
  }

  snapshot(): Plain {
    return {
      units: saveUnits(this.#units),
      loaded: this.#loaded.snapshot(),
      journal: this.options.system === undefined ? this.journalRecords.snapshot() : null,
      pid: this.pid,
      streams: this.output.snapshot(),
      socket: this.#socket.snapshot(),
      sessions: this.sessions.snapshot(),
      users: this.users.snapshot(),
      environment: [...this.environment],
    };
  }

  restore(state: Plain): void {
    const saved = state as Record<'units' | 'journal' | 'streams' | 'socket' | 'sessions' | 'users', Plain> & {
      pid: number;
      environment: [string, string][];
      /** Absent in older snapshots: units are read anew. */
      loaded?: Plain;
    };
    this.#units = loadUnits(saved.units);
    this.#loaded.restore(saved.loaded ?? []);
    if (this.options.system === undefined) this.journalRecords.restore(saved.journal);
    this.pid = saved.pid;
    this.output.restore(saved.streams);
    this.#socket.restore(saved.socket);
    this.sessions.restore(saved.sessions);
    this.users.restore(saved.users ?? []);
    this.environment = new Map(saved.environment);
  }

  // ---- Systemd

  provide(
    unit: string,
    component: string,
    options: { readonly memoryBytes?: number; readonly handledSignals?: readonly string[] } = {},
  ): void {
    this.provided.set(unit, {
      component,
      memoryBytes: options.memoryBytes,
      handledSignals: options.handledSignals ?? ['SIGHUP'],
    });
  }

  ready(unit: string): void {
    this.runner.becameReady(this.state(this.nameOf(unit)));
  }

  start(name: string, done?: Notify): void {
    const unit = this.state(this.nameOf(name));
    if (done !== undefined) unit.waiting.push(done);
    startWithDependencies(this, this.nameOf(name));
  }

  stop(name: string, done?: Notify): void {
    const unit = this.state(this.nameOf(name));
    if (done !== undefined) unit.waiting.push(done);
    if (unit.name.endsWith('.scope')) {
      stopScope(this, unit.name);
      return;
    }
    thawForJob(this, unit);
    // A start that has not begun is given up.
    unit.awaiting = [];
    for (const dependent of dependentsOf(this, unit.name)) this.stop(dependent.name);
    this.#runnerOf(unit).stop(unit);
  }

  restart(name: string, done?: Notify): void {
    const unit = this.state(this.nameOf(name));
    if (done !== undefined) unit.waiting.push(done);
    const dependents = dependentsOf(this, unit.name);
    thawForJob(this, unit);
    this.#runnerOf(unit).restart(unit);
    for (const dependent of dependents) this.restart(dependent.name);
  }

  enable(name: string): void {
    changeLinks(this, { action: 'enable', units: [this.nameOf(name)] });
    // No unit file has changed, only who pulls in whom.
    this.#loaded.clear();
  }

  unit(name: string): UnitView {
    return viewUnit(this, this.state(this.nameOf(name)));
  }

  units(): readonly UnitView[] {
    return [...this.#units.values()].map((unit) => viewUnit(this, unit));
  }

  daemonReload(): void {
    if (this.options.system === undefined) generateFstabUnits(this.files.root);
    this.#loaded.clear();
    for (const unit of this.#units.values()) unit.text = this.loaded(unit.name).text;
  }

  log(
    unit: string,
    message: string,
    options: { readonly identifier?: string; readonly pid?: number; readonly priority?: number } = {},
  ): void {
    const { mainPid } = this.state(this.nameOf(unit));
    const pid = options.pid ?? (mainPid === 0 ? undefined : mainPid);
    this.record({
      unit: this.nameOf(unit),
      identifier: options.identifier ?? unit.replace(/\.service$/, ''),
      ...(pid === undefined ? {} : { pid }),
      priority: options.priority ?? 6,
      transport: 'stdout',
      message,
    });
  }

  journal(query: { readonly unit?: string; readonly afterCursor?: number } = {}): readonly JournalRecord[] {
    return this.journalRecords.query({
      ...(query.unit === undefined ? {} : { units: [query.unit] }),
      ...(query.afterCursor === undefined ? {} : { afterCursor: query.afterCursor }),
    });
  }

  login(login: Login): void {
    this.sessions.open(login);
  }

  loginEnvironment(login: Pick<Login, 'uid' | 'tty'>): Readonly<Record<string, string>> {
    return this.sessions.environment(login);
  }

  console(): Console {
    return consoleOf(this);
  }

  call(request: SystemdCall, uid: number): SystemdReply {
    return answerCall(this, request, uid);
  }

  // ---- for its parts

  /** The unit that a word names: `docker` is docker.service, an alias what it stands for. */
  nameOf(word: string): string {
    return realName(this.unitFiles, full(word));
  }

  state(name: string): UnitState {
    const known = this.#units.get(name);
    if (known !== undefined) return known;
    const made = freshUnit(name);
    this.#units.set(name, made);
    return made;
  }

  states(): readonly UnitState[] {
    return [...this.#units.values()];
  }

  /** Whether anybody has asked for the unit yet. */
  has(name: string): boolean {
    return this.#units.has(name);
  }

  /** A unit without a file of its own is over. */
  forget(name: string): void {
    this.setState(this.state(name), 'inactive', 'dead');
    this.drop(name);
  }

  /** Nothing is kept of a unit. */
  drop(name: string): void {
    this.#units.delete(name);
    this.#loaded.forget(name);
  }

  /** `docker.service - Docker Application Container Engine`. */
  title(name: string): string {
    const description = this.description(name);
    return description === undefined ? name : `${name} - ${description}`;
  }

  /** What its file calls it. */
  description(name: string): string | undefined {
    const text = lastValue(this.loaded(name).file, 'Unit', 'Description');
    if (text === undefined) return describedByPath(name);
    const peer = this.#units.get(name)?.connection?.peer;
    return `${expandSpecifiers(text, this.specifiers(name))}${peer === undefined ? '' : ` (${peer.ip}:${String(peer.port)})`}`;
  }

  /** What `%` and a letter mean in its settings. */
  specifiers(name: string): Specifiers {
    return specifiersOf(name, this.kernel.namespaces.hostname(), this.scope);
  }

  /** The unit's own start, its dependencies being up. */
  startAlone(unit: UnitState): void {
    unit.jobFailure = undefined;
    this.#runnerOf(unit).start(unit);
  }

  loaded(name: string): LoadedUnit {
    return this.#loaded.get(name);
  }

  record(record: Omit<JournalRecord, 'cursor' | 'unixUs' | 'monotonicUs'>): void {
    sendRecord(
      this.options.system ?? this,
      this.options.system === undefined ? record : userRecord(this.scope, record),
    );
  }

  /** A record is in the journal. */
  written(record: JournalRecord): void {
    this.#socket.follow(record);
  }

  #recordKernel({ level, text }: { readonly level: number; readonly text: string }): void {
    this.record({ identifier: 'kernel', priority: level, transport: 'kernel', message: text });
  }

  /** systemd's own words about a unit. */
  say(unit: string, message: string, priority = 6): void {
    this.record({ unit, identifier: 'systemd', pid: Math.max(1, this.pid), priority, transport: 'journal', message });
  }

  setState(unit: UnitState, active: UnitState['active'], sub: string): void {
    noteChange(unit, active, this.simulation.clock.unixUs);
    if (active === 'failed' && unit.active !== 'failed') startOnFailure(this, unit.name);
    unit.active = active;
    unit.sub = sub;
    if (unit.name === JOURNALD && active === 'active') writeJournal(this);
    this.simulation.trace.record(this.target, `unit.${active}`, `unit/${this.options.host}/${unit.name}`);
    this.triggers.unitChanged(unit);
    if (active === 'activating' || active === 'deactivating' || active === 'reloading') return;
    const { waiting } = unit;
    unit.waiting = [];
    for (const notify of waiting) tell(this.simulation.loop, notify, { unit: unit.name, active, result: unit.result });
    this.#socket.jobDone(unit);
    letWaitingStart(this, unit);
    this.#socket.unitEnded(unit);
    collectTransient(this, unit);
    this.options.system?.users.serviceEnded(this);
  }

  #runnerOf({ name }: UnitState): UnitRunner {
    return this.triggers.of(name) ?? this.runners.of(name) ?? this.runner;
  }

  /** Those who asked for the start hear of its failure now, though systemd tries again by itself. */
  startFailed(unit: UnitState): void {
    this.#socket.jobDone(unit);
    letWaitingStart(this, unit);
  }
}
