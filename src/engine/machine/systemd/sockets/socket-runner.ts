/**
 * Sockets: process 1 listens, and the first to come starts the service, which finds the sockets among its descriptors.
 * Models: ListenStream= and ListenDatagram= for IPv4 and ListenStream= for paths, Accept=, Service=, SocketUser=, SocketGroup=,
 * SocketMode=, DirectoryMode=, FileDescriptorName=, MaxConnections=, RemoveOnStop=, the limits of triggers and starts.
 * Leaves out: commands of the unit, FIFOs and other kinds of sockets (refused by name), options of the sockets themselves.
 * Source: systemd.socket(5), systemd src/core/socket.c.
 */
import { failed, strerror } from '../../../../protocol/errno.ts';
import type { HostSystemd } from '../host-systemd.ts';
import type { UnitView } from '../interface.ts';
import { serveConnection } from './socket-connections.ts';
import { closeSockets, giveAway, openSockets } from './socket-listeners.ts';
import { socketSettings, type SocketSettings } from './socket-settings.ts';
import { triggerLimitHit } from '../triggers/trigger-limit.ts';
import { cgroupPath, prepareCgroup } from '../units/unit-cgroup.ts';
import type { TriggerRunner } from '../jobs/unit-runner.ts';
import type { UnitState } from '../units/unit-state.ts';
import { tellResult } from '../units/unit-result.ts';

export class SocketRunner implements TriggerRunner {
  constructor(private readonly systemd: HostSystemd) {}

  settings(name: string): SocketSettings {
    return socketSettings(name, this.systemd.loaded(name).file, this.systemd.specifiers(name));
  }

  triggered(name: string): string | undefined {
    const { accepts, service } = this.settings(name);
    return accepts ? undefined : service;
  }

  start(unit: UnitState): void {
    const { systemd } = this;
    const { load, text } = systemd.loaded(unit.name);
    if (unit.active === 'active') return;
    if (load !== 'loaded') {
      systemd.setState(unit, 'inactive', 'dead');
      return;
    }
    unit.text ??= text;
    const settings = this.settings(unit.name);
    const refusal = this.#refusal(settings);
    if (refusal !== undefined) {
      systemd.say(unit.name, `${unit.name}: ${refusal}`, 3);
      this.#failJob(unit);
      systemd.setState(unit, unit.active, unit.sub);
      return;
    }
    Object.assign(unit, { result: 'success', job: 'start', jobFailure: undefined });
    prepareCgroup(systemd, unit.name);
    const opened = openSockets(systemd, settings);
    if ('failure' in opened) {
      const why = strerror(opened.failure);
      systemd.say(unit.name, `${unit.name}: Failed to create listening socket (${opened.address.text}): ${why}`, 3);
      systemd.say(unit.name, `${unit.name}: Failed to listen on sockets: ${why}`, 4);
      this.#end(unit, 'resources');
      return;
    }
    unit.sockets = opened;
    if (!this.#changeOwner(unit, settings)) return;
    systemd.say(unit.name, `Listening on ${systemd.title(unit.name)}.`);
    unit.job = undefined;
    this.#listen(unit);
  }

  stop(unit: UnitState): void {
    if (unit.active === 'active') {
      unit.job = 'stop';
      this.#end(unit, 'success');
    } else this.systemd.setState(unit, unit.active, unit.sub);
  }

  restart(unit: UnitState): void {
    if (unit.active === 'active') this.stop(unit);
    this.start(unit);
  }

  /** Somebody has come, unless another has taken care of it meanwhile. */
  incoming(unit: UnitState, socket: number): void {
    const { systemd } = this;
    if (unit.sub !== 'listening' || !unit.sockets.some((each) => each.socket === socket)) return;
    const settings = this.settings(unit.name);
    if (triggerLimitHit(unit, settings.triggerLimit, systemd.simulation.clock.nowUs)) {
      systemd.say(unit.name, `${unit.name}: Trigger limit hit, refusing further activation.`, 4);
      this.#end(unit, 'trigger-limit-hit');
      return;
    }
    if (settings.accepts) {
      serveConnection(systemd, unit, settings, socket);
      this.#watch(unit, socket);
      return;
    }
    this.#unwatch(unit);
    systemd.setState(unit, 'active', 'running');
    systemd.start(settings.service);
  }

  triggeredChanged(unit: UnitState, changed: UnitState): void {
    if (changed.connection !== undefined) {
      // Nothing is kept of a connection's service that ended well.
      if (changed.active === 'inactive') this.systemd.drop(changed.name);
      return;
    }
    if (unit.active !== 'active') return;
    const isOver = changed.active === 'inactive' || changed.active === 'failed' || changed.sub === 'auto-restart';
    if (changed.active === 'failed' && changed.result === 'start-limit-hit') this.#end(unit, 'service-start-limit-hit');
    else if (isOver && unit.sub === 'running') this.#listen(unit);
    else if (changed.sub === 'running' && unit.sub === 'listening') {
      this.#unwatch(unit);
      this.systemd.setState(unit, 'active', 'running');
    }
  }

  #listen(unit: UnitState): void {
    this.systemd.setState(unit, 'active', 'listening');
    for (const { socket } of unit.sockets) {
      this.systemd.options.sockets?.delegate(socket, undefined);
      this.#watch(unit, socket);
    }
  }

