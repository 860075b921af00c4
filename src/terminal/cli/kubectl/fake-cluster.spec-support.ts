/** A process and an API server of a few canned routes, for specs of kubectl's verbs. */
import { decodeUtf8, encodeUtf8 } from '../../../protocol/bytes.ts';
import { fail } from '../../../protocol/errno.ts';
import type { BodyChunk, ChannelFrame, RequestHead } from '../../../protocol/http.ts';
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import type { Process, Segment } from '../../../protocol/program.ts';
import { kubectl } from './program.ts';

export interface Seen {
  readonly method: string;
  readonly target: string;
  readonly body?: JsonValue;
  readonly type?: string;
}

export interface FakeAnswer {
  readonly status?: number;
  readonly object?: JsonObject;
  /** Further pieces of a stream. */
  readonly chunks?: readonly JsonObject[];
  readonly frames?: readonly ChannelFrame[];
  readonly warning?: string;
}

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly seen: readonly Seen[];
}

/** Paths without their query; a method may stand in front (`PATCH /api/v1/…`). */
export type Routes = Readonly<Record<string, FakeAnswer | ((request: Seen) => FakeAnswer)>>;

const CONFIG = `apiVersion: v1
kind: Config
clusters: [{name: k, cluster: {server: 'http://10.0.0.1:6443'}}]
contexts: [{name: c, context: {cluster: k, user: u}}]
current-context: c
users: [{name: u, user: {}}]
`;

function resource(
  plural: string,
  kind: string,
  namespaced: boolean,
  shortNames: string[],
  more: JsonObject = {},
): JsonObject {
  return {
    resource: plural,
    responseKind: { group: '', version: 'v1', kind },
    scope: namespaced ? 'Namespaced' : 'Cluster',
    singularResource: kind.toLowerCase(),
    verbs: ['get', 'list', 'create', 'delete', 'patch', 'update', 'watch'],
    shortNames,
    ...more,
  };
}

const CORE: JsonObject = {
  kind: 'APIGroupDiscoveryList',
  items: [
    {
      metadata: { name: '' },
      versions: [
        {
          version: 'v1',
          resources: [
            resource('configmaps', 'ConfigMap', true, ['cm']),
            resource('nodes', 'Node', false, ['no']),
            resource('pods', 'Pod', true, ['po'], { categories: ['all'] }),
            resource('services', 'Service', true, ['svc'], { categories: ['all'] }),
          ],
        },
      ],
    },
  ],
};
const GROUPS: JsonObject = {
  kind: 'APIGroupDiscoveryList',
  items: [
    {
      metadata: { name: 'apps' },
      versions: [
        {
          version: 'v1',
          resources: [
            resource('deployments', 'Deployment', true, ['deploy'], { categories: ['all'] }),
            resource('replicasets', 'ReplicaSet', true, ['rs']),
          ],
        },
      ],
    },
  ],
};

/** Runs a command line against the routes; a path without a route is not found. */
export async function runKubectl(
  words: readonly string[],
  routes: Routes,
  options: { readonly files?: Readonly<Record<string, string>>; readonly stdin?: string } = {},
): Promise<Outcome> {
  const world = new FakeWorld(routes, { '/root/.kube/config': CONFIG, ...options.files }, options.stdin ?? '');
  const code = await kubectl.run(world.process(['kubectl', ...words]));
  return {
    code,
    out: world.text[1],
    err: world.text[2],
    seen: world.seen.filter(({ target }) => !/^\/apis?\?/.test(target)),
  };
}

class FakeWorld {
  readonly seen: Seen[] = [];
  readonly text: { 1: string; 2: string } = { 1: '', 2: '' };
  private readonly queues = new Map<number, Segment[]>();
  private readonly asking = new Map<number, { head: RequestHead; body?: BodyChunk }>();
  private nextFd = 3;
  private stdin: string;
  private readonly routes: Routes;
  private readonly files: Readonly<Record<string, string>>;

  constructor(routes: Routes, files: Readonly<Record<string, string>>, stdin: string) {
    this.routes = { '/api': { object: CORE }, '/apis': { object: GROUPS }, ...routes };
    this.files = files;
    this.stdin = stdin;
  }

