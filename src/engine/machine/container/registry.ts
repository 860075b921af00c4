/**
 * The registries of the outside world, answering for the images of a catalogue.
 * Models: names, tags, digests, and how each registry refuses what it does not have.
 * Leaves out: authentication, rate limits, pushes.
 */
import type { Hop } from '../../sim/hop.ts';
import type { FileTree } from '../files/trees/file-tree.ts';
import type { ImagePrograms } from '../images/image-programs.ts';
import { findLayer, Image, type Layer } from './image.ts';
import type { ImageDefinition } from './image-definition.ts';
import type { PullFailure } from './interface.ts';
import { formatReference, repositoryOf, withDefaultTag, type ImageReference } from './reference.ts';

const images = new Map<ImageDefinition, Image>();

/** The image of a definition; one per process, since it depends on the definition alone. */
export function imageOf(definition: ImageDefinition): Image {
  const known = images.get(definition);
  if (known !== undefined) return known;
  const fresh = new Image(definition);
  images.set(definition, fresh);
  return fresh;
}

/** Hosts that answer; any other name does not resolve. */
const KNOWN_REGISTRIES = new Set([
  'docker.io',
  'registry.k8s.io',
  'k8s.gcr.io',
  'gcr.io',
  'quay.io',
  'ghcr.io',
  'mcr.microsoft.com',
  'public.ecr.aws',
]);

export class Registry {
  readonly #byReference = new Map<string, ImageDefinition>();
  readonly #byRepository = new Map<string, ImageDefinition[]>();
  readonly #notSimulated: ReadonlySet<string>;
  /** How many of the images that come later are in the tables. */
  #late = 0;

  /** @param notSimulated names (`docker.io/library/mysql`) that exist in the world and not in the catalogue. */
  constructor(
    definitions: readonly ImageDefinition[],
    notSimulated: readonly string[] = [],
    private readonly programs?: ImagePrograms,
  ) {
    this.#notSimulated = new Set(notSimulated);
    this.#add(definitions);
  }

  #add(definitions: readonly ImageDefinition[]): void {
    for (const definition of definitions) {
      for (const reference of definition.references) {
        this.#byReference.set(reference, definition);
        const repository = reference.slice(0, reference.lastIndexOf(':'));
        const held = this.#byRepository.get(repository);
        if (held === undefined) this.#byRepository.set(repository, [definition]);
        else if (!held.includes(definition)) held.push(definition);
      }
    }
  }

  /** Takes up what has loaded since. */
  #definitions(): ReadonlyMap<string, ImageDefinition> {
    const late = this.programs?.images ?? [];
    if (late.length > this.#late) {
      this.#add(late.slice(this.#late));
      this.#late = late.length;
    }
    return this.#byReference;
  }

  /** Every `repository:tag` that can be pulled, in the catalogue's order. */
  references(): readonly string[] {
    return [...this.#definitions().keys()];
  }
  repositories(): readonly string[] {
    return [...this.#byRepository.keys()];
  }

  /** The image by its exact normalised name; also how snapshots find it again. */
  image(reference: string): Image | undefined {
    const definition = this.#definitions().get(reference);
    return definition === undefined ? undefined : imageOf(definition);
  }

  /** A layer of the catalogue by its diff id. */
  layer(diffId: string): Layer | undefined {
    return findLayer(diffId, new Set([...this.#definitions().values()].map(imageOf)));
  }
  /** Its content: how snapshots find trees again. */
  layerTree(diffId: string): FileTree | undefined {
    return this.layer(diffId)?.tree;
  }

  /** The registry will be asked, or an image is on its way to a host. */
  fetchPrograms(hop: Hop): void {
    this.programs?.fetch(hop);
  }

  /** What the registry answers for a manifest. */
  resolve(typed: ImageReference): Image | PullFailure {
    const reference = withDefaultTag(typed);
    const repository = repositoryOf(reference);
    const tag = reference.digest ?? reference.tag ?? 'latest';
    const found =
      reference.digest === undefined
        ? this.image(formatReference(reference))
        : (this.#byRepository.get(repository) ?? [])
            .map(imageOf)
            .find(({ manifestDigest }) => manifestDigest === reference.digest);
    return found ?? this.#refusal(reference.registry, repository, tag);
  }

  #refusal(registry: string, repository: string, tag: string): PullFailure {
    if (!KNOWN_REGISTRIES.has(registry)) {
      const host = registry.replace(/:\d+$/, '');
      const isAddress = host === 'localhost' || /^\d+\.\d+\.\d+\.\d+$/.test(host);
      const address = `${host === 'localhost' ? '127.0.0.1' : host}:${/:(\d+)$/.exec(registry)?.[1] ?? '443'}`;
      const detail = isAddress
        ? `dial tcp ${address}: connect: connection refused`
        : `dial tcp: lookup ${host} on 127.0.0.53:53: no such host`;
      return { reason: 'unreachable', registry, repository, tag, detail };
    }
    if (this.#notSimulated.has(repository) || this.programs?.isNotSimulated(`${repository}:${tag}`) === true)
      return { reason: 'not-simulated', repository, tag };
    if (this.#byRepository.has(repository) || registry === 'registry.k8s.io' || registry === 'mcr.microsoft.com') {
      return { reason: 'manifest-unknown', repository, tag };
    }
    return { reason: registry === 'quay.io' ? 'unauthorized' : 'denied', repository, tag };
  }
}

export const isPullFailure = (value: Image | PullFailure): value is PullFailure => 'reason' in value;
