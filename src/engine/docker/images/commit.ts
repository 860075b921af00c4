/** `docker commit`: what a container changed becomes a layer. */
import type { JsonObject } from '../../../protocol/plain.ts';
import { failed } from '../../../protocol/errno.ts';
import { isFailure, type ImageConfig } from '../../machine/container/interface.ts';
import type { LayerFile } from '../../machine/container/layer-files.ts';
import type { FileView } from '../../machine/files/interface.ts';
import { withFiles } from '../archive.ts';
import { object, record, text, texts } from '../json-fields.ts';
import { apiError, isApiError, type ApiError, type DockerContainer, type Engine } from '../model.ts';
import type { Query } from '../streams/open-streams.ts';
import { time } from '../views.ts';
import { tagImage } from './images-api.ts';

/** @param changed configuration of the request, over the container's own */
export function commit(
  engine: Engine,
  container: DockerContainer,
  query: Query,
  changed: JsonObject,
): { readonly Id: string } | ApiError {
  if ((query.get('changes') ?? '') !== '')
    return apiError(501, "drydock: 'docker commit' with '--change' is not simulated");
  const files = changedFiles(engine, container);
  if (isApiError(files)) return files;
  const store = engine.runtime.images('moby');
  const config = { ...container.config, ...changed };
  const created = time(engine.sim.clock.unixUs);
  const comment = query.get('comment') ?? '';
  const author = query.get('author') ?? '';
  const image = store.addLocal({
    created,
    config: imageConfig(config),
    ...(author === '' ? {} : { author }),
    steps: [
      ...store.steps(container.imageId),
      {
        createdBy: texts(config, 'Cmd').join(' '),
        created,
        ...(comment === '' ? {} : { comment }),
        layer: { files },
      },
    ],
  });
  if (image === undefined) return apiError(404, `No such image: ${container.imageId}`);
  const repository = query.get('repo') ?? '';
  const refused = repository === '' ? undefined : tagImage(engine, image.id, repository, query.get('tag') ?? '');
  if (refused !== undefined) return refused;
  engine.emit('container', 'commit', container.id, {
    comment,
    imageID: image.id,
    imageRef: repository,
    image: text(container.config, 'Image'),
    name: container.name,
  });
  return { Id: image.id };
}

/** What the container's own layer holds. */
function changedFiles(engine: Engine, container: DockerContainer): readonly LayerFile[] | ApiError {
  const changes = engine.runtime.changes(container.id);
  if (isFailure(changes)) return apiError(500, changes.message);
  return withFiles(engine, container, (view) =>
    changes.flatMap(({ kind, path }): readonly LayerFile[] =>
      kind === 'deleted' ? [{ type: 'whiteout', path: path.slice(1) }] : fileAt(view, path),
    ),
  );
}

function fileAt(view: FileView, path: string): readonly LayerFile[] {
  const stat = view.lstat(path);
  if (failed(stat)) return [];
  const base = { path: path.slice(1), mode: stat.mode, uid: stat.uid, gid: stat.gid, mtimeMs: stat.modifiedMs };
  if (stat.type === 'directory') return [{ ...base, type: 'directory' }];
  if (stat.type === 'symlink') {
    const target = view.readlink(path);
    return failed(target) ? [] : [{ ...base, type: 'symlink', target }];
  }
  const bytes = stat.type === 'file' ? view.read(path) : undefined;
  return bytes === undefined || failed(bytes) ? [] : [{ ...base, type: 'file', bytes }];
}

function imageConfig(config: JsonObject): ImageConfig {
  const lists = Object.fromEntries(
    ['Env', 'Entrypoint', 'Cmd', 'Shell'].flatMap((name) => {
      const values = texts(config, name);
      return values.length === 0 ? [] : [[name, values]];
    }),
  );
  const words = Object.fromEntries(
    ['User', 'WorkingDir', 'StopSignal'].flatMap((name) => {
      const value = text(config, name);
      return value === '' ? [] : [[name, value]];
    }),
  );
  const keys = Object.fromEntries(
    ['ExposedPorts', 'Volumes'].flatMap((name) => {
      const names = Object.keys(object(config, name));
      return names.length === 0 ? [] : [[name, Object.fromEntries(names.map((key) => [key, {}]))]];
    }),
  );
  const labels = record(config, 'Labels');
  return { ...lists, ...words, ...keys, ...(Object.keys(labels).length === 0 ? {} : { Labels: labels }) };
}
