/**
 * The images of one namespace on one host: names, pulls, and which layers are on the disk.
 */
import type { Plain } from '../../../protocol/plain.ts';
import { tell, type Notify } from '../../sim/notify.ts';
import type { Simulation } from '../../sim/simulation.ts';
import { Image } from './image.ts';
import type {
  ImageRecord,
  ImageStore,
  LayerRecord,
  PullOutcome,
  PullProgress,
  PullRequest,
  RuntimeFailure,
  RuntimeNamespace,
} from './interface.ts';
import { LocalDefinitions, stepsOf, type LocalImage, type LocalStep } from './local-image.ts';
import { planPull, type PullStep } from './pull-plan.ts';
import { formatReference, isReferenceError, parseReference, repositoryOf, withDefaultTag } from './reference.ts';
import { isPullFailure, type Registry } from './registry.ts';

interface HeldImage {
  readonly image: Image;
  /** How a snapshot finds the image again: a name of the catalogue, or all of it. */
  readonly source: string | LocalImage;
  tags: readonly string[];
  digests: readonly string[];
  pinned: boolean;
  record: ImageRecord | undefined;
}

interface Pull {
  readonly id: number;
  readonly reference: string;
  readonly done: Notify;
  readonly progress?: Notify;
  readonly startedUs: number;
  /** Set once the manifest is there. */
  readonly source?: string;
  readonly upToDate?: boolean;
  readonly steps?: readonly PullStep[];
  readonly next: number;
}

/** Token, HEAD and GET of the manifest. */
const RESOLVE_US = 420_000;

/** What a removal or a pull tells the runtime. */
export interface StoreEvents {
  imagePulled(namespace: RuntimeNamespace, reference: string): void;
  /** `layers`: diff ids that no other image of the namespace has. */
  imageRemoved(namespace: RuntimeNamespace, imageId: string, layers: readonly string[]): void;
}

export class HostImageStore implements ImageStore {
  readonly #held = new Map<string, HeldImage>();
  readonly #tags = new Map<string, string>();
  #pulls = new Map<number, Pull>();
  readonly #local: LocalDefinitions;
  #nextPull = 1;

  /** @param target the component that hands events of type `pull/<namespace>` to `handle`. */
  constructor(
    private readonly sim: Simulation,
    private readonly registry: Registry,
    readonly namespace: RuntimeNamespace,
    private readonly target: string,
    private readonly events: StoreEvents,
  ) {
    this.#local = new LocalDefinitions((diffId) => registry.layer(diffId));
  }

  pull(request: PullRequest, done: Notify, progress?: Notify): number {
    const id = this.#nextPull;
    this.#nextPull += 1;
    const base = { id, reference: request.reference, done, startedUs: this.sim.clock.nowUs, next: 0 };
    const pull: Pull = progress === undefined ? base : { ...base, progress };
    const parsed = parseReference(request.reference);
    if (isReferenceError(parsed)) {
      const failure = { reason: 'invalid-reference', reference: request.reference, detail: parsed.detail } as const;
      this.#finish(pull, { ok: false, failure });
      return id;
    }
    this.#pulls.set(id, pull);
    this.registry.fetchPrograms(this.sim.hop);
    const delay = this.sim.random.for(this.target, 'registry').jitter(RESOLVE_US, 0.2);
    this.sim.loop.schedule(delay, this.target, `pull/${this.namespace}`, { pullId: id });
    return id;
  }

  cancelPull(pullId: number): void {
    this.#pulls.delete(pullId);
  }

  /** The next step of a pull. */
  handle(payload: Plain): void {
    const { pullId } = payload as { readonly pullId: number };
    const pull = this.#pulls.get(pullId);
    if (pull === undefined) return;
    if (pull.steps === undefined) this.#resolve(pull);
    else this.#advance(pull, pull.steps);
  }

