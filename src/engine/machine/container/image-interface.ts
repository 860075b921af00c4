/** Images as their owners see them: what a store holds, how a pull goes, what it answers. */
import type { Notify } from '../../sim/notify.ts';

/** containerd's namespace: dockerd's objects are in `moby`, the kubelet's in `k8s.io`. */
export type RuntimeNamespace = 'moby' | 'k8s.io';

/** An expected failure. `message` is runc's or containerd's own sentence, without the caller's prefixes. */
export interface RuntimeFailure {
  readonly failure:
    | 'not-found'
    | 'conflict'
    | 'invalid'
    | 'not-running'
    | 'image-missing'
    | 'executable-not-found'
    | 'permission-denied'
    | 'working-directory'
    | 'user-unknown'
    | 'mount'
    | 'unsupported'
    | 'pull';
  readonly message: string;
}
export const isFailure = (value: unknown): value is RuntimeFailure =>
  typeof value === 'object' && value !== null && 'failure' in value;

/** `config` of an OCI image configuration, in its JSON spelling. */
export interface ImageConfig {
  readonly User?: string;
  readonly ExposedPorts?: Readonly<Record<string, Readonly<Record<string, never>>>>;
  readonly Env?: readonly string[];
  readonly Entrypoint?: readonly string[];
  readonly Cmd?: readonly string[];
  readonly Volumes?: Readonly<Record<string, Readonly<Record<string, never>>>>;
  readonly WorkingDir?: string;
  readonly Labels?: Readonly<Record<string, string>>;
  readonly StopSignal?: string;
  readonly Shell?: readonly string[];
  readonly Healthcheck?: HealthcheckConfig;
}

/** Durations in ns, as in the JSON. */
export interface HealthcheckConfig {
  readonly Test?: readonly string[];
  readonly Interval?: number;
  readonly Timeout?: number;
  readonly StartPeriod?: number;
  readonly StartInterval?: number;
  readonly Retries?: number;
}

/** An image that a store holds. */
export interface ImageRecord {
  /** Digest of the configuration: `sha256:…`; docker's and CRI's image id. */
  readonly id: string;
  /** Digest of the manifest. */
  readonly manifestDigest: string;
  /** Normalised, with registry and tag: `docker.io/library/nginx:1.27`. In the order they were added. */
  readonly repoTags: readonly string[];
  /** `docker.io/library/nginx@sha256:…`. */
  readonly repoDigests: readonly string[];
  /** Bytes unpacked, as `docker images` shows. */
  readonly sizeBytes: number;
  /** Bytes of the compressed layers and the configuration, as `crictl images` shows. */
  readonly contentBytes: number;
  /** Unix ms. */
  readonly createdMs: number;
  readonly architecture: string;
  readonly os: string;
  readonly config: ImageConfig;
  /** Chain of layers, bottom first. */
  readonly layers: readonly LayerRecord[];
  readonly history: readonly ImageHistoryEntry[];
  readonly author?: string;
  /** Pinned images are not garbage-collected (the pause image). */
  readonly pinned?: boolean;
}

export interface LayerRecord {
  /** Digest of the compressed blob, as the registry serves it. */
  readonly digest: string;
  /** Digest of the unpacked archive (`rootfs.diff_ids`). */
  readonly diffId: string;
  readonly compressedBytes: number;
  readonly sizeBytes: number;
}

export interface ImageHistoryEntry {
  readonly createdMs: number;
  readonly createdBy: string;
  readonly comment?: string;
  readonly emptyLayer?: boolean;
  readonly sizeBytes: number;
}

export interface PullRequest {
  /** As typed: `nginx`, `nginx:1.27`, `quay.io/org/app@sha256:…`. */
  readonly reference: string;
  /** From an imagePullSecret or `docker login`. */
  readonly auth?: { readonly username: string; readonly password: string };
}

/** A layer's progress, told to `progress` with `{ pullId, progress: PullProgress }`. */
export type PullProgress =
  | { readonly status: 'pulling'; readonly tag: string; readonly repository: string }
  | {
      readonly status: 'layer';
      readonly layer: string;
      readonly phase: LayerPhase;
      readonly currentBytes?: number;
      readonly totalBytes?: number;
    };
export type LayerPhase =
  | 'Pulling fs layer'
  | 'Waiting'
  | 'Downloading'
  | 'Verifying Checksum'
  | 'Download complete'
  | 'Extracting'
  | 'Pull complete'
  | 'Already exists';

/** What the registry answered; `pull-error.ts` words it as docker and as containerd do. */
export type PullFailure =
  | { readonly reason: 'invalid-reference'; readonly reference: string; readonly detail: string }
  | { readonly reason: 'denied'; readonly repository: string; readonly tag: string }
  | { readonly reason: 'manifest-unknown'; readonly repository: string; readonly tag: string }
  | { readonly reason: 'unauthorized'; readonly repository: string; readonly tag: string }
  /** A real image that Drydock does not describe. */
  | { readonly reason: 'not-simulated'; readonly repository: string; readonly tag: string }
  | {
      readonly reason: 'unreachable';
      readonly registry: string;
      readonly repository: string;
      readonly tag: string;
      readonly detail: string;
    };

/**
 * Told to a pull's `done`: `{ pullId, result: PullOutcome }`.
 */
export type PullOutcome =
  | {
      readonly ok: true;
      readonly imageId: string;
      /** Normalised reference. */
      readonly reference: string;
      readonly manifestDigest: string;
      /** The image was already there and up to date. */
      readonly upToDate: boolean;
      readonly contentBytes: number;
      readonly durationUs: number;
    }
  | { readonly ok: false; readonly failure: PullFailure };

/** The images of one namespace of one host. */
export interface ImageStore {
  /** Starts a pull; answers its number. `done` is told once, `progress` at every step if given. */
  pull(request: PullRequest, done: Notify, progress?: Notify): number;
  cancelPull(pullId: number): void;
  list(): readonly ImageRecord[];
  /** By reference as typed, repository digest, id with or without `sha256:`, or a unique id prefix. */
  find(reference: string): ImageRecord | undefined;
  /** Gives an image one more name. */
  tag(imageId: string, reference: string): RuntimeFailure | undefined;
  /** Takes one name away; with the last name the image and the layers that nobody else holds go. */
  untag(
    reference: string,
  ): { readonly untagged: readonly string[]; readonly deleted: readonly string[] } | RuntimeFailure;
  /** Removes the image with all its names. */
  remove(
    imageId: string,
  ): { readonly untagged: readonly string[]; readonly deleted: readonly string[] } | RuntimeFailure;
  /** Puts an image there without a pull (images preloaded by kubeadm, a build, a load). */
  preload(reference: string): RuntimeFailure | undefined;
  /** Bytes of all layers, shared ones once. */
  usedBytes(): number;
}
