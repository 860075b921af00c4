/** Makes and refreshes a pod's volumes on the host's disk. */
import { failed } from '../../../../protocol/errno.ts';
import type { JsonObject, Plain } from '../../../../protocol/plain.ts';
import { isFailure } from '../../apimachinery/status.ts';
import type { ConfigMap, Pod, Secret, Volume } from '../../apimachinery/types.ts';
import { isInMemory, memorySize, mountMemory } from '../volumes/memory-volume.ts';
import { writeAtomically } from '../volumes/atomic-writer.ts';
import { giveToGroup } from '../volumes/volume-ownership.ts';
import { volumePayload, type VolumeSources } from '../volumes/payload.ts';
import { isWrittenByKubelet, volumeDirectory } from './container-spec.ts';
import type { PodWork } from './work-state.ts';
import type { WorkerContext } from './worker-context.ts';

/** Remembers which objects each volume was written from; the same objects need no second look. */
export class PodVolumes {
  readonly #written = new Map<string, readonly unknown[]>();
  /** Bound tokens by audience, until four fifths of their life are over. */
  readonly #tokens = new Map<string, { readonly token: string; readonly renewAtMs: number }>();
  #read: unknown[] = [];

  constructor(private readonly context: WorkerContext) {}

  /** Makes everything that is missing; answers why it could not (upstream's event text after `MountVolume.SetUp failed for volume`). */
  mount(pod: Pod, work: PodWork): { readonly volume: string; readonly error: string } | undefined {
    for (const volume of pod.spec.volumes ?? []) {
      const error = this.#mountOne(volume, pod, work);
      if (error !== undefined) return { volume: volume.name, error };
    }
    return undefined;
  }

  /** Writes what has changed since; a source that is gone leaves the old files. */
  refresh(pod: Pod, work: PodWork): void {
    for (const volume of pod.spec.volumes ?? []) if (isWrittenByKubelet(volume)) this.#write(volume, pod, work);
  }

  snapshot(): Plain {
    return {
      tokens: [...this.#tokens].map(([audience, { token, renewAtMs }]) => ({ audience, token, renewAtMs })),
      written: [...this.#written.keys()],
    };
  }

  restore(state: Plain): void {
    const saved = state as { tokens: { audience: string; token: string; renewAtMs: number }[]; written: string[] };
    for (const { audience, token, renewAtMs } of saved.tokens) this.#tokens.set(audience, { token, renewAtMs });
    // What they were written from is compared by content the next time.
    for (const volume of saved.written) this.#written.set(volume, []);
  }

  #mountOne(volume: Volume, pod: Pod, work: PodWork): string | undefined {
    const { files } = this.context.options.host;
    const directory = volumeDirectory(work.uid, volume);
    if (volume.persistentVolumeClaim !== undefined)
      return `persistentvolumeclaim "${volume.persistentVolumeClaim.claimName}": drydock: volumes of claims are not simulated yet`;
    if (directory === undefined) return `drydock: this kind of volume is not simulated`;
    if (volume.hostPath !== undefined) return this.#hostPath(volume.hostPath);
    if (volume.emptyDir !== undefined) {
      files.root.mkdirp(directory, { mode: 0o777 });
      const mounted = isInMemory(volume) ? this.#mountMemory(volume, pod, directory) : { made: false };
      if ('error' in mounted) return mounted.error;
      this.#giveToGroup(pod, directory, false);
      return undefined;
    }
    return this.#write(volume, pod, work);
  }

  #hostPath({ path, type = '' }: NonNullable<Volume['hostPath']>): string | undefined {
    const { root } = this.context.options.host.files;
    const found = root.typeOf(path);
    if (failed(found)) {
      if (type === 'DirectoryOrCreate') root.mkdirp(path);
      else if (type === 'FileOrCreate') root.write(path, '', { parents: true });
      else if (type !== '') return `hostPath type check failed: ${path} is not a ${type.toLowerCase()}`;
      else root.mkdirp(path);
      return undefined;
    }
    if (
      (type === 'Directory' && found !== 'directory') ||
      (type === 'File' && found !== 'file') ||
      (type === 'Socket' && found !== 'socket')
    ) {
      return `hostPath type check failed: ${path} is not a ${type.toLowerCase()}`;
    }
    return undefined;
  }

