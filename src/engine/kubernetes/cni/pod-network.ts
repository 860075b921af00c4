/**
 * The CNI side of a container runtime (containerd's CRI plugin with go-cni): finds the configuration, the plugin's file, and
 * calls it. Models: the first .conf or .conflist by name, the loopback, the first plugin of a list. Leaves out: chained plugins but portmap.
 */
import { parseJson } from '../../../formats/json-parse.ts';
import { failed } from '../../../protocol/errno.ts';
import type { JsonObject } from '../../../protocol/plain.ts';
import type { FileView } from '../../machine/files/interface.ts';
import type { HostNetwork, NetnsId } from '../../machine/net/interface.ts';
import type { Simulation } from '../../sim/simulation.ts';
import type { CniContext, CniPlugin, CniResult } from './interface.ts';

const CONFIG_DIR = '/etc/cni/net.d';
const PLUGIN_DIR = '/opt/cni/bin';

export interface PodNetworkOptions {
  readonly simulation: Simulation;
  readonly files: FileView;
  readonly net: HostNetwork;
  readonly plugins: readonly CniPlugin[];
}

/** Members of a sandbox that plugins need; the kubelet's request fits. */
export interface SandboxOnNetwork {
  readonly sandboxId: string;
  readonly netns: NetnsId;
}

interface NetworkList {
  readonly name: string;
  readonly first: JsonObject;
}

export class CniPodNetwork {
  constructor(private readonly options: PodNetworkOptions) {}

  /** containerd's message of NetworkReady=false, or undefined. */
  notReady(): string | undefined {
    return this.#config() === undefined ? 'Network plugin returns error: cni plugin not initialized' : undefined;
  }

  add(sandbox: SandboxOnNetwork): CniResult {
    const { net } = this.options;
    const list = this.#config();
    if (list === undefined) return { error: 'cni plugin not initialized' };
    const plugin = this.#plugin(list);
    if (typeof plugin === 'string') return { error: plugin };
    net.changeLink(sandbox.netns, 'lo', { up: true });
    const result = plugin.add(this.#context(list, sandbox));
    if (!('error' in result)) return result;
    return { error: `plugin type="${plugin.type}" failed (add): ${result.error}` };
  }

  del(sandbox: SandboxOnNetwork): void {
    const list = this.#config();
    const plugin = list === undefined ? undefined : this.#plugin(list);
    if (list !== undefined && plugin !== undefined && typeof plugin !== 'string')
      plugin.del(this.#context(list, sandbox));
  }

  check(sandbox: SandboxOnNetwork): string | undefined {
    const list = this.#config();
    const plugin = list === undefined ? 'cni plugin not initialized' : this.#plugin(list);
    if (typeof plugin === 'string' || list === undefined) return typeof plugin === 'string' ? plugin : undefined;
    return plugin.check(this.#context(list, sandbox));
  }

  #context(list: NetworkList, { sandboxId, netns }: SandboxOnNetwork): CniContext {
    const { simulation, files, net } = this.options;
    return {
      simulation,
      files,
      net,
      containerId: sandboxId,
      netns,
      interfaceName: 'eth0',
      network: list.name,
      config: list.first,
    };
  }

  #plugin({ first }: NetworkList): CniPlugin | string {
    const type = typeof first.type === 'string' ? first.type : '';
    const plugin = this.options.plugins.find((one) => one.type === type);
    if (!this.options.files.exists(`${PLUGIN_DIR}/${type}`))
      return `failed to find plugin "${type}" in path [${PLUGIN_DIR}]`;
    return plugin ?? `drydock: CNI plugin '${type}' is not simulated`;
  }

  /** The first configuration by file name that can be read. */
  #config(): NetworkList | undefined {
    const { files } = this.options;
    const entries = files.list(CONFIG_DIR);
    if (failed(entries)) return undefined;
    const names = entries
      .map(({ name }) => name)
      .filter((name) => /\.(conf|conflist|json)$/.test(name))
      .sort();
    for (const name of names) {
      const text = files.readText(`${CONFIG_DIR}/${name}`);
      const list = failed(text) ? undefined : readList(text, name.endsWith('.conflist'));
      if (list !== undefined) return list;
    }
    return undefined;
  }
}

const lists = new Map<string, NetworkList | undefined>();
/** Parsed texts kept: hosts of a cluster have the same one. */
const LISTS_MAX = 16;

function readList(text: string, isList: boolean): NetworkList | undefined {
  const key = `${String(isList)}${text}`;
  if (lists.has(key)) return lists.get(key);
  if (lists.size >= LISTS_MAX) lists.clear();
  const list = parseList(text, isList);
  lists.set(key, list);
  return list;
}

function parseList(text: string, isList: boolean): NetworkList | undefined {
  const parsed = parseJson(text);
  const value = parsed.ok ? parsed.value : undefined;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const whole = value as JsonObject;
  const name = typeof whole.name === 'string' ? whole.name : undefined;
  const plugins = isList && Array.isArray(whole.plugins) ? (whole.plugins as readonly JsonObject[]) : [whole];
  const [first] = plugins;
  return name === undefined || first === undefined ? undefined : { name, first };
}
