/** Units whose main process is a component of the engine: systemd starts the process, the component follows it. */
import type { Plain } from '../../protocol/plain.ts';
import type { Component } from '../sim/component.ts';
import type { Simulation } from '../sim/simulation.ts';
import type { LabHost } from './lab-hosts.ts';

export interface UnitComponentOptions {
  readonly simulation: Simulation;
  readonly host: LabHost;
  /** `kubelet.service`. */
  readonly unit: string;
  /** Name of the component in the loop. */
  readonly target: string;
  readonly memoryBytes?: number;
  started(pid: number): void;
  ended(pid: number): void;
}

export class UnitComponent implements Component {
  #pid = 0;
  constructor(private readonly options: UnitComponentOptions) {
    const { simulation, host, unit, target, memoryBytes } = options;
    simulation.loop.register(target, this);
    host.systemd.provide(unit, target, memoryBytes === undefined ? {} : { memoryBytes });
  }

  handle(type: string, payload: Plain): void {
    const { pid } = payload as { pid: number };
    if (type === 'service.start') {
      this.#pid = pid;
      this.options.host.systemd.ready(this.options.unit);
      this.options.started(pid);
    } else if (type === 'process.exited' && pid === this.#pid) {
      this.#pid = 0;
      this.options.ended(pid);
    }
  }

  snapshot(): Plain {
    return { pid: this.#pid };
  }
  restore(state: Plain): void {
    this.#pid = (state as { pid: number }).pid;
  }
}
