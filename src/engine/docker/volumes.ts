/** Volumes of the local driver: directories below the data root. */
import { formatRfc3339 } from '../sim/clock.ts';
import type { JsonObject } from '../../protocol/plain.ts';
import { flag, record, text } from './json-fields.ts';
import { apiError, type ApiError, type DockerVolume, type Engine } from './model.ts';

export const volumePath = (engine: Engine, name: string): string => `${engine.config.dataRoot}/volumes/${name}/_data`;

export function createVolume(engine: Engine, body: JsonObject): DockerVolume | ApiError {
  const asked = text(body, 'Name');
  const driver = text(body, 'Driver');
  if (driver !== '' && driver !== 'local')
    return apiError(404, `create ${asked}: error looking up volume plugin ${driver}: plugin "${driver}" not found`);
  const name = asked === '' ? engine.hex('volume', 64) : asked;
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name))
    return apiError(
      400,
      `create ${name}: "${name}" includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path`,
    );
  const known = engine.volumes.get(name);
  if (known !== undefined) return known;
  const anonymous = asked === '' || flag(body, 'anonymous');
  const labels = { ...record(body, 'Labels'), ...(anonymous ? { 'com.docker.volume.anonymous': '' } : {}) };
  const volume: DockerVolume = {
    name,
    createdUnixUs: engine.sim.clock.unixUs,
    labels,
    options: record(body, 'DriverOpts'),
    anonymous,
  };
  engine.volumes.set(name, volume);
  engine.host.files.root.mkdirp(volumePath(engine, name));
  engine.emit('volume', 'create', name, { driver: 'local' });
  return volume;
}

const users = (engine: Engine, name: string): readonly string[] =>
  [...engine.containers.values()]
    .filter(({ mounts }) => mounts.some((mount) => mount['Name'] === name))
    .map(({ id }) => id);

export function removeVolume(engine: Engine, name: string): ApiError | undefined {
  if (!engine.volumes.has(name)) return apiError(404, `get ${name}: no such volume`);
  const held = users(engine, name);
  if (held.length > 0) return apiError(409, `remove ${name}: volume is in use - [${held.join(', ')}]`);
  engine.volumes.delete(name);
  engine.host.files.root.remove(`${engine.config.dataRoot}/volumes/${name}`, { recursive: true });
  engine.emit('volume', 'destroy', name, { driver: 'local' });
  return undefined;
}

export const volumeView = (engine: Engine, volume: DockerVolume): JsonObject => ({
  CreatedAt: formatRfc3339(Math.floor(volume.createdUnixUs / 1000)),
  Driver: 'local',
  Labels: Object.keys(volume.labels).length === 0 ? null : volume.labels,
  Mountpoint: volumePath(engine, volume.name),
  Name: volume.name,
  Options: Object.keys(volume.options).length === 0 ? null : volume.options,
  Scope: 'local',
});

/** Volumes that nothing uses; anonymous ones only, unless all are asked for. */
export function pruneVolumes(
  engine: Engine,
  all: boolean,
): { readonly VolumesDeleted: readonly string[]; readonly SpaceReclaimed: number } {
  const deleted: string[] = [];
  let space = 0;
  for (const volume of [...engine.volumes.values()]) {
    if ((!all && !volume.anonymous) || users(engine, volume.name).length > 0) continue;
    space += engine.host.files.root.usage(volumePath(engine, volume.name)).bytes;
    removeVolume(engine, volume.name);
    deleted.push(volume.name);
  }
  return { VolumesDeleted: deleted, SpaceReclaimed: space };
}

export const volumeUsers = users;
