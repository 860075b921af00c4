/** A container's record as `create` makes it: everything resolved against the image, nothing started. */
import type { RuntimeParts, ContainerCell } from './cells.ts';
import type { ContainerSpec, RuntimeFailure } from './interface.ts';
import { parseSignal, resolveArgv, resolveEnv } from './process-setup.ts';

export function newContainer(parts: RuntimeParts, spec: ContainerSpec): ContainerCell | RuntimeFailure {
  const store = parts.store(spec.namespace);
  const found = store.find(spec.image);
  const image = found === undefined ? undefined : store.image(found.id);
  if (found === undefined || image === undefined)
    return { failure: 'image-missing', message: `No such image: ${spec.image}` };
  const sandbox = spec.sandboxId === undefined ? undefined : parts.sandboxes.get(spec.sandboxId);
  if (spec.sandboxId !== undefined && sandbox?.record.state !== 'ready') {
    return { failure: 'not-found', message: `sandbox container "${spec.sandboxId}" is not running` };
  }
  const { config } = found;
  const argv = resolveArgv(spec, config);
  if (argv.length === 0) return { failure: 'invalid', message: 'no command specified' };
  const stopSignal = parseSignal(spec.stopSignal ?? config.StopSignal ?? 'SIGTERM');
  if (stopSignal === undefined)
    return { failure: 'invalid', message: `Invalid signal: ${String(spec.stopSignal ?? config.StopSignal)}` };
  const id = spec.id ?? parts.sim.random.for(parts.target, 'container').hex(64);
  if (parts.containers.has(id)) return { failure: 'conflict', message: `container ${id} already exists` };
  const rootfs = parts.rootfs.prepare(spec.namespace, id, image);
  const hostname = spec.hostname ?? sandbox?.record.spec.hostname ?? id.slice(0, 12);
  const scope = spec.namespace === 'moby' ? `docker-${id}.scope` : `cri-containerd-${id}.scope`;
  return {
    rootfs,
    record: {
      id,
      spec: { ...spec, id },
      state: 'created',
      imageId: found.id,
      createdUnixUs: parts.sim.clock.unixUs,
      startedUnixUs: 0,
      finishedUnixUs: 0,
      pid: 0,
      exitCode: 0,
      oomKilled: false,
      argv,
      env: resolveEnv(spec, config, hostname),
      workingDir: nonEmpty(spec.workingDir) ?? nonEmpty(config.WorkingDir) ?? '/',
      user: nonEmpty(spec.user) ?? config.User ?? '',
      stopSignal,
      cgroupPath: `${spec.cgroupParent === '/' ? '' : spec.cgroupParent}/${scope}`,
      rootfs: rootfs.merged,
      upperDirectory: rootfs.upper,
    },
  };
}

const nonEmpty = (text: string | undefined): string | undefined => (text === '' ? undefined : text);
