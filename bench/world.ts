/** A sandbox for benchmarks, entered as an outside client enters: requests through `handle()`. */
import { createSandbox } from '../src/engine/sandbox.ts';
import type { DrydockSandbox } from '../src/engine/sandbox.ts';
import { topologyOf } from '../src/engine/assembly/topologies.ts';
import { drive } from '../src/engine/sim/drive.ts';
import type { HttpRequest } from '../src/protocol/http.ts';
import type { JsonObject, JsonValue } from '../src/protocol/plain.ts';
import { macrotask } from '../src/node/macrotask.ts';
import { programs } from '../src/terminal/program-table.ts';

const SECOND_US = 1_000_000;

export interface World {
  readonly sandbox: DrydockSandbox;
  /** One request, driven until its answer has ended. */
  request(
    method: string,
    target: string,
    object?: JsonValue,
    headers?: Readonly<Record<string, string>>,
  ): Promise<{ readonly status: number; readonly object: JsonValue; readonly text: string }>;
  /** Lets virtual time run. */
  advance(seconds: number): Promise<void>;
  /** Repeats a request every virtual 100 ms until the predicate holds. Throws after the limit. */
  until(target: string, predicate: (object: JsonObject) => boolean, limitSeconds: number): Promise<void>;
}

/** A fresh sandbox, booted. */
export async function world(topologyName: string, seed = 1): Promise<World> {
  const topology = topologyOf(topologyName);
  if (topology === undefined) throw new Error(`no topology ${topologyName}`);
  const sandbox = createSandbox({ topology, seed, programs });
  await sandbox.boot({ macrotask });
  const { simulation } = sandbox;
  const request: World['request'] = async (method, target, object, headers = {}) => {
    const httpRequest: HttpRequest = {
      method,
      target,
      headers: {
        accept: 'application/json',
        ...(object === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(object === undefined ? {} : { body: { object } }),
    };
    let status = 0;
    let ended = false;
    let body: JsonValue;
    let text = '';
    const exchange = sandbox.handle('kubernetes', httpRequest);
    exchange.listen((event) => {
      if (event.type === 'head') status = event.head.status;
      else if (event.type === 'chunk' && 'object' in event.chunk) body = event.chunk.object;
      else if (event.type === 'chunk' && 'bytes' in event.chunk) text += Buffer.from(event.chunk.bytes).toString();
      else if (event.type === 'end') ended = true;
    });
    await drive(simulation, { macrotask }, { stop: () => ended, untilUs: simulation.clock.nowUs + 60 * SECOND_US });
    if (!ended) throw new Error(`${method} ${target} was not answered`);
    return { status, object: body, text };
  };
  const advance: World['advance'] = async (seconds) => {
    const untilUs = simulation.clock.nowUs + seconds * SECOND_US;
    await drive(simulation, { macrotask }, { untilUs });
    if (simulation.clock.nowUs < untilUs) simulation.clock.advanceTo(untilUs);
  };
  const until: World['until'] = async (target, predicate, limitSeconds) => {
    const limitUs = simulation.clock.nowUs + limitSeconds * SECOND_US;
    for (;;) {
      const { object } = await request('GET', target);
      if (predicate(object as JsonObject)) return;
      if (simulation.clock.nowUs > limitUs)
        throw new Error(`${target} did not come to what was waited for in ${String(limitSeconds)} s`);
      await advance(0.1);
    }
  };
  return { sandbox, request, advance, until };
}

/** How many items of a pod list are Ready. */
export function readyPods(list: JsonObject): number {
  const items = (list['items'] ?? []) as readonly JsonObject[];
  return items.filter((pod) => {
    const { conditions = [] } = (pod['status'] ?? {}) as { conditions?: readonly { type: string; status: string }[] };
    return conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
  }).length;
}

export function deployment(name: string, replicas: number, image = 'nginx'): JsonObject {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'default', labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name, image }] } },
    },
  };
}
