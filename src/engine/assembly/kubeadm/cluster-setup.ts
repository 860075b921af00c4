/** What `kubeadm init` and the installation of flannel do once the API server answers. */
import type { Plain } from '../../../protocol/plain.ts';
import { isFailure } from '../../kubernetes/apimachinery/status.ts';
import type { InProcessClient } from '../../kubernetes/client/in-process-client.ts';
import type { Component } from '../../sim/component.ts';
import type { Simulation } from '../../sim/simulation.ts';
import type { AddonFacts } from './addon-objects.ts';
import { addons } from './addons.ts';

export const SETUP_TARGET = 'kubeadm';
const RETRY_US = 500_000;

export class ClusterSetup implements Component {
  #done = false;

  constructor(
    private readonly simulation: Simulation,
    private readonly facts: () => AddonFacts,
    private readonly ready: () => boolean,
    private readonly client: () => InProcessClient,
    private readonly resource: (apiVersion: string, kind: string) => string | undefined,
  ) {
    simulation.loop.register(SETUP_TARGET, this);
  }

  start(): void {
    this.simulation.loop.schedule(RETRY_US, SETUP_TARGET, 'apply');
  }

  get done(): boolean {
    return this.#done;
  }

  handle(): void {
    if (this.#done) return;
    if (!this.ready()) {
      this.start();
      return;
    }
    const client = this.client();
    for (const object of addons(this.facts())) {
      const name = this.resource(String(object['apiVersion']), String(object['kind']));
      if (name === undefined) throw new Error(`kubeadm installs a ${String(object['kind'])}, which is not served`);
      const answer = client.create(name as 'configmaps', object as never);
      if (isFailure(answer) && answer.reason !== 'AlreadyExists')
        throw new Error(`kubeadm could not create ${name}: ${answer.message}`);
    }
    this.#done = true;
    this.simulation.trace.record(SETUP_TARGET, 'cluster.initialised');
  }

  snapshot(): Plain {
    return { done: this.#done };
  }
  restore(state: Plain): void {
    this.#done = (state as { done: boolean }).done;
  }
}
