/**
 * An image with what follows from its definition: layers with digests, configuration and manifest as served.
 * Everything is computed when first asked for, once per process: digests depend on the definition alone.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import { parseRfc3339 } from '../../sim/clock.ts';
import { FileTree } from '../files/trees/file-tree.ts';
import type { ImageConfig, ImageHistoryEntry, LayerRecord } from './interface.ts';
import { archiveOf, gzipStored } from './layer-archive.ts';
import type { LayerFile } from './layer-files.ts';
import type { ImageDefinition, LayerDefinition } from './image-definition.ts';

/** `sha256:` and 64 hexadecimal digits. */
export function digestOf(bytes: Uint8Array): string {
  let text = 'sha256:';
  for (const byte of sha256(bytes)) text += (byte < 16 ? '0' : '') + byte.toString(16);
  return text;
}

/** A layer's content and identity. */
export class Layer {
  #record: LayerRecord | undefined;
  #files: readonly LayerFile[] | undefined;
  #tree: FileTree | undefined;
  constructor(readonly definition: LayerDefinition) {}

  get files(): readonly LayerFile[] {
    this.#files ??= this.definition.files();
    return this.#files;
  }
  /** The content as a tree that file systems show; its id is the layer's diff id. */
  get tree(): FileTree {
    this.#tree ??= new FileTree(this.record.diffId, this.files);
    return this.#tree;
  }
  get record(): LayerRecord {
    this.#record ??= this.#describe();
    return this.#record;
  }
  /** The blob as served. */
  blob(): Uint8Array {
    return gzipStored(this.archive());
  }
  archive(): Uint8Array {
    return archiveOf(this.files);
  }
  #describe(): LayerRecord {
    const archive = this.archive();
    const { compressedBytes, sizeBytes } = this.definition;
    const diffId = digestOf(archive);
    byDiffId.set(diffId, this);
    return { digest: digestOf(gzipStored(archive)), diffId, compressedBytes, sizeBytes };
  }
}

const layers = new Map<LayerDefinition, Layer>();
/** Layers whose digests are known by now. */
const byDiffId = new Map<string, Layer>();

/** The layer of these images with a diff id; digests are computed only as far as none that is known fits. */
export function findLayer(diffId: string, images: Iterable<Image>): Layer | undefined {
  const known = byDiffId.get(diffId);
  if (known !== undefined) return known;
  for (const image of images) for (const layer of image.layers) if (layer.record.diffId === diffId) return layer;
  return undefined;
}

/** The layer of a definition; images on one base share it. */
export function layerOf(definition: LayerDefinition): Layer {
  const known = layers.get(definition);
  if (known !== undefined) return known;
  const fresh = new Layer(definition);
  layers.set(definition, fresh);
  return fresh;
}

export class Image {
  #config: { readonly bytes: Uint8Array; readonly digest: string } | undefined;
  #manifest: { readonly bytes: Uint8Array; readonly digest: string } | undefined;
  readonly layers: readonly Layer[];
  readonly createdMs: number;
  constructor(readonly definition: ImageDefinition) {
    this.layers = definition.steps.flatMap((step) => ('layer' in step ? [layerOf(step.layer)] : []));
    this.createdMs = parseRfc3339(definition.created) ?? 0;
  }

  /** Digest of the configuration: the image id. */
  get id(): string {
    return this.configBlob().digest;
  }
  get manifestDigest(): string {
    return this.manifestBlob().digest;
  }
  get config(): ImageConfig {
    return this.definition.config;
  }
  /** Bytes unpacked. */
  get sizeBytes(): number {
    return this.layers.reduce((sum, { definition }) => sum + definition.sizeBytes, 0);
  }
  /** Bytes to download. */
  get contentBytes(): number {
    return this.layers.reduce(
      (sum, { definition }) => sum + definition.compressedBytes,
      this.configBlob().bytes.length,
    );
  }
  get history(): readonly ImageHistoryEntry[] {
    return this.definition.steps.map((step) => ({
      createdMs: step.created === undefined ? this.createdMs : (parseRfc3339(step.created) ?? 0),
      createdBy: step.createdBy,
      ...(step.comment === undefined ? {} : { comment: step.comment }),
      ...('layer' in step ? {} : { emptyLayer: true }),
      sizeBytes: 'layer' in step ? step.layer.sizeBytes : 0,
    }));
  }

  configBlob(): { readonly bytes: Uint8Array; readonly digest: string } {
    this.#config ??= jsonBlob({
      architecture: 'amd64',
      author: this.definition.author,
      config: this.definition.config,
      created: this.definition.created,
      history: this.definition.steps.map((step) => ({
        created: step.created ?? this.definition.created,
        created_by: step.createdBy,
        comment: step.comment,
        empty_layer: 'layer' in step ? undefined : true,
      })),
      os: 'linux',
      rootfs: { type: 'layers', diff_ids: this.layers.map(({ record }) => record.diffId) },
    });
    return this.#config;
  }

  manifestBlob(): { readonly bytes: Uint8Array; readonly digest: string } {
    const config = this.configBlob();
    this.#manifest ??= jsonBlob({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: {
        mediaType: 'application/vnd.oci.image.config.v1+json',
        digest: config.digest,
        size: config.bytes.length,
      },
      layers: this.layers.map(({ record }) => ({
        mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
        digest: record.digest,
        size: record.compressedBytes,
      })),
    });
    return this.#manifest;
  }
}

function jsonBlob(value: unknown): { readonly bytes: Uint8Array; readonly digest: string } {
  const bytes = encodeUtf8(JSON.stringify(value));
  return { bytes, digest: digestOf(bytes) };
}
