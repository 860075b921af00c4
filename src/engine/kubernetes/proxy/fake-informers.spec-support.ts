/** Informers whose objects a spec sets by hand. */
import type { ApiObject, GroupResource, ObjectOf } from '../apimachinery/types.ts';
import type { Informer, InformerEvent, InformerFactory } from '../client/interface.ts';

class FakeInformer<T extends ApiObject> implements Informer<T> {
  synced = true;
  readonly #objects = new Map<string, T>();
  readonly #handlers: ((event: InformerEvent<T>) => void)[] = [];
  readonly #indexes = new Map<string, (object: T) => readonly string[]>();
  constructor(readonly resource: string) {}
  set(object: T): void {
    const key = keyOf(object);
    const old = this.#objects.get(key);
    this.#objects.set(key, object);
    for (const handler of this.#handlers)
      handler(old === undefined ? { type: 'added', key, object } : { type: 'updated', key, object, old });
  }
  remove(key: string): void {
    const object = this.#objects.get(key);
    if (object === undefined) return;
    this.#objects.delete(key);
    for (const handler of this.#handlers) handler({ type: 'deleted', key, object });
  }
  get(key: string): T | undefined {
    return this.#objects.get(key);
  }
  list(namespace?: string): readonly T[] {
    return [...this.#objects.values()].filter(
      (object) => namespace === undefined || object.metadata.namespace === namespace,
    );
  }
  byIndex(index: string, value: string): readonly T[] {
    return this.list().filter((object) => this.#indexes.get(index)?.(object).includes(value) === true);
  }
  select(): readonly T[] {
    return this.list();
  }
  addHandler(handler: (event: InformerEvent<T>) => void): void {
    this.#handlers.push(handler);
  }
  addIndex(name: string, values: (object: T) => readonly string[]): void {
    this.#indexes.set(name, values);
  }
}

const keyOf = ({ metadata }: ApiObject): string =>
  metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`;

export class FakeInformers implements InformerFactory {
  readonly target = 'fake';
  readonly synced = true;
  readonly #informers = new Map<string, FakeInformer<ApiObject>>();
  informer<R extends GroupResource>(resource: R): Informer<ObjectOf<R>> {
    return this.of(resource) as unknown as Informer<ObjectOf<R>>;
  }
  of(resource: string): FakeInformer<ApiObject> {
    let known = this.#informers.get(resource);
    if (known === undefined) {
      known = new FakeInformer(resource);
      this.#informers.set(resource, known);
    }
    return known;
  }
  /** Adds or replaces objects given as they stand in YAML. */
  set(resource: string, ...objects: readonly object[]): void {
    for (const object of objects) this.of(resource).set(object as ApiObject);
  }
  start(): void {
    // Always there.
  }
  connectionLost(): void {
    // It never breaks.
  }
  stop(): void {
    // Always there.
  }
}

/** A Service and its slice. */
export function serviceOf(
  name: string,
  spec: object,
  endpoints: readonly {
    readonly ip: string;
    readonly node?: string;
    readonly ready?: boolean;
    readonly hostname?: string;
  }[],
  targetPort = 80,
): readonly [object, object] {
  const ports = (spec as { ports?: { name?: string; protocol?: string }[] }).ports ?? [];
  return [
    { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'default', uid: name }, spec },
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      addressType: 'IPv4',
      metadata: {
        name: `${name}-abc`,
        namespace: 'default',
        uid: `${name}-abc`,
        labels: { 'kubernetes.io/service-name': name },
      },
      ports: ports.map(({ name: port, protocol }) => ({
        ...(port === undefined ? {} : { name: port }),
        protocol: protocol ?? 'TCP',
        port: targetPort,
      })),
      endpoints: endpoints.map(({ ip, node, ready = true, hostname }) => ({
        addresses: [ip],
        conditions: { ready },
        ...(node === undefined ? {} : { nodeName: node }),
        ...(hostname === undefined ? {} : { hostname }),
      })),
    },
  ];
}
