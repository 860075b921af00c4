/** The image part of the API: pull, list, inspect, history, tag, remove, prune, search. */
import { globRegExp } from '../../../formats/glob.ts';
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import { isFailure, type ImageRecord, type PullOutcome, type PullProgress } from '../../machine/container/interface.ts';
import { dockerPullError } from '../../machine/container/pull-error.ts';
import {
  familiarName,
  formatReference,
  isReferenceError,
  parseReference,
  repositoryOf,
  withDefaultTag,
} from '../../machine/container/reference.ts';
import type { ExchangeId } from '../../machine/net/interface.ts';
import { apiError, type ApiError, type Engine } from '../model.ts';
import type { Query } from '../streams/open-streams.ts';
import { time } from '../views.ts';

export const noSuchImage = (reference: string): ApiError => {
  const parsed = parseReference(reference);
  return apiError(
    404,
    `No such image: ${isReferenceError(parsed) || /^(sha256:)?[0-9a-f]{64}$/.test(reference) ? reference : familiarName(formatReference(withDefaultTag(parsed)))}`,
  );
};

export function pull(engine: Engine, exchange: ExchangeId, query: Query): ApiError | undefined {
  const from = query.get('fromImage') ?? '';
  const tag = query.get('tag') ?? '';
  const reference = tag === '' ? from : tag.includes(':') ? `${from}@${tag}` : `${from}:${tag}`;
  const parsed = parseReference(reference);
  if (isReferenceError(parsed)) return apiError(400, parsed.detail);
  engine.runtime
    .images('moby')
    .pull(
      { reference },
      engine.notify('pull.done', { exchange, reference }),
      engine.notify('pull.progress', { exchange }),
    );
  return undefined;
}

/** The head goes out with the first line, so that an error before it has a status of its own. */
function line(engine: Engine, exchange: ExchangeId, started: Set<ExchangeId>, value: JsonObject): void {
  if (!started.has(exchange)) {
    started.add(exchange);
    engine.exchanges.head(exchange, { status: 200, headers: { 'content-type': 'application/json' } });
  }
  engine.exchanges.chunk(exchange, { object: value });
}