  process(argv: readonly string[]): Process {
    const fileOf = (path: string): string | undefined => this.files[path];
    const known = {
      argv,
      env: { HOME: '/root', PATH: '/bin' },
      pid: 2,
      time: () => ({ realtimeUs: Date.UTC(2026, 2, 2, 0, 1) * 1000, monotonicUs: 0 }),
      checkpoint: () => undefined,
      hold: <T>(work: Promise<T>) => work,
      cpu: () => Promise.resolve(),
      random: (count: number) => new Uint8Array(count),
      isatty: () => false,
      readFile: (path: string) => (fileOf(path) === undefined ? fail('ENOENT') : encodeUtf8(fileOf(path) ?? '')),
      stat: (path: string) => (fileOf(path) === undefined ? fail('ENOENT') : { type: 'file', mode: 0o644 }),
      fstat: () => ({ type: 'file' }),
      open: (path: string) => (fileOf(path) === undefined ? fail('ENOENT') : this.openText(fileOf(path) ?? '')),
      close: () => undefined,
      read: (fd: number) => Promise.resolve(this.read(fd)),
      write: (fd: 1 | 2, bytes: Uint8Array) => {
        this.text[fd] += decodeUtf8(bytes);
        return Promise.resolve(bytes.length);
      },
      connect: () => {
        this.nextFd += 1;
        this.queues.set(this.nextFd, []);
        return Promise.resolve(this.nextFd);
      },
      send: (fd: number, segment: Segment) => {
        this.take(fd, segment);
        return Promise.resolve(undefined);
      },
      receive: (fd: number) => Promise.resolve(this.queues.get(fd)?.shift()),
      poll: (requests: readonly { readonly fd: number }[]) => Promise.resolve(requests.map(({ fd }) => fd)),
    };
    return known as unknown as Process;
  }

  private readonly texts = new Map<number, string>();

  private openText(text: string): number {
    this.nextFd += 1;
    this.texts.set(this.nextFd, text);
    return this.nextFd;
  }

  private read(fd: number): Uint8Array {
    const text = fd === 0 ? this.stdin : (this.texts.get(fd) ?? '');
    if (fd === 0) this.stdin = '';
    else this.texts.set(fd, '');
    return encodeUtf8(text);
  }

  private take(fd: number, segment: Segment): void {
    if (segment.type === 'request') this.asking.set(fd, { head: segment.head });
    else if (segment.type === 'body') this.asking.set(fd, { ...this.request(fd), body: segment.chunk });
    else if (segment.type === 'end') this.answer(fd);
  }

  private request(fd: number): { head: RequestHead; body?: BodyChunk } {
    return this.asking.get(fd) ?? { head: { method: '', target: '', headers: {} } };
  }

  private answer(fd: number): void {
    const { head, body } = this.request(fd);
    const type = head.headers['content-type'];
    const sent = body !== undefined && 'object' in body ? body.object : undefined;
    const seen: Seen = {
      method: head.method,
      target: head.target,
      ...(sent === undefined ? {} : { body: sent }),
      ...(type === undefined ? {} : { type }),
    };
    this.seen.push(seen);
    const path = head.target.replace(/\?.*$/, '');
    const isWatch = head.target.includes('watch=true');
    const route =
      this.routes[`${isWatch ? 'WATCH' : head.method} ${path}`] ??
      (isWatch ? undefined : this.routes[path]) ??
      missing(path);
    const answer = typeof route === 'function' ? route(seen) : route;
    const status = answer.status ?? (answer.frames === undefined ? 200 : 101);
    const headers = answer.warning === undefined ? {} : { warning: `299 - "${answer.warning}"` };
    const pieces = [...(answer.object === undefined ? [] : [answer.object]), ...(answer.chunks ?? [])];
    this.queues
      .get(fd)
      ?.push(
        { type: 'response', head: { status, headers } },
        ...pieces.map((object): Segment => ({ type: 'body', chunk: { object } })),
        ...(answer.frames ?? []).map((frame): Segment => ({ type: 'frame', frame })),
        ...(answer.frames === undefined ? [{ type: 'end' } as const] : []),
      );
  }
}

function missing(path: string): FakeAnswer {
  const parts = path.split('/').slice(1);
  const at =
    parts.indexOf('namespaces') >= 0 && parts.length > 4 ? parts.indexOf('namespaces') + 2 : parts[0] === 'api' ? 2 : 3;
  const group = parts[0] === 'apis' ? `.${parts[1] ?? ''}` : '';
  const message = `${parts[at] ?? ''}${group} "${parts[at + 1] ?? ''}" not found`;
  return {
    status: 404,
    object: {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      reason: 'NotFound',
      code: 404,
      message,
    },
  };
}

/** A table as the server makes it. */
export function table(
  columns: readonly string[],
  rows: readonly (readonly JsonValue[])[],
  objects: readonly JsonObject[] = [],
): JsonObject {
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: { resourceVersion: '10' },
    columnDefinitions: columns.map((name) => ({ name: name.replace('*', ''), priority: name.endsWith('*') ? 1 : 0 })),
    rows: rows.map((cells, index) => ({
      cells,
      object: objects[index] ?? { metadata: { name: String(cells[0]), namespace: 'default' } },
    })),
  };
}