  #watch(unit: UnitState, socket: number): void {
    const { target, options } = this.systemd;
    options.sockets?.whenReadable(socket, { target, type: 'socket.incoming', payload: { unit: unit.name } });
  }

  #unwatch(unit: UnitState): void {
    const { target, options } = this.systemd;
    for (const { socket } of unit.sockets) options.sockets?.cancelWait(socket, { target, type: 'socket.incoming' });
  }

  #refusal({ absent, accepts, service }: SocketSettings): string | undefined {
    const [kind] = absent;
    if (kind !== undefined) return `drydock: '${kind}=' is not simulated`;
    if (accepts) return undefined;
    const { systemd } = this;
    if (systemd.loaded(service).load !== 'loaded') return `Socket service ${service} not loaded, refusing.`;
    const { active, sub } = systemd.state(service);
    return active === 'inactive' || active === 'failed' || sub === 'auto-restart'
      ? undefined
      : `Socket service ${service} already active, refusing.`;
  }

  /** A process of its own changes the owner: the unit is announced before. */
  #changeOwner(unit: UnitState, settings: SocketSettings): boolean {
    const { systemd } = this;
    if (settings.user === undefined && settings.group === undefined) return true;
    systemd.setState(unit, 'activating', 'start-chown');
    systemd.say(unit.name, `Starting ${systemd.title(unit.name)}...`);
    const wrong = giveAway(systemd, settings);
    if (wrong === undefined) return true;
    const { kernel, target } = systemd;
    const cgroup = cgroupPath(systemd, unit.name);
    const pid = kernel.spawnComponent({ component: target, argv: ['(sd-chown)'], env: {}, cgroup });
    const message = `${unit.name}: ${wrong.what}`;
    systemd.record({
      unit: unit.name,
      identifier: '(sd-chown)',
      ...(failed(pid) ? {} : { pid }),
      priority: 3,
      transport: 'journal',
      message,
    });
    if (!failed(pid)) kernel.exitComponent(pid, wrong.status);
    const name = wrong.status === 216 ? 'GROUP' : 'USER';
    systemd.say(
      unit.name,
      `${unit.name}: Control process exited, code=exited, status=${String(wrong.status)}/${name}`,
      5,
    );
    this.#end(unit, 'exit-code');
    return false;
  }

  #end(unit: UnitState, result: UnitView['result']): void {
    const { systemd } = this;
    const { job } = unit;
    closeSockets(systemd, unit.sockets);
    if (this.settings(unit.name).removesOnStop)
      for (const { at } of this.settings(unit.name).addresses)
        if (at.family === 'unix') systemd.files.root.remove(at.path);
    unit.sockets = [];
    unit.result = result;
    const isFine = result === 'success';
    tellResult(systemd, unit.name, result);
    if (job === 'start') this.#failJob(unit);
    if (job === 'stop') systemd.say(unit.name, `Closed ${systemd.title(unit.name)}.`);
    Object.assign(unit, { job: undefined, lastJob: job });
    systemd.kernel.cgroups.remove(cgroupPath(systemd, unit.name));
    systemd.setState(unit, isFine ? 'inactive' : 'failed', isFine ? 'dead' : 'failed');
  }

  #failJob(unit: UnitState): void {
    unit.jobFailure = 'refused';
    this.systemd.say(unit.name, `Failed to listen on ${this.systemd.title(unit.name)}.`, 3);
  }
}
