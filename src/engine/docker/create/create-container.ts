/** POST /containers/create: from a request body to a container that the runtime knows. */
import type { JsonObject } from '../../../protocol/plain.ts';
import { isFailure, type ImageRecord } from '../../machine/container/interface.ts';
import {
  familiarName,
  formatReference,
  isReferenceError,
  parseReference,
  withDefaultTag,
} from '../../machine/container/reference.ts';
import { CAPABILITIES } from '../../machine/kernel/proc/capabilities.ts';
import { record, text, texts } from '../json-fields.ts';
import { apiError, isApiError, type ApiError, type DockerContainer, type Engine } from '../model.ts';
import { randomName } from '../names.ts';
import { configOf, hostConfigOf } from './config.ts';
import { networkOf } from './endpoints.ts';
import { planMounts } from './mounts.ts';
import { specOf } from './runtime-spec.ts';
import { refuseResources } from './resources.ts';
import { storedOnlyWarnings } from './stored-only.ts';

export function createContainer(
  engine: Engine,
  requestedName: string,
  body: JsonObject,
): { readonly Id: string; readonly Warnings: readonly string[] } | ApiError {
  const image = findImage(engine, text(body, 'Image'));
  if (isApiError(image)) return image;
  const name = chooseName(engine, requestedName);
  if (isApiError(name)) return name;
  const id = engine.hex('container', 64);
  const config = configOf(id, body, image);
  const hostConfig = hostConfigOf(engine, body);
  const refused = refuse(engine, config, hostConfig);
  if (refused !== undefined) return refused;
  const mounts = planMounts(engine, id, hostConfig, config, image);
  if (isApiError(mounts)) return mounts;
  const network = networkOf(engine, body, hostConfig);
  if (isApiError(network)) return network;
  const netns = network.own ? engine.host.net.createNamespace() : 0;
  if (network.own) engine.host.net.changeLink(netns, 'lo', { up: true });
  const source = network.own ? { id: netns } : network.source;
  const made = engine.runtime.create(
    specOf(engine, { id, name, config, hostConfig, image, mounts: mounts.specs, source }),
  );
  if (isFailure(made)) return apiError(made.failure === 'invalid' ? 400 : 500, made.message);
  engine.containers.set(id, {
    ...newContainer(engine, id, name),
    config,
    hostConfig,
    imageId: image.id,
    mounts: mounts.shown,
    endpoints: network.endpoints,
    netns,
  });
  engine.emit('container', 'create', id, { ...record(config, 'Labels'), image: text(body, 'Image'), name });
  return { Id: id, Warnings: storedOnlyWarnings(body) };
}

function findImage(engine: Engine, reference: string): ImageRecord | ApiError {
  const parsed = parseReference(reference);
  if (isReferenceError(parsed) && !/^[0-9a-f]{64}$/.test(reference)) return apiError(400, parsed.detail);
  const image = engine.runtime.images('moby').find(reference);
  if (image !== undefined) return image;
  const shown = isReferenceError(parsed) ? reference : familiarName(formatReference(withDefaultTag(parsed)));
  return apiError(404, `No such image: ${shown}`);
}

/** The name asked for, or one of the daemon's own making. */
function chooseName(engine: Engine, requested: string): string | ApiError {
  const taken = new Set([...engine.containers.values()].map(({ name }) => name));
  const given = requested.replace(/^\//, '');
  if (given === '') return randomName(engine.sim.random.for(engine.target, 'names'), (name) => taken.has(name));
  return refuseName(engine, given) ?? given;
}

/** Why a container cannot have this name. */
export function refuseName(engine: Engine, name: string): ApiError | undefined {
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name))
    return apiError(400, `Invalid container name (${name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`);
  const holder = [...engine.containers.values()].find((container) => container.name === name);
  return holder === undefined
    ? undefined
    : apiError(
        409,
        `Conflict. The container name "/${name}" is already in use by container "${holder.id}". You have to remove (or rename) that container to be able to reuse that name.`,
      );
}

function refuse(engine: Engine, config: JsonObject, hostConfig: JsonObject): ApiError | undefined {
  if (texts(config, 'Entrypoint').length === 0 && texts(config, 'Cmd').length === 0)
    return apiError(400, 'no command specified');
  const capabilities = refuseCapabilities(hostConfig);
  if (capabilities !== undefined) return capabilities;
  return refuseResources(engine.host.kernel.processors, hostConfig, 'create');
}

/** --cap-add and --cap-drop take names with and without CAP_, in any case (daemon/pkg/oci/caps). */
function refuseCapabilities(hostConfig: JsonObject): ApiError | undefined {
  for (const list of ['CapAdd', 'CapDrop'])
    for (const given of texts(hostConfig, list)) {
      const name = given.toUpperCase().replace(/^CAP_/, '');
      if (name !== 'ALL' && !CAPABILITIES.includes(name))
        return apiError(400, `invalid ${list}: unknown capability: "CAP_${name}"`);
    }
  return undefined;
}

type Fresh = Omit<DockerContainer, 'config' | 'hostConfig' | 'imageId' | 'mounts' | 'endpoints' | 'netns'>;

const newContainer = (engine: Engine, id: string, name: string): Fresh => ({
  id,
  name,
  createdUnixUs: engine.sim.clock.unixUs,
  ports: [],
  proxies: [],
  restartCount: 0,
  stoppedByUser: false,
  restarting: false,
  restartDelayMs: 0,
  error: '',
  removing: false,
  removeVolumes: false,
});