  #write(volume: Volume, pod: Pod, work: PodWork): string | undefined {
    const { simulation, host } = this.context.options;
    this.#read = [pod.metadata.labels, pod.metadata.annotations];
    const payload = volumePayload(volume, pod, this.#sources(pod, work));
    if (payload === undefined) return undefined;
    if ('error' in payload) return payload.error;
    const directory = volumeDirectory(work.uid, volume) ?? '';
    const mounted = isInMemory(volume) ? this.#mountMemory(volume, pod, directory) : { made: false };
    if ('error' in mounted) return mounted.error;
    // A volume that has just been mounted is empty, whatever was written before a reboot.
    const before = mounted.made ? undefined : this.#written.get(volume.name);
    const read = this.#read;
    if (before !== undefined && before.length === read.length && before.every((item, at) => item === read[at]))
      return undefined;
    this.#written.set(volume.name, read);
    const stamp = (): string => String(simulation.random.for('kubelet', this.context.target, 'volume').below(2 ** 31));
    const changed = writeAtomically(host.files.root, directory, payload.files, simulation.clock.unixMs, stamp);
    if (changed) this.#giveToGroup(pod, directory, true);
    if (changed && before !== undefined)
      simulation.trace.record(this.context.target, 'volume.updated', `pod/${work.namespace}/${work.name}`, {
        volume: volume.name,
      });
    return undefined;
  }

  #giveToGroup(pod: Pod, directory: string, readonly: boolean): void {
    const group = pod.spec.securityContext?.fsGroup;
    if (group !== undefined) giveToGroup(this.context.options.host.files.root, directory, group, readonly);
  }

  #mountMemory(volume: Volume, pod: Pod, directory: string): ReturnType<typeof mountMemory> {
    const { host } = this.context.options;
    return mountMemory(host.files, directory, memorySize(volume, pod, this.context.nodeAllocatable));
  }

  #sources(pod: Pod, work: PodWork): VolumeSources {
    const { client, config } = this.context.options;
    const { namespace } = work;
    const note = <T>(value: T): T => {
      this.#read.push(value);
      return value;
    };
    return {
      configMap: (name) => {
        const answer = client.get('configmaps', name, namespace);
        return note<ConfigMap | undefined>(isFailure(answer) ? undefined : answer);
      },
      secret: (name) => {
        const answer = client.get('secrets', name, namespace);
        return note<Secret | undefined>(isFailure(answer) ? undefined : answer);
      },
      token: (audience, expirationSeconds) => {
        const answer = this.#token(pod, audience, expirationSeconds);
        if ('token' in answer) note(answer.token);
        return answer;
      },
      hostIp: config.nodeIp,
      podIps: work.ips,
      nodeAllocatable: this.context.nodeAllocatable,
    };
  }

  #token(
    pod: Pod,
    audience: string | undefined,
    expirationSeconds: number,
  ): { readonly token: string } | { readonly error: string } {
    const { client, simulation } = this.context.options;
    const { unixMs } = simulation.clock;
    const known = this.#tokens.get(audience ?? '');
    if (known !== undefined && unixMs < known.renewAtMs) return known;
    const name = pod.spec.serviceAccountName ?? 'default';
    const { namespace = '', uid } = pod.metadata;
    const answer = client.createSubresource('serviceaccounts', { name, namespace }, 'token', {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: {
        audiences: audience === undefined ? [] : [audience],
        expirationSeconds,
        boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name: pod.metadata.name, uid },
      },
    });
    if (isFailure(answer)) return { error: `failed to fetch token: ${answer.message}` };
    const token = (answer['status'] as JsonObject | undefined)?.['token'];
    if (typeof token !== 'string') return { error: 'failed to fetch token: the answer has none' };
    const entry = { token, renewAtMs: unixMs + expirationSeconds * 800 };
    this.#tokens.set(audience ?? '', entry);
    return entry;
  }
}
