/** Tables of the whole kernel: sysctls, modules, swap, memory totals, messages, random numbers. */
import { KERNEL_RELEASE } from '../../versions.ts';
import { decodeUtf8 } from '../../../protocol/bytes.ts';
import { fail, failed, type Result } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { HostKernel } from './host-kernel.ts';
import { LOG_LEVEL, MessageLog } from './message-log.ts';
import { modulesInUse } from './modules-in-use.ts';
import type { Vnode } from '../files/vnode.ts';
import type { Kernel, KernelModule, SwapArea } from './interface.ts';
import { swapAreaBytes } from './memory/swap-area.ts';

export const KERNEL_VERSION = '#71-Ubuntu SMP PREEMPT_DYNAMIC Tue Jul 22 16:52:38 UTC 2025';

/** What the kernel itself takes. */
const KERNEL_BYTES = 268_435_456;
/** Of a process's resident memory: code and libraries that others map as well. */
const SHARED_BYTES = 2_097_152;

const sizeOf = (areas: readonly SwapArea[]): number => areas.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);

/** Sizes and dependencies of the modules that container hosts ask for. */
const MODULES: Readonly<Record<string, { readonly sizeBytes: number; readonly needs: readonly string[] }>> = {
  overlay: { sizeBytes: 212_992, needs: [] },
  br_netfilter: { sizeBytes: 32_768, needs: ['bridge'] },
  bridge: { sizeBytes: 421_888, needs: ['stp'] },
  stp: { sizeBytes: 12_288, needs: ['llc'] },
  llc: { sizeBytes: 16_384, needs: [] },
  vxlan: { sizeBytes: 155_648, needs: ['udp_tunnel', 'ip6_udp_tunnel'] },
  udp_tunnel: { sizeBytes: 36_864, needs: [] },
  ip6_udp_tunnel: { sizeBytes: 16_384, needs: [] },
  veth: { sizeBytes: 45_056, needs: [] },
  dummy: { sizeBytes: 12_288, needs: [] },
  nf_conntrack: { sizeBytes: 196_608, needs: ['nf_defrag_ipv4'] },
  nf_defrag_ipv4: { sizeBytes: 12_288, needs: [] },
  nf_nat: { sizeBytes: 61_440, needs: ['nf_conntrack'] },
  nf_tables: { sizeBytes: 376_832, needs: ['nfnetlink'] },
  nft_compat: { sizeBytes: 20_480, needs: ['nf_tables', 'x_tables'] },
  nft_chain_nat: { sizeBytes: 12_288, needs: ['nf_tables', 'nf_nat'] },
  xt_addrtype: { sizeBytes: 12_288, needs: ['x_tables'] },
  nfnetlink: { sizeBytes: 20_480, needs: [] },
  xt_conntrack: { sizeBytes: 12_288, needs: ['nf_conntrack', 'x_tables'] },
  xt_MASQUERADE: { sizeBytes: 16_384, needs: ['nf_nat', 'x_tables'] },
  xt_comment: { sizeBytes: 12_288, needs: ['x_tables'] },
  x_tables: { sizeBytes: 65_536, needs: [] },
  ip_tables: { sizeBytes: 32_768, needs: ['x_tables'] },
  iptable_filter: { sizeBytes: 12_288, needs: ['ip_tables'] },
  iptable_nat: { sizeBytes: 12_288, needs: ['ip_tables', 'nf_nat'] },
  ip_set: { sizeBytes: 61_440, needs: ['nfnetlink'] },
  ip_vs: { sizeBytes: 221_184, needs: ['nf_conntrack'] },
  ip_vs_rr: { sizeBytes: 12_288, needs: ['ip_vs'] },
  ip_vs_wrr: { sizeBytes: 12_288, needs: ['ip_vs'] },
  ip_vs_sh: { sizeBytes: 12_288, needs: ['ip_vs'] },
  nfs: { sizeBytes: 569_344, needs: ['lockd'] },
  lockd: { sizeBytes: 143_360, needs: [] },
  tun: { sizeBytes: 69_632, needs: [] },
  loop: { sizeBytes: 36_864, needs: [] },
};

