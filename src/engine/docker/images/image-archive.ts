/**
 * `docker save`, `docker load` and `docker import`: images as tar archives.
 * Models: the layout of OCI with Docker's manifest.json, layers uncompressed, whiteouts.
 * Leaves out: archives of images for several platforms, compressed layers.
 */
import { decodeUtf8, encodeUtf8 } from '../../../protocol/bytes.ts';
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import { readTar, writeTar, type TarEntry } from '../../../formats/tar.ts';
import { digestOf, type Image } from '../../machine/container/image.ts';
import type { LayerFile } from '../../machine/container/layer-files.ts';
import type { LocalImage, LocalLayer, LocalStep } from '../../machine/container/local-image.ts';
import { familiarName } from '../../machine/container/reference.ts';
import { flag, isObject, list, object, text, texts } from '../json-fields.ts';
import { apiError, isApiError, type ApiError, type Engine } from '../model.ts';
import { time } from '../views.ts';
import { noSuchImage, tagImage } from './images-api.ts';

const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';

/** @param references names or ids; an id is saved without its names */
export function saveImages(engine: Engine, references: readonly string[]): Uint8Array | ApiError {
  const store = engine.runtime.images('moby');
  const blobs = new Map<string, Uint8Array>();
  const shown: JsonObject[] = [];
  const index: JsonObject[] = [];
  for (const reference of references) {
    const found = store.find(reference);
    const image = found === undefined ? undefined : store.image(found.id);
    if (found === undefined || image === undefined) return noSuchImage(reference);
    const isId = /^(sha256:)?[0-9a-f]+$/.test(reference);
    const tags = found.repoTags.map(familiarName);
    shown.push(
      addImage(blobs, image, isId ? [] : tags.filter((tag) => tag === reference || tag.startsWith(`${reference}:`))),
    );
    index.push({ mediaType: OCI_MANIFEST, digest: image.manifestDigest, size: image.manifestBlob().bytes.length });
  }
  const json = (value: JsonValue): Uint8Array => encodeUtf8(JSON.stringify(value));
  return writeTar([
    ...['blobs', 'blobs/sha256'].map((name) => entry(name, undefined)),
    ...[...blobs].map(([digest, bytes]) => entry(blobPath(digest), bytes)),
    entry(
      'index.json',
      json({ schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', manifests: index }),
    ),
    entry('manifest.json', json(shown)),
    entry('oci-layout', json({ imageLayoutVersion: '1.0.0' })),
  ]);
}

const blobPath = (digest: string): string => `blobs/sha256/${digest.slice('sha256:'.length)}`;

const entry = (name: string, bytes: Uint8Array | undefined): TarEntry => ({
  name,
  mode: bytes === undefined ? 0o755 : 0o644,
  uid: 0,
  gid: 0,
  modifiedMs: 0,
  ...(bytes === undefined ? { type: 'directory' } : { type: 'file', bytes }),
});

/** Answers the image's entry of manifest.json. */
function addImage(blobs: Map<string, Uint8Array>, image: Image, tags: readonly string[]): JsonObject {
  const config = image.configBlob();
  const manifest = image.manifestBlob();
  blobs.set(config.digest, config.bytes).set(manifest.digest, manifest.bytes);
  for (const layer of image.layers) blobs.set(layer.record.diffId, layer.archive());
  return {
    Config: blobPath(config.digest),
    RepoTags: tags.length === 0 ? null : tags,
    Layers: image.layers.map(({ record }) => blobPath(record.diffId)),
  };
}

/** Answers the lines that `docker load` prints. */
export function loadImages(engine: Engine, archive: Uint8Array): readonly JsonObject[] | ApiError {
  const entries = new Map((readTar(archive) ?? []).map(({ name, bytes }) => [name.replace(/^\.\//, ''), bytes]));
  const manifest = parsed(entries.get('manifest.json'));
  if (!Array.isArray(manifest))
    return apiError(400, 'open /var/lib/docker/tmp/docker-import/manifest.json: no such file or directory');
  const lines: JsonObject[] = [];
  for (const item of manifest as readonly JsonValue[]) {
    const loaded = isObject(item) ? loadImage(engine, item, entries) : apiError(400, 'invalid manifest');
    if (isApiError(loaded)) return loaded;
    const tags = texts(isObject(item) ? item : {}, 'RepoTags');
    for (const tag of tags) {
      const refused = tagImage(engine, loaded.id, tag, '');
      if (refused !== undefined) return refused;
      lines.push({ stream: `Loaded image: ${tag}\n` });
    }
    if (tags.length === 0) lines.push({ stream: `Loaded image ID: ${loaded.id}\n` });
    engine.emit('image', 'load', loaded.id, { name: loaded.id });
  }
  return lines;
}

type Entries = ReadonlyMap<string, Uint8Array | undefined>;

function loadImage(engine: Engine, item: JsonObject, entries: Entries): { readonly id: string } | ApiError {
  const config = parsed(entries.get(text(item, 'Config')));
  if (!isObject(config)) return apiError(400, `invalid archive: no configuration ${text(item, 'Config')}`);
  const layers: LocalLayer[] = [];
  for (const path of texts(item, 'Layers')) {
    const layer = layerOf(engine, entries.get(path));
    if (isApiError(layer)) return layer;
    layers.push(layer);
  }
  const image: LocalImage = {
    created: text(config, 'created'),
    config: object(config, 'config'),
    ...(text(config, 'author') === '' ? {} : { author: text(config, 'author') }),
    steps: stepsOf(config, layers),
  };
  return engine.runtime.images('moby').addLocal(image) ?? apiError(400, 'invalid archive: a layer is missing');
}

/** A layer of the catalogue by its digest, any other by its files. */
function layerOf(engine: Engine, archive: Uint8Array | undefined): LocalLayer | ApiError {
  if (archive === undefined) return apiError(400, 'invalid archive: a layer is missing');
  const diffId = digestOf(archive);
  if (engine.registry.layer(diffId) !== undefined) return { diffId };
  const entries = readTar(archive);
  return entries === undefined ? apiError(400, 'archive/tar: invalid tar header') : { files: entries.map(layerFile) };
}

function stepsOf(config: JsonObject, layers: readonly LocalLayer[]): readonly LocalStep[] {
  const left = [...layers];
  return list(config, 'history').flatMap((item): readonly LocalStep[] => {
    if (!isObject(item)) return [];
    const comment = text(item, 'comment');
    const said = {
      createdBy: text(item, 'created_by'),
      created: text(item, 'created'),
      ...(comment === '' ? {} : { comment }),
    };
    const layer = flag(item, 'empty_layer') ? undefined : left.shift();
    return [layer === undefined ? said : { ...said, layer }];
  });
}

function layerFile({ name, type, mode, uid, gid, modifiedMs, target = '', bytes }: TarEntry): LayerFile {
  const base = { path: name.replace(/^\.?\//, ''), mode, uid, gid, mtimeMs: modifiedMs };
  const cut = base.path.lastIndexOf('/') + 1;
  if (base.path.startsWith('.wh.', cut))
    return { type: 'whiteout', path: base.path.slice(0, cut) + base.path.slice(cut + 4) };
  switch (type) {
    case 'directory':
      return { ...base, type };
    case 'symlink':
    case 'hardlink':
      return { ...base, type, target };
    case 'file':
      return { ...base, type, ...(bytes === undefined ? {} : { bytes }) };
  }
}

function parsed(bytes: Uint8Array | undefined): JsonValue {
  if (bytes === undefined) return undefined;
  try {
    return JSON.parse(decodeUtf8(bytes)) as JsonValue;
  } catch {
    return undefined;
  }
}

/** `docker import`: an image of one layer without a configuration. Answers its id. */
export function importImage(
  engine: Engine,
  archive: Uint8Array,
  { repository, tag, message }: { readonly repository: string; readonly tag: string; readonly message: string },
): { readonly id: string } | ApiError {
  const entries = readTar(archive);
  if (entries === undefined) return apiError(400, 'archive/tar: invalid tar header');
  const created = time(engine.sim.clock.unixUs);
  const comment = message === '' ? 'Imported from -' : message;
  const files = entries.map(layerFile).filter(({ path }) => path !== '' && path !== '.');
  const image = engine.runtime
    .images('moby')
    .addLocal({ created, config: {}, steps: [{ createdBy: '', created, comment, layer: { files } }] });
  if (image === undefined) return apiError(500, 'invalid archive');
  const refused = repository === '' ? undefined : tagImage(engine, image.id, repository, tag);
  if (refused !== undefined) return refused;
  engine.emit('image', 'import', image.id, { name: image.id });
  return { id: image.id };
}