  #resolve(pull: Pull): void {
    const parsed = parseReference(pull.reference);
    if (isReferenceError(parsed)) return;
    const reference = withDefaultTag(parsed);
    const image = this.registry.resolve(reference);
    if (isPullFailure(image)) {
      this.#pulls.delete(pull.id);
      this.#finish(pull, { ok: false, failure: image });
      return;
    }
    const tag = reference.tag ?? reference.digest ?? '';
    this.#report(pull, { status: 'pulling', tag, repository: repositoryOf(reference) });
    const source = image.definition.references[0] ?? formatReference(reference);
    const upToDate = this.#tags.get(formatReference(reference)) === image.id;
    const present = this.#layerDigests();
    const plan = planPull(
      image.layers.map(({ record, definition }) => ({
        name: record.digest.slice(7, 19),
        compressedBytes: definition.compressedBytes,
        sizeBytes: definition.sizeBytes,
        present: present.has(record.digest),
      })),
      pull.progress !== undefined,
    );
    // Nobody follows the layers: one event at the end is enough.
    const quiet: readonly PullStep[] = [{ atUs: plan.durationUs, layer: '', phase: 'Pull complete' }];
    const steps = upToDate ? [] : pull.progress === undefined ? quiet : plan.steps;
    this.#advance({ ...pull, source, upToDate, steps }, steps);
  }

  #advance(pull: Pull, steps: readonly PullStep[]): void {
    const begun = steps[pull.next - 1]?.atUs ?? 0;
    let { next } = pull;
    if (next > 0) this.#step(pull, steps[next - 1]);
    for (let step = steps[next]; step !== undefined; step = steps[next]) {
      next += 1;
      if (step.atUs > begun) {
        this.#pulls.set(pull.id, { ...pull, next });
        this.sim.loop.schedule(step.atUs - begun, this.target, `pull/${this.namespace}`, { pullId: pull.id });
        return;
      }
      this.#step(pull, step);
    }
    this.#pulls.delete(pull.id);
    this.#complete(pull);
  }

  #step(pull: Pull, step: PullStep | undefined): void {
    if (step === undefined || pull.progress === undefined) return;
    const { layer, phase, currentBytes, totalBytes } = step;
    this.#report(pull, {
      status: 'layer',
      layer,
      phase,
      ...(currentBytes === undefined ? {} : { currentBytes }),
      ...(totalBytes === undefined ? {} : { totalBytes }),
    });
  }

  #report(pull: Pull, progress: PullProgress): void {
    if (pull.progress !== undefined) tell(this.sim.loop, pull.progress, { pullId: pull.id, progress });
  }

  #complete(pull: Pull): void {
    const image = this.registry.image(pull.source ?? '');
    const parsed = parseReference(pull.reference);
    if (image === undefined || isReferenceError(parsed)) return;
    const reference = withDefaultTag(parsed);
    const name = formatReference(reference);
    this.#hold(image, reference.digest === undefined ? name : undefined, repositoryOf(reference));
    this.sim.trace.record(this.target, 'image.pulled', `image/${name}`, { namespace: this.namespace });
    this.events.imagePulled(this.namespace, name);
    this.#finish(pull, {
      ok: true,
      imageId: image.id,
      reference: name,
      manifestDigest: image.manifestDigest,
      upToDate: pull.upToDate === true,
      contentBytes: image.contentBytes,
      durationUs: this.sim.clock.nowUs - pull.startedUs,
    });
  }

  #finish(pull: Pull, result: PullOutcome): void {
    tell(this.sim.loop, pull.done, { pullId: pull.id, result });
  }

  #hold(image: Image, tag: string | undefined, repository: string | undefined): HeldImage {
    const held = this.#heldOf(image, image.definition.references[0] ?? '');
    const digest = repository === undefined ? undefined : `${repository}@${image.manifestDigest}`;
    if (digest !== undefined && !held.digests.includes(digest)) held.digests = [...held.digests, digest];
    if (tag !== undefined) this.#name(tag, held);
    held.record = undefined;
    return held;
  }

  #heldOf(image: Image, source: HeldImage['source']): HeldImage {
    const held = this.#held.get(image.id) ?? { image, source, tags: [], digests: [], pinned: false, record: undefined };
    this.#held.set(image.id, held);
    return held;
  }

  /** Puts an image there that this host made or was given; undefined where one of its layers is missing. */
  addLocal(local: LocalImage): ImageRecord | undefined {
    const definition = this.#local.definitionOf(local);
    this.registry.fetchPrograms(this.sim.hop);
    return definition === undefined ? undefined : recordOf(this.#heldOf(new Image(definition), local));
  }

  /** What an image was built from, for another to be built upon. */
  steps(id: string): readonly LocalStep[] {
    const held = this.#held.get(id);
    if (held === undefined) return [];
    return typeof held.source === 'string' ? stepsOf(held.image) : held.source.steps;
  }

  /** Moves a name to an image; the image that had it stays, perhaps without a name. */
  #name(tag: string, held: HeldImage): void {
    const previous = this.#held.get(this.#tags.get(tag) ?? '');
    if (previous === held) return;
    if (previous !== undefined) {
      previous.tags = previous.tags.filter((name) => name !== tag);
      previous.record = undefined;
    }
    this.#tags.set(tag, held.image.id);
    held.tags = [...held.tags, tag];
    held.record = undefined;
  }

  preload(reference: string): RuntimeFailure | undefined {
    const parsed = parseReference(reference);
    const image = isReferenceError(parsed) ? undefined : this.registry.image(formatReference(withDefaultTag(parsed)));
    if (image === undefined || isReferenceError(parsed))
      return { failure: 'image-missing', message: `no image ${reference} in the catalogue` };
    const held = this.#hold(image, formatReference(withDefaultTag(parsed)), repositoryOf(parsed));
    if (parsed.path === 'pause') held.pinned = true;
    return undefined;
  }

  list(): readonly ImageRecord[] {
    return [...this.#held.values()].map(recordOf);
  }

  find(reference: string): ImageRecord | undefined {
    const held = this.#find(reference);
    return held === undefined ? undefined : recordOf(held);
  }

  /** The image itself, for who builds a root file system of it. */
  image(id: string): Image | undefined {
    return this.#held.get(id)?.image;
  }

  #find(reference: string): HeldImage | undefined {
    const exact = this.#held.get(reference);
    if (exact !== undefined) return exact;
    const parsed = parseReference(reference);
    if (!isReferenceError(parsed)) {
      if (parsed.digest !== undefined) {
        const digest = `${repositoryOf(parsed)}@${parsed.digest}`;
        for (const held of this.#held.values()) if (held.digests.includes(digest)) return held;
        return undefined;
      }
      const named = this.#held.get(this.#tags.get(formatReference(withDefaultTag(parsed))) ?? '');
      if (named !== undefined) return named;
    }
    if (!/^(sha256:)?[0-9a-f]+$/.test(reference)) return undefined;
    const prefix = reference.startsWith('sha256:') ? reference : `sha256:${reference}`;
    const matches = [...this.#held].filter(([id]) => id.startsWith(prefix));
    return matches.length === 1 ? matches[0]?.[1] : undefined;
  }

  tag(imageId: string, reference: string): RuntimeFailure | undefined {
    const held = this.#find(imageId);
    if (held === undefined) return { failure: 'image-missing', message: `No such image: ${imageId}` };
    const parsed = parseReference(reference);
    if (isReferenceError(parsed)) return { failure: 'invalid', message: parsed.detail };
    if (parsed.digest !== undefined)
      return { failure: 'invalid', message: 'refusing to create a tag with a digest reference' };
    this.#name(formatReference(withDefaultTag(parsed)), held);
    return undefined;
  }

  untag(
    reference: string,
  ): { readonly untagged: readonly string[]; readonly deleted: readonly string[] } | RuntimeFailure {
    const held = this.#find(reference);
    const parsed = parseReference(reference);
    if (held === undefined || isReferenceError(parsed))
      return { failure: 'image-missing', message: `No such image: ${reference}` };
    const name = formatReference(withDefaultTag(parsed));
    const repository = repositoryOf(parsed);
    held.tags = held.tags.filter((tag) => tag !== name);
    this.#tags.delete(name);
    held.record = undefined;
    const untagged = [name];
    // The digest goes with the last tag of its repository.
    if (!held.tags.some((tag) => tag.startsWith(`${repository}:`))) {
      const gone = held.digests.filter((digest) => digest.startsWith(`${repository}@`));
      held.digests = held.digests.filter((digest) => !gone.includes(digest));
      untagged.push(...gone);
    }
    const deleted = held.tags.length === 0 ? this.#drop(held) : [];
    return { untagged, deleted };
  }

  remove(
    imageId: string,
  ): { readonly untagged: readonly string[]; readonly deleted: readonly string[] } | RuntimeFailure {
    const held = this.#find(imageId);
    if (held === undefined) return { failure: 'image-missing', message: `No such image: ${imageId}` };
    const untagged = [...held.tags, ...held.digests];
    for (const tag of held.tags) this.#tags.delete(tag);
    return { untagged, deleted: this.#drop(held) };
  }

  /** Answers the image's id and the chain ids of the layers nobody else holds. */
  #drop(held: HeldImage): readonly string[] {
    const { image } = held;
    this.#held.delete(image.id);
    const kept = new Set([...this.#held.values()].flatMap((other) => other.image.layers));
    const gone = image.layers.filter((layer) => !kept.has(layer)).toReversed();
    const diffIds = gone.map(({ record }) => record.diffId);
    this.events.imageRemoved(this.namespace, image.id, diffIds);
    return [image.id, ...diffIds];
  }

  usedBytes(): number {
    const layers = new Set([...this.#held.values()].flatMap(({ image }) => image.layers));
    return [...layers].reduce((sum, { definition }) => sum + definition.sizeBytes, 0);
  }

  #layerDigests(): ReadonlySet<string> {
    return new Set([...this.#held.values()].flatMap(({ image }) => image.layers.map(({ record }) => record.digest)));
  }

  snapshot(): Plain {
    return {
      nextPull: this.#nextPull,
      pulls: [...this.#pulls.values()] as unknown as Plain,
      images: [...this.#held.values()].map(({ source, tags, digests, pinned }) => ({
        source: source as unknown as Plain,
        tags,
        digests,
        pinned,
      })),
    };
  }

  restore(state: Plain): void {
    const saved = state as unknown as {
      nextPull: number;
      pulls: Pull[];
      images: { source: HeldImage['source']; tags: string[]; digests: string[]; pinned: boolean }[];
    };
    this.#nextPull = saved.nextPull;
    this.#pulls = new Map(saved.pulls.map((pull) => [pull.id, pull]));
    this.#held.clear();
    this.#tags.clear();
    for (const { source, tags, digests, pinned } of saved.images) {
      const image = this.#imageOf(source);
      if (image === undefined) continue;
      this.#held.set(image.id, { image, source, tags, digests, pinned, record: undefined });
      for (const tag of tags) this.#tags.set(tag, image.id);
    }
  }

  #imageOf(source: HeldImage['source']): Image | undefined {
    if (typeof source === 'string') return this.registry.image(source);
    const definition = this.#local.definitionOf(source);
    return definition === undefined ? undefined : new Image(definition);
  }
}

function recordOf(held: HeldImage): ImageRecord {
  const { image } = held;
  const layers: readonly LayerRecord[] = image.layers.map(({ record }) => record);
  held.record ??= {
    id: image.id,
    manifestDigest: image.manifestDigest,
    repoTags: held.tags,
    repoDigests: held.digests,
    sizeBytes: image.sizeBytes,
    contentBytes: image.contentBytes,
    createdMs: image.createdMs,
    architecture: 'amd64',
    os: 'linux',
    config: image.config,
    layers,
    history: image.history,
    ...(image.definition.author === undefined ? {} : { author: image.definition.author }),
    ...(held.pinned ? { pinned: true } : {}),
  };
  return held.record;
}