/** Keys whose values are made when they are read. */
const COMPUTED = [
  'kernel.hostname',
  'fs.file-nr',
  'kernel.random.boot_id',
  'kernel.random.uuid',
  'kernel.random.entropy_avail',
];

const BRIDGE_FILTER = ['net.bridge.bridge-nf-call-iptables', 'net.bridge.bridge-nf-call-ip6tables'];

/** A module behind those that it needs. */
const withNeeds = (name: string): readonly string[] => [...(MODULES[name]?.needs ?? []).flatMap(withNeeds), name];

const FIRST_SYSCTLS: Readonly<Record<string, string>> = {
  'kernel.dmesg_restrict': '1',
  'kernel.ostype': 'Linux',
  'kernel.osrelease': KERNEL_RELEASE,
  'kernel.version': KERNEL_VERSION,
  'kernel.pid_max': '4194304',
  'kernel.threads-max': '63432',
  'kernel.tainted': '0',
  'kernel.panic': '0',
  'kernel.panic_on_oops': '0',
  'kernel.keys.root_maxkeys': '1000000',
  'kernel.keys.root_maxbytes': '25000000',
  'kernel.printk': '4\t4\t1\t7',
  'kernel.shmmax': '18446744073692774399',
  'kernel.shmall': '18446744073692774399',
  'kernel.msgmax': '8192',
  'kernel.sem': '32000\t1024000000\t500\t32000',
  'kernel.unprivileged_userns_clone': '1',
  'kernel.cap_last_cap': '40',
  'kernel.ngroups_max': '65536',
  'vm.swappiness': '60',
  'vm.overcommit_memory': '0',
  'vm.overcommit_ratio': '50',
  'vm.panic_on_oom': '0',
  'vm.max_map_count': '1048576',
  'vm.dirty_ratio': '20',
  'vm.min_free_kbytes': '67584',
  'fs.file-max': '9223372036854775807',
  'fs.inotify.max_user_watches': '58923',
  'fs.inotify.max_user_instances': '128',
  'fs.nr_open': '1048576',
  'fs.protected_fifos': '1',
  'fs.protected_hardlinks': '1',
  'fs.protected_regular': '2',
  'fs.protected_symlinks': '1',
  'user.max_user_namespaces': '31716',
};

export class SystemTables {
  #sysctls = new Map<string, string>(Object.entries(FIRST_SYSCTLS));
  #modules: string[] = [];
  #swaps: SwapArea[] = [];
  readonly messageLog: MessageLog;
  bootId: string;
  /** The machine's own identity (DMI), which kubelets report. */
  readonly productUuid: string;

  constructor(private readonly kernel: HostKernel) {
    this.messageLog = new MessageLog((waiters) => {
      kernel.wake(waiters);
    });
    this.bootId = kernel.simulation.random.for('kernel', kernel.host, 'boot-id').uuid();
    this.productUuid = kernel.simulation.random.for('kernel', kernel.host, 'product-uuid').uuid();
  }

  // ---- sysctl

  sysctl(name: string, network = this.kernel.namespaces.host.net): string | undefined {
    if (name === 'kernel.hostname') return this.kernel.namespaces.hostname();
    if (name === 'fs.file-nr') return `${String(this.#openFiles())}\t0\t9223372036854775807`;
    if (name === 'kernel.random.boot_id') return this.bootId;
    if (name === 'kernel.random.uuid')
      return this.kernel.simulation.random.for('kernel', this.kernel.host, 'uuid').uuid();
    if (name === 'kernel.random.entropy_avail') return '256';
    // br_netfilter brings its own.
    if (name.startsWith('net.bridge.') && !this.hasModule('br_netfilter')) return undefined;
    return this.#sysctls.get(name) ?? this.kernel.network?.sysctl(network, name);
  }

