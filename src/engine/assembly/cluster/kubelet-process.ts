/** A kubelet as long as its process lives: it starts with what its configuration says then, or says why it cannot. */
import { failed } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { Pid } from '../../../protocol/program.ts';
import type { Kubelet } from '../../kubernetes/kubelet/kubelet.ts';
import { formatRfc3339Micro } from '../../sim/clock.ts';
import type { Component } from '../../sim/component.ts';
import type { Simulation } from '../../sim/simulation.ts';
import type { LabHost } from '../lab-hosts.ts';
import { DEFAULT_SETTINGS, type KubeletSettings, readKubeletSettings } from './kubelet-settings.ts';

const UNIT = 'kubelet.service';
const KUBECONFIG = '/etc/kubernetes/kubelet.conf';
const BOOTSTRAP_KUBECONFIG = '/etc/kubernetes/bootstrap-kubelet.conf';
const RUNTIME = 'unix:///run/containerd/containerd.sock';

export class KubeletProcess implements Component {
  readonly target: string;
  #settings: KubeletSettings = DEFAULT_SETTINGS;
  kubelet: Kubelet | undefined;
  #isUp = false;

  constructor(
    private readonly simulation: Simulation,
    private readonly host: LabHost,
  ) {
    this.target = `kubelet-process/${host.name}`;
    simulation.loop.register(this.target, this);
  }

  /** Of the last start. */
  get settings(): KubeletSettings {
    return this.#settings;
  }

  /** Whether it runs: one that cannot start says why and ends. */
  start(pid: Pid): boolean {
    const { host } = this;
    const read = readKubeletSettings(host.files.root, host.kernel.process(pid)?.argv ?? []);
    if ('refusal' in read) {
      this.#refuse(pid, read.refusal);
      return false;
    }
    if (read.unknown.length > 0) {
      const why = `strict decoding error: ${read.unknown.map((key) => `unknown field ${JSON.stringify(key)}`).join(', ')}`;
      this.#log(
        pid,
        'I',
        'codec.go:118',
        `"Using lenient decoding as strict decoding failed" err=${JSON.stringify(why)}`,
      );
    }
    for (const key of read.ignored) this.#line(pid, `drydock: the kubelet's setting '${key}' is not simulated`, 4);
    const problem = this.#problem(pid, read.settings);
    if (problem !== undefined) {
      this.#refuse(pid, `failed to run Kubelet: ${problem}`);
      return false;
    }
    this.#log(
      pid,
      'I',
      'server.go:1423',
      '"Using cgroup driver setting received from the CRI runtime" cgroupDriver="systemd"',
    );
    this.#settings = read.settings;
    this.#isUp = true;
    this.kubelet?.start();
    return true;
  }

  stop(): void {
    if (this.#isUp) this.kubelet?.stop();
    this.#isUp = false;
  }

  handle(type: string): void {
    throw new Error(`${this.target} has no event ${type}`);
  }
  snapshot(): Plain {
    return { settings: { ...this.#settings }, isUp: this.#isUp };
  }
  restore(state: Plain): void {
    const saved = state as unknown as { settings: KubeletSettings; isUp: boolean };
    this.#settings = saved.settings;
    this.#isUp = saved.isUp;
  }

  #problem(pid: Pid, { failSwapOn }: KubeletSettings): string | undefined {
    const { files, kernel, systemd } = this.host;
    const isThere = (path: string): boolean => !failed(files.root.typeOf(path));
    if (!isThere(KUBECONFIG) && !isThere(BOOTSTRAP_KUBECONFIG))
      return `unable to load bootstrap kubeconfig: stat ${BOOTSTRAP_KUBECONFIG}: no such file or directory`;
    if (systemd.unit('containerd.service').active !== 'active')
      return `validate service connection: validate CRI v1 runtime API for endpoint "${RUNTIME}": rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix ${RUNTIME.replace('unix://', '')}: connect: no such file or directory"`;
    if (kernel.swaps().length === 0) return undefined;
    this.#log(pid, 'I', 'swap_util.go:119', '"Swap is on" /proc/swaps contents=<');
    const table = files.root.readText('/proc/swaps');
    for (const line of failed(table) ? [] : table.trimEnd().split('\n')) this.#line(pid, `\t${line}`);
    this.#line(pid, ' >');
    return failSwapOn
      ? 'running with swap on is not supported, please disable swap or set --fail-swap-on flag to false'
      : undefined;
  }

  #refuse(pid: Pid, why: string): void {
    this.#log(pid, 'E', 'run.go:72', `"command failed" err=${JSON.stringify(why)}`, 3);
    this.host.kernel.exitComponent(pid, 1);
  }

  /** A line as klog writes it: level, month and day, time, pid, place. */
  #log(pid: Pid, level: string, place: string, message: string, priority = 6): void {
    const now = formatRfc3339Micro(this.simulation.clock.unixUs);
    const stamp = `${now.slice(5, 7)}${now.slice(8, 10)} ${now.slice(11, 26)}`;
    this.#line(pid, `${level}${stamp} ${String(pid).padStart(7)} ${place}] ${message}`, priority);
  }

  #line(pid: Pid, message: string, priority = 6): void {
    this.host.systemd.log(UNIT, message, { pid, priority });
  }
}