const bytesText = (bytes: number): string => {
  const units = ['B', 'kB', 'MB', 'GB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${String(Number(value.toPrecision(4)))}${units[unit] ?? ''}`;
};

/** Half a character for each percent, then the numbers in a column of their own (pkg/jsonmessage JSONProgress). */
function progressBar(current: number, total: number): string {
  const filled = Math.min(50, Math.floor((current / Math.max(1, total)) * 50));
  return `[${'='.repeat(filled)}>${' '.repeat(50 - filled)}] ${bytesText(current).padStart(8)}/${bytesText(total)}`;
}

export function pullProgress(
  engine: Engine,
  exchange: ExchangeId,
  started: Set<ExchangeId>,
  progress: PullProgress,
): void {
  if (progress.status === 'pulling') {
    const name = familiarName(progress.repository);
    line(engine, exchange, started, {
      status: `Pulling from ${progress.repository.startsWith('docker.io/') ? progress.repository.slice('docker.io/'.length) : name.slice(name.indexOf('/') + 1)}`,
      id: progress.tag,
    });
    return;
  }
  const { layer, phase, currentBytes, totalBytes } = progress;
  const detail =
    currentBytes === undefined || totalBytes === undefined ? {} : { current: currentBytes, total: totalBytes };
  line(engine, exchange, started, {
    status: phase,
    progressDetail: detail,
    ...(currentBytes === undefined || totalBytes === undefined
      ? {}
      : { progress: progressBar(currentBytes, totalBytes) }),
    id: layer,
  });
}

export function pullDone(engine: Engine, exchange: ExchangeId, started: Set<ExchangeId>, result: PullOutcome): void {
  if (!result.ok) {
    const { status, message } = dockerPullError(result.failure);
    if (started.has(exchange)) {
      line(engine, exchange, started, { errorDetail: { message }, error: message });
      engine.exchanges.end(exchange);
    } else engine.exchanges.respond(exchange, status, { object: { message } });
    started.delete(exchange);
    return;
  }
  const name = familiarName(result.reference);
  line(engine, exchange, started, { status: `Digest: ${result.manifestDigest}` });
  line(engine, exchange, started, {
    status: result.upToDate ? `Status: Image is up to date for ${name}` : `Status: Downloaded newer image for ${name}`,
  });
  engine.exchanges.end(exchange);
  started.delete(exchange);
  engine.emit('image', 'pull', name, {
    name: familiarName(result.reference.slice(0, result.reference.lastIndexOf(':'))),
  });
}

const users = (engine: Engine, image: ImageRecord): number =>
  [...engine.containers.values()].filter(({ imageId }) => imageId === image.id).length;

export function listImages(
  engine: Engine,
  filters: Readonly<Record<string, readonly string[]>>,
): readonly JsonObject[] {
  const references = filters['reference'];
  const matches = (image: ImageRecord): boolean => {
    if (filters['dangling']?.includes('true') === true && image.repoTags.length > 0) return false;
    if (references === undefined) return true;
    return image.repoTags.some((tag) =>
      references.some((pattern) => {
        const name = familiarName(tag);
        const glob = globRegExp(pattern, { pathname: true });
        return glob?.test(name) === true || glob?.test(name.slice(0, name.lastIndexOf(':'))) === true;
      }),
    );
  };
  return engine.runtime
    .images('moby')
    .list()
    .filter(matches)
    .toSorted((a, b) => b.createdMs - a.createdMs)
    .map((image) => ({
      Containers: -1,
      Created: Math.floor(image.createdMs / 1000),
      Id: image.id,
      Labels: image.config.Labels ?? null,
      ParentId: '',
      RepoDigests: image.repoDigests.map(familiarName),
      RepoTags: image.repoTags.map(familiarName),
      SharedSize: -1,
      Size: image.sizeBytes,
    }));
}

export function inspectImage(engine: Engine, reference: string): JsonObject | ApiError {
  const image = engine.runtime.images('moby').find(reference);
  if (image === undefined) return noSuchImage(reference);
  return {
    Id: image.id,
    RepoTags: image.repoTags.map(familiarName),
    RepoDigests: image.repoDigests.map(familiarName),
    Parent: '',
    Comment: 'buildkit.dockerfile.v0',
    Created: time(image.createdMs * 1000),
    DockerVersion: '',
    Author: image.author ?? '',
    Architecture: image.architecture,
    Os: image.os,
    Size: image.sizeBytes,
    GraphDriver: { Data: { LowerDir: '', MergedDir: '', UpperDir: '', WorkDir: '' }, Name: 'overlay2' },
    RootFS: { Type: 'layers', Layers: image.layers.map(({ diffId }) => diffId) },
    Metadata: { LastTagTime: time(0) },
    Config: image.config as unknown as JsonValue,
  };
}

export function historyOf(engine: Engine, reference: string): readonly JsonObject[] | ApiError {
  const image = engine.runtime.images('moby').find(reference);
  if (image === undefined) return noSuchImage(reference);
  return image.history.toReversed().map((entry, index) => ({
    Comment: entry.comment ?? '',
    Created: Math.floor(entry.createdMs / 1000),
    CreatedBy: entry.createdBy,
    Id: index === 0 ? image.id : '<missing>',
    Size: entry.sizeBytes,
    Tags: index === 0 ? image.repoTags.map(familiarName) : null,
  }));
}

export function tagImage(engine: Engine, reference: string, repository: string, tag: string): ApiError | undefined {
  const store = engine.runtime.images('moby');
  const image = store.find(reference);
  if (image === undefined) return noSuchImage(reference);
  const refused = store.tag(image.id, tag === '' ? repository : `${repository}:${tag}`);
  if (refused !== undefined) return apiError(400, refused.message);
  engine.emit('image', 'tag', image.id, { name: tag === '' ? `${repository}:latest` : `${repository}:${tag}` });
  return undefined;
}

export function removeImage(engine: Engine, reference: string, force: boolean): readonly JsonObject[] | ApiError {
  const store = engine.runtime.images('moby');
  const image = store.find(reference);
  if (image === undefined) return noSuchImage(reference);
  const isId =
    /^(sha256:)?[0-9a-f]+$/.test(reference) &&
    !image.repoTags.some((tag) => familiarName(tag).startsWith(`${reference}:`));
  const container = [...engine.containers.values()].find(({ imageId }) => imageId === image.id);
  const running = container !== undefined && engine.runtime.container(container.id)?.state === 'running';
  const short = image.id.slice(7, 19);
  if (isId && new Set(image.repoTags.map((tag) => tag.slice(0, tag.lastIndexOf(':')))).size > 1 && !force)
    return apiError(
      409,
      `conflict: unable to delete ${short} (must be forced) - image is referenced in multiple repositories`,
    );
  const lastName = image.repoTags.length <= 1;
  if (container !== undefined && (isId || lastName)) {
    const id = container.id.slice(0, 12);
    if (running && (isId || !force))
      return apiError(
        409,
        isId
          ? `conflict: unable to delete ${short} (cannot be forced) - image is being used by running container ${id}`
          : `conflict: unable to remove repository reference "${reference}" (must force) - container ${id} is using its referenced image ${short}`,
      );
    if (!force)
      return apiError(
        409,
        isId
          ? `conflict: unable to delete ${short} (must be forced) - image is being used by stopped container ${id}`
          : `conflict: unable to remove repository reference "${reference}" (must force) - container ${id} is using its referenced image ${short}`,
      );
  }
  const result = isId ? store.remove(image.id) : store.untag(reference);
  if (isFailure(result)) return apiError(500, result.message);
  for (const name of result.untagged) engine.emit('image', 'untag', image.id, { name: familiarName(name) });
  if (result.deleted.length > 0) engine.emit('image', 'delete', image.id, { name: image.id });
  return [
    ...result.untagged.map((name) => ({ Untagged: familiarName(name) })),
    ...result.deleted.map((id) => ({ Deleted: id })),
  ];
}

export function pruneImages(engine: Engine, all: boolean): JsonObject {
  const deleted: JsonObject[] = [];
  let space = 0;
  for (const image of engine.runtime.images('moby').list()) {
    if (users(engine, image) > 0 || (!all && image.repoTags.length > 0)) continue;
    const before = engine.runtime.images('moby').usedBytes();
    const result = engine.runtime.images('moby').remove(image.id);
    if (isFailure(result)) continue;
    space += before - engine.runtime.images('moby').usedBytes();
    deleted.push(
      ...result.untagged.map((name) => ({ Untagged: familiarName(name) })),
      ...result.deleted.map((id) => ({ Deleted: id })),
    );
  }
  return { ImagesDeleted: deleted.length === 0 ? null : deleted, SpaceReclaimed: space };
}

export function searchImages(engine: Engine, term: string): readonly JsonObject[] {
  return engine.registry
    .repositories()
    .filter((name) => name.startsWith('docker.io/') && name.includes(term.toLowerCase()))
    .map((name) => ({
      star_count: 0,
      is_official: name.startsWith('docker.io/library/'),
      name: familiarName(name),
      is_automated: false,
      description: '',
    }));
}

export const repositoryName = (reference: string): string => {
  const parsed = parseReference(reference);
  return isReferenceError(parsed) ? reference : familiarName(repositoryOf(parsed));
};
