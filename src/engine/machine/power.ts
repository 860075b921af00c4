/**
 * The power of one machine: what a cut, a shutdown and a start do to what it holds in memory; its disk stays as it is.
 * Models: stopping services, SIGTERM and SIGKILL to what is left, as systemd-shutdown does, the time that firmware and kernel
 * take. Leaves out: file systems that a cut leaves unclean, wall messages.
 */
import { failed } from '../../protocol/errno.ts';
import type { Plain } from '../../protocol/plain.ts';
import type { Component } from '../sim/component.ts';
import type { Simulation } from '../sim/simulation.ts';
import type { HostFiles } from './files/host-files.ts';
import type { HostKernel } from './kernel/host-kernel.ts';
import type { Network } from './net/interface.ts';
import type { HostSystemd } from './systemd/host-systemd.ts';

export interface PowerOptions {
  readonly simulation: Simulation;
  readonly host: string;
  readonly kernel: HostKernel;
  readonly files: HostFiles;
  readonly network: Network;
  readonly systemd: HostSystemd;
}

type Phase = 'on' | 'stopping services' | 'ending processes' | 'off' | 'starting';

/** How often a shutdown looks whether it may go on. */
const LOOK_US = 100_000;
/** DefaultTimeoutStopSec= of systemd. */
const SERVICES_US = 90_000_000;
/** systemd-shutdown's wait between SIGTERM and SIGKILL. */
const PROCESSES_US = 10_000_000;
/** Firmware, boot loader, kernel and initial RAM disk. */
const START_US = 12_000_000;

export class HostPower implements Component {
  readonly target: string;
  #phase: Phase = 'on';
  #after: 'reboot' | 'poweroff' = 'poweroff';
  /** When the phase ends at the latest, µs. */
  #untilUs = 0;

  constructor(private readonly options: PowerOptions) {
    this.target = `power/${options.host}`;
    options.simulation.loop.register(this.target, this);
  }

  get isOn(): boolean {
    return this.#phase !== 'off' && this.#phase !== 'starting';
  }

  /** As `systemctl reboot` or `poweroff` ask: services first, then everybody else. */
  shutDown(after: 'reboot' | 'poweroff'): void {
    if (this.#phase !== 'on') return;
    this.#after = after;
    this.options.systemd.stopAll();
    this.#enter('stopping services', SERVICES_US);
  }

  /** The plug is pulled. */
  cut(): void {
    if (!this.isOn) return;
    const { simulation, host, kernel, files, network, systemd } = this.options;
    this.#phase = 'off';
    // Nobody outside hears a word: the network goes first.
    network.powerOff(host);
    systemd.forgetAll();
    kernel.powerOff();
    files.forgetMounts();
    simulation.trace.record(this.target, 'host.off', `host/${host}`);
  }

  turnOn(): void {
    if (this.#phase !== 'off') return;
    this.#phase = 'starting';
    this.options.simulation.loop.schedule(START_US, this.target, 'power.boot');
  }

  handle(type: string): void {
    if (type === 'power.boot') this.#boot();
    else if (type === 'power.look') this.#look();
    else throw new Error(`the power of a host has no event ${type}`);
  }

  snapshot(): Plain {
    return { phase: this.#phase, after: this.#after, untilUs: this.#untilUs };
  }
  restore(state: Plain): void {
    const saved = state as unknown as { phase: Phase; after: 'reboot' | 'poweroff'; untilUs: number };
    this.#phase = saved.phase;
    this.#after = saved.after;
    this.#untilUs = saved.untilUs;
  }

  #enter(phase: Phase, forUs: number): void {
    const { loop, clock } = this.options.simulation;
    this.#phase = phase;
    this.#untilUs = clock.nowUs + forUs;
    loop.schedule(LOOK_US, this.target, 'power.look');
  }

  #look(): void {
    const { simulation, kernel, systemd } = this.options;
    const isOver = simulation.clock.nowUs >= this.#untilUs;
    if (this.#phase === 'stopping services' && (isOver || systemd.isIdle)) {
      for (const { pid } of this.#others()) kernel.kill(pid, 'SIGTERM');
      this.#enter('ending processes', PROCESSES_US);
    } else if (this.#phase === 'ending processes' && (isOver || this.#others().length === 0)) {
      this.cut();
      if (this.#after === 'reboot') this.turnOn();
    } else if (this.isOn) simulation.loop.schedule(LOOK_US, this.target, 'power.look');
  }

  #others(): readonly { readonly pid: number }[] {
    const { kernel, systemd } = this.options;
    return kernel.processes().filter(({ pid, state }) => pid !== systemd.pid && state !== 'zombie');
  }

  #boot(): void {
    const { simulation, host, kernel, files, network, systemd } = this.options;
    this.#phase = 'on';
    network.powerOn(host);
    files.mountForBoot();
    const hostname = files.root.readText('/etc/hostname');
    kernel.powerOn(failed(hostname) ? host : hostname.trim());
    systemd.boot();
    simulation.trace.record(this.target, 'host.booted', `host/${host}`);
  }
}
