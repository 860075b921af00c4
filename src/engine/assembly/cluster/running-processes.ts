/** Which of a cluster's processes run: component name → host → pids. A component lives as long as its process. */
export type SavedProcesses = readonly (readonly [string, readonly (readonly [string, readonly number[]])[]])[];

export class RunningProcesses {
  readonly #running = new Map<string, Map<string, readonly number[]>>();

  started(component: string, host: string, pid: number): void {
    const hosts = this.#running.get(component) ?? new Map<string, readonly number[]>();
    hosts.set(host, [...(hosts.get(host) ?? []), pid]);
    this.#running.set(component, hosts);
  }

  ended(component: string, host: string, pid: number): void {
    const hosts = this.#running.get(component);
    const left = hosts?.get(host)?.filter((other) => other !== pid) ?? [];
    if (left.length > 0) hosts?.set(host, left);
    else hosts?.delete(host);
  }

  /** @param host any host where it is absent */
  has(component: string, host?: string): boolean {
    const hosts = this.#running.get(component);
    return hosts !== undefined && (host === undefined ? hosts.size > 0 : hosts.has(host));
  }

  snapshot(): SavedProcesses {
    return [...this.#running].map(([component, hosts]) => [component, [...hosts]]);
  }

  restore(saved: SavedProcesses): void {
    this.#running.clear();
    for (const [component, hosts] of saved) this.#running.set(component, new Map(hosts));
  }
}