  setSysctl(name: string, value: string, network = this.kernel.namespaces.host.net): Result<void> {
    const text = value.trim();
    if (this.sysctl(name, network) === undefined) return fail('ENOENT');
    if (name === 'kernel.hostname') {
      this.kernel.namespaces.setHostname(text);
      return undefined;
    }
    if (
      ['kernel.ostype', 'kernel.osrelease', 'kernel.version', 'fs.file-nr'].includes(name) ||
      name.startsWith('kernel.random.')
    )
      return fail('EACCES');
    if (!this.#sysctls.has(name)) return this.kernel.network?.setSysctl(network, name, text) ?? undefined;
    if (/^-?\d+$/.test(this.#sysctls.get(name) ?? '') && !/^-?\d+$/.test(text)) return fail('EINVAL');
    this.#sysctls.set(name, text);
    return undefined;
  }

  /** Names in a directory of /proc/sys, given as the beginning of keys; a name's dots are part of it. */
  sysctlsBelow(prefix: string, network = this.kernel.namespaces.host.net): ReadonlyMap<string, 'file' | 'directory'> {
    const found = new Map<string, 'file' | 'directory'>();
    for (const key of [...this.#sysctls.keys(), ...COMPUTED]) {
      if (!key.startsWith(prefix)) continue;
      const [first = '', ...rest] = key.slice(prefix.length).split('.');
      found.set(first, rest.length === 0 ? 'file' : 'directory');
    }
    for (const { name, type } of this.kernel.network?.sysctlsBelow(network, prefix) ?? [])
      if (`${prefix}${name}` !== 'net.bridge' || this.hasModule('br_netfilter')) found.set(name, type);
    return found;
  }

  // ---- modules

  hasModule(name: string): boolean {
    return this.#modules.includes(name);
  }

  /** The last that was loaded comes first; what is in use counts as a reference. */
  modules(): readonly KernelModule[] {
    const used = modulesInUse(this.kernel);
    const names = [...new Set([...this.#modules, ...used.flatMap(withNeeds)])];
    return names
      .map((name) => {
        const usedBy = names.filter((other) => MODULES[other]?.needs.includes(name) === true);
        const references = usedBy.length + (used.includes(name) ? 1 : 0);
        return { name, sizeBytes: MODULES[name]?.sizeBytes ?? 16_384, usedBy, references };
      })
      .toReversed();
  }

  loadModule(asked: string): Result<void> {
    const name = asked.replaceAll('-', '_');
    const known = MODULES[name];
    if (known === undefined) return fail('ENOENT');
    if (this.hasModule(name)) return undefined;
    for (const need of known.needs) this.loadModule(need);
    this.#modules.push(name);
    if (name === 'br_netfilter') this.#registerBridgeFilter();
    return undefined;
  }

  /** Bridged packets pass the rules from now on, unless a setting says otherwise. */
  #registerBridgeFilter(): void {
    const { network } = this.kernel;
    for (const name of BRIDGE_FILTER)
      if (network?.sysctl(network.netns, name) === undefined) network?.setSysctl(network.netns, name, '1');
    this.log('Bridge firewalling registered');
  }

  removeModule(asked: string): Result<void> {
    const name = asked.replaceAll('-', '_');
    const module = this.modules().find((each) => each.name === name);
    if (module === undefined) return fail(MODULES[name] === undefined ? 'ENOENT' : 'ENODEV');
    if (module.references > 0) return fail('EBUSY');
    this.#modules = this.#modules.filter((each) => each !== name);
    return undefined;
  }

  /** Whether modprobe would find it. */
  knowsModule(name: string): boolean {
    return MODULES[name.replaceAll('-', '_')] !== undefined;
  }

  /** The modules that one needs; undefined for one that is not installed. */
  moduleNeeds(name: string): readonly string[] | undefined {
    return MODULES[name.replaceAll('-', '_')]?.needs;
  }

  // ---- swap and memory

  /** What does not fit into memory fills the areas by priority. */
  swaps(): readonly SwapArea[] {
    let left = this.#swapped();
    return this.#swaps.map((area) => {
      const usedBytes = Math.min(left, area.sizeBytes);
      left -= usedBytes;
      return { ...area, usedBytes };
    });
  }

  /** swapon(2) on a file or a partition. */
  swapOnNode(path: string, node: Vnode): Result<void> {
    const sizeBytes = swapAreaBytes(node, (message) => {
      this.log(message, 3);
    });
    return failed(sizeBytes) ? sizeBytes : this.swapOn(path, sizeBytes);
  }

  swapOn(path: string, sizeBytes: number): Result<void> {
    if (this.#swaps.some((area) => area.path === path)) return fail('EBUSY');
    this.#swaps.push({
      path,
      type: path.startsWith('/dev/') ? 'partition' : 'file',
      sizeBytes,
      usedBytes: 0,
      priority: -2 - this.#swaps.length,
    });
    this.log(
      `Adding ${String(Math.floor(sizeBytes / 1024))}k swap on ${path}.  Priority:${String(-1 - this.#swaps.length)} extents:1 across:${String(Math.floor(sizeBytes / 1024))}k SS`,
    );
    return undefined;
  }

  swapOff(path: string): Result<void> {
    if (!this.#swaps.some((area) => area.path === path)) return fail('EINVAL');
    const left = this.#swaps.filter((area) => area.path !== path);
    if (this.#wanted() > this.kernel.memoryBytes + sizeOf(left)) return fail('ENOMEM');
    this.#swaps = left;
    return undefined;
  }

  /** Memory and swap together are not enough for what processes have. */
  isOutOfMemory(): boolean {
    const wanted = this.#wanted();
    return wanted > this.kernel.memoryBytes && wanted > this.kernel.memoryBytes + sizeOf(this.#swaps);
  }

  /** What processes and the kernel itself have, in memory or swapped out, bytes; what programs share is there once. */
  #wanted(): number {
    const { cgroupTree, records } = this.kernel;
    return Math.max(0, cgroupTree.root.memory - records.size * SHARED_BYTES) + KERNEL_BYTES;
  }

  #swapped(): number {
    return Math.min(sizeOf(this.#swaps), Math.max(0, this.#wanted() - this.kernel.memoryBytes));
  }

  memory(): ReturnType<Kernel['memory']> {
    const totalBytes = this.kernel.memoryBytes;
    const swapped = this.#swapped();
    const used = this.#wanted() - swapped;
    const cachedBytes = Math.min(1_610_612_736, Math.max(0, totalBytes - used) * 0.5);
    const freeBytes = Math.max(0, totalBytes - used - cachedBytes);
    const swapTotalBytes = sizeOf(this.#swaps);
    return {
      totalBytes,
      freeBytes,
      availableBytes: Math.floor(freeBytes + cachedBytes * 0.9),
      cachedBytes: Math.floor(cachedBytes),
      swapTotalBytes,
      swapFreeBytes: swapTotalBytes - swapped,
    };
  }

  // ---- messages and chance

  log(text: string, level: number = LOG_LEVEL.info): void {
    this.messageLog.add(this.kernel.uptimeUs, level, text);
  }

  /** A write to /dev/kmsg: a line may begin with its priority, as in `<3>`. */
  writeLog(bytes: Uint8Array): void {
    for (const line of decodeUtf8(bytes).split('\n')) {
      if (line === '') continue;
      const [prefix = '', priority] = /^<(\d+)>/.exec(line) ?? [];
      this.log(line.slice(prefix.length), priority === undefined ? LOG_LEVEL.warning : Number(priority) & 7);
    }
  }

  randomBytes(count: number): Uint8Array {
    return this.kernel.simulation.random.for('kernel', this.kernel.host, 'urandom').bytes(count);
  }

  #openFiles(): number {
    let count = 0;
    for (const { descriptors } of this.kernel.records.values()) count += descriptors.size;
    return count;
  }

  /** What was set and loaded since the boot is forgotten. */
  clear(): void {
    this.#sysctls = new Map(Object.entries(FIRST_SYSCTLS));
    this.#modules = [];
    this.#swaps = [];
    this.messageLog.reset();
  }

  beginBoot(): void {
    this.bootId = this.kernel.simulation.random.for('kernel', this.kernel.host, 'boot-id').uuid();
  }

  snapshot(): Plain {
    return {
      sysctls: [...this.#sysctls],
      modules: [...this.#modules],
      swaps: [...this.#swaps] as unknown as Plain,
      messages: this.messageLog.snapshot(),
      bootId: this.bootId,
    };
  }

  restore(saved: Plain): void {
    const state = saved as unknown as {
      sysctls: [string, string][];
      modules: string[];
      swaps: SwapArea[];
      messages: Plain;
      bootId: string;
    };
    this.#sysctls = new Map(state.sysctls);
    this.#modules = [...state.modules];
    this.#swaps = [...state.swaps];
    this.messageLog.restore(state.messages);
    this.bootId = state.bootId;
  }
}
