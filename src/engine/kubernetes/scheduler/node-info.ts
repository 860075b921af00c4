/** The scheduler's running account of one node; changed in place as pods come and go. */
import type { Node, Taint } from '../apimachinery/types.ts';
import { wholeOf } from '../apimachinery/resource-amounts.ts';
import { amounts, type Amounts, type HostPort, type PodInfo } from './pod-info.ts';

const NO_TAINTS: readonly Taint[] = [];
const NO_LABELS: Readonly<Record<string, string>> = {};

export class NodeInfo {
  readonly pods = new Map<string, PodInfo>();
  readonly withAffinity = new Map<string, PodInfo>();
  readonly withAntiAffinity = new Map<string, PodInfo>();
  /** Taken host ports: `TCP/80` → addresses. */
  readonly #ports = new Map<string, string[]>();
  labels: Readonly<Record<string, string>> = NO_LABELS;
  taints: readonly Taint[] = NO_TAINTS;
  unschedulable = false;
  hasHardTaint = false;
  hasSoftTaint = false;
  allocatable: Amounts = amounts({});
  allowedPods = 0;
  milliCpu = 0;
  memory = 0;
  ephemeralStorage = 0;
  readonly extended = new Map<string, number>();
  scoreMilliCpu = 0;
  scoreMemory = 0;
  /** Image name → bytes. */
  images: ReadonlyMap<string, number> = new Map();
  #statusImages: unknown;

  constructor(
    readonly name: string,
    node: Node | undefined,
  ) {
    if (node !== undefined) this.setNode(node);
  }

  /** Undefined while only pods of the node are known, or after it was deleted. */
  node: Node | undefined;

  setNode(node: Node): void {
    const before = this.node;
    this.node = node;
    this.labels = node.metadata.labels ?? NO_LABELS;
    this.taints = node.spec.taints ?? NO_TAINTS;
    this.unschedulable = node.spec.unschedulable === true;
    this.hasHardTaint = this.taints.some((taint) => taint.effect !== 'PreferNoSchedule');
    this.hasSoftTaint = this.taints.some((taint) => taint.effect === 'PreferNoSchedule');
    if (before === undefined || before.status.allocatable !== node.status.allocatable) {
      const allocatable = node.status.allocatable ?? {};
      this.allocatable = amounts(allocatable);
      this.allowedPods = wholeOf(allocatable['pods']);
    }
    if (this.#statusImages !== node.status.images) {
      this.#statusImages = node.status.images;
      const images = new Map<string, number>();
      for (const image of node.status.images ?? [])
        for (const name of image.names ?? []) images.set(name, image.sizeBytes ?? 0);
      this.images = images;
    }
  }

  add(info: PodInfo): void {
    if (this.pods.has(info.key)) this.remove(info.key);
    this.pods.set(info.key, info);
    if (info.hasAffinity) this.withAffinity.set(info.key, info);
    if (info.hasRequiredAntiAffinity) this.withAntiAffinity.set(info.key, info);
    this.#account(info, 1);
    for (const port of info.hostPorts) this.#takePort(port);
  }

  remove(key: string): void {
    const info = this.pods.get(key);
    if (info === undefined) return;
    this.pods.delete(key);
    this.withAffinity.delete(key);
    this.withAntiAffinity.delete(key);
    this.#account(info, -1);
    for (const port of info.hostPorts) this.#freePort(port);
  }

  /** Whether a wanted host port collides with a taken one; 0.0.0.0 collides with every address. */
  portTaken(port: HostPort): boolean {
    const taken = this.#ports.get(`${port.protocol}/${String(port.port)}`);
    return taken !== undefined && (port.ip === '0.0.0.0' || taken.includes('0.0.0.0') || taken.includes(port.ip));
  }

  #account(info: PodInfo, sign: 1 | -1): void {
    const { requests } = info;
    this.milliCpu += sign * requests.milliCpu;
    this.memory += sign * requests.memory;
    this.ephemeralStorage += sign * requests.ephemeralStorage;
    this.scoreMilliCpu += sign * info.scoreMilliCpu;
    this.scoreMemory += sign * info.scoreMemory;
    for (const [name, value] of requests.extended)
      this.extended.set(name, (this.extended.get(name) ?? 0) + sign * value);
  }

  #takePort(port: HostPort): void {
    const key = `${port.protocol}/${String(port.port)}`;
    const taken = this.#ports.get(key);
    if (taken === undefined) this.#ports.set(key, [port.ip]);
    else taken.push(port.ip);
  }

  #freePort(port: HostPort): void {
    const key = `${port.protocol}/${String(port.port)}`;
    const taken = this.#ports.get(key) ?? [];
    const at = taken.indexOf(port.ip);
    if (at >= 0) taken.splice(at, 1);
    if (taken.length === 0) this.#ports.delete(key);
  }
}
