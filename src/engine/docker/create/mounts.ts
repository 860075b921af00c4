/**
 * Where a new container's file systems come from: -v, --mount, --tmpfs, --volumes-from and the image's VOLUME, a later one
 * over an earlier one of the same path, and the files that dockerd keeps for it.
 */
import type { JsonObject } from '../../../protocol/plain.ts';
import type { ImageRecord, MountSpec } from '../../machine/container/interface.ts';
import { flag, isObject, list, number, object, record, text, texts } from '../json-fields.ts';
import { apiError, findContainer, isApiError, type ApiError, type Engine } from '../model.ts';
import { mergeTmpfsOptions } from './tmpfs-options.ts';
import { createVolume, volumePath } from '../volumes.ts';

export interface MountPlan {
  readonly specs: readonly MountSpec[];
  /** `Mounts` of inspect. */
  readonly shown: readonly JsonObject[];
}

const VOLUME_NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;

export function planMounts(
  engine: Engine,
  id: string,
  hostConfig: JsonObject,
  config: JsonObject,
  image: ImageRecord,
): MountPlan | ApiError {
  const mounts = new Mounts(engine);
  for (const bind of texts(hostConfig, 'Binds')) {
    const refused = mounts.addBind(bind);
    if (refused !== undefined) return refused;
  }
  for (const mount of list(hostConfig, 'Mounts')) {
    const refused = isObject(mount) ? mounts.addMount(mount) : undefined;
    if (refused !== undefined) return refused;
  }
  for (const [target, options] of Object.entries(record(hostConfig, 'Tmpfs'))) {
    const merged = mergeTmpfsOptions(options);
    if (isApiError(merged)) return merged;
    mounts.addTmpfs(target, merged);
  }
  for (const other of texts(hostConfig, 'VolumesFrom')) {
    const refused = mounts.addVolumesFrom(other);
    if (refused !== undefined) return refused;
  }
  for (const target of Object.keys({ ...image.config.Volumes, ...object(config, 'Volumes') }))
    mounts.addAnonymous(target);
  mounts.addOwnFiles(`${engine.config.dataRoot}/containers/${id}`, flag(hostConfig, 'ReadonlyRootfs'));
  return mounts.plan();
}

class Mounts {
  readonly #specs = new Map<string, MountSpec>();
  readonly #shown = new Map<string, JsonObject>();

  constructor(private readonly engine: Engine) {}

  plan(): MountPlan {
    return { specs: [...this.#specs.values()], shown: [...this.#shown.values()] };
  }

  /** `-v SOURCE:TARGET[:MODE]`: a path of the host, or a volume's name. */
  addBind(bind: string): ApiError | undefined {
    const [source = '', target = '', mode = ''] = bind.split(':');
    const refused = refuseBind(bind, source, target);
    if (refused !== undefined) return refused;
    const modes = mode.split(',');
    const readonly = modes.includes('ro');
    if (!source.startsWith('/')) {
      this.#addVolume(source, target, readonly, !modes.includes('nocopy'));
      return undefined;
    }
    this.#specs.set(target, { type: 'bind', source, target, readonly, createSource: true });
    this.#shown.set(target, {
      Type: 'bind',
      Source: source,
      Destination: target,
      Mode: mode,
      RW: !readonly,
      Propagation: 'rprivate',
    });
    return undefined;
  }

  /** `--mount type=…`. */
  addMount(mount: JsonObject): ApiError | undefined {
    const target = text(mount, 'Target');
    const source = text(mount, 'Source');
    const type = text(mount, 'Type');
    const readonly = flag(mount, 'ReadOnly');
    if (type === 'volume') {
      this.#addVolume(source, target, readonly, !flag(object(mount, 'VolumeOptions'), 'NoCopy'));
      return undefined;
    }
    if (type === 'tmpfs') {
      const sizeBytes = number(object(mount, 'TmpfsOptions'), 'SizeBytes');
      this.#specs.set(target, { type, source: '', target, readonly, ...(sizeBytes === 0 ? {} : { sizeBytes }) });
    } else {
      if (source === '') return apiError(400, 'invalid mount config for type "bind": field Source must not be empty');
      if (!this.engine.host.files.root.exists(source))
        return apiError(400, `invalid mount config for type "bind": bind source path does not exist: ${source}`);
      this.#specs.set(target, { type: 'bind', source, target, readonly });
    }
    this.#shown.set(target, {
      Type: type,
      Source: source,
      Destination: target,
      Mode: '',
      RW: !readonly,
      Propagation: type === 'bind' ? 'rprivate' : '',
    });
    return undefined;
  }

  /** `--tmpfs TARGET[:OPTIONS]`. */
  addTmpfs(target: string, options: readonly string[]): void {
    this.#specs.set(target, { type: 'tmpfs', source: '', target, options });
  }

  /** `--volumes-from CONTAINER[:ro]`. */
  addVolumesFrom(other: string): ApiError | undefined {
    const from = findContainer(this.engine, other.split(':')[0] ?? '');
    if (isApiError(from)) return from;
    for (const mount of from.mounts) {
      const target = text(mount, 'Destination');
      this.#specs.set(target, {
        type: text(mount, 'Type') === 'volume' ? 'volume' : 'bind',
        source: text(mount, 'Source'),
        target,
        readonly: other.endsWith(':ro') || mount['RW'] === false,
      });
      this.#shown.set(target, mount);
    }
    return undefined;
  }

  /** VOLUME of the image, or `-v TARGET`: a volume of its own where nothing is mounted. */
  addAnonymous(target: string): void {
    if (!this.#specs.has(target)) this.#addVolume('', target, false, true);
  }

  addOwnFiles(directory: string, readonly: boolean): void {
    for (const name of ['hostname', 'hosts', 'resolv.conf']) {
      const target = `/etc/${name}`;
      if (!this.#specs.has(target))
        this.#specs.set(target, { type: 'bind', source: `${directory}/${name}`, target, readonly });
    }
  }

  #addVolume(volumeName: string, target: string, readonly: boolean, copyUp: boolean): void {
    const { engine } = this;
    const name = volumeName === '' ? engine.hex('volume', 64) : volumeName;
    createVolume(engine, { Name: name, anonymous: volumeName === '' });
    const source = volumePath(engine, name);
    this.#specs.set(target, { type: 'volume', source, target, readonly, createSource: true, copyUp });
    this.#shown.set(target, {
      Type: 'volume',
      Name: name,
      Source: source,
      Destination: target,
      Driver: 'local',
      Mode: readonly ? 'ro' : 'z',
      RW: !readonly,
      Propagation: '',
    });
  }
}

function refuseBind(bind: string, source: string, target: string): ApiError | undefined {
  const invalid = `invalid volume specification: '${bind}'`;
  if (target === '') return apiError(400, invalid);
  if (!target.startsWith('/'))
    return apiError(
      400,
      `${invalid}: invalid mount config for type "${source.startsWith('/') ? 'bind' : 'volume'}": invalid mount path: '${target}' mount path must be absolute`,
    );
  if (target === '/')
    return apiError(
      400,
      `${invalid}: invalid mount config for type "bind": invalid specification: destination can't be '/'`,
    );
  if (!source.startsWith('/') && !VOLUME_NAME.test(source))
    return apiError(
      400,
      `${source} includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path`,
    );
  return undefined;
}
