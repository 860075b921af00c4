/** crictl stop, rm, stopp, rmp and rmi. */
import type { Plain } from '../../../protocol/plain.ts';
import type { Options } from '../../coreutils/command.ts';
import { ask } from './cri-client.ts';
import { fatal, findById, isNamed, log, refuse, type CrictlCall } from './cri-command.ts';
import type { KernelRecord } from '../kernel/kernel-data.ts';

/** What is done to each object that is named. */
interface Change {
  readonly kind: 'containers' | 'sandboxes';
  readonly request: { readonly [key: string]: Plain };
  readonly doing: string;
  readonly done: (id: string) => string;
}

export const stopContainers = (call: CrictlCall, options: Options): Promise<number> =>
  changeEach(call, options.operands, {
    kind: 'containers',
    request: { method: 'stop', timeoutSeconds: Number(options.value('t') ?? '0') },
    doing: 'stopping the container',
    done: (id) => id,
  });

export const stopSandboxes = (call: CrictlCall, options: Options): Promise<number> =>
  changeEach(call, options.operands, {
    kind: 'sandboxes',
    request: { method: 'stop-sandbox' },
    doing: 'stopping the pod sandbox',
    done: (id) => `Stopped sandbox ${id}`,
  });

export const removeContainers = (call: CrictlCall, options: Options): Promise<number> =>
  removeEach(call, options, {
    kind: 'containers',
    request: { method: 'remove', ...(options.has('f') ? { force: true } : {}) },
    doing: 'removing the container',
    done: (id) => id,
  });

export async function removeSandboxes(call: CrictlCall, options: Options): Promise<number> {
  return await removeEach(call, options, {
    kind: 'sandboxes',
    request: { method: 'remove-sandbox', ...(options.has('f') ? { force: true } : {}) },
    doing: 'removing the pod sandbox',
    done: (id) => `Removed sandbox ${id}`,
  });
}

/** Those named, or with -a all of them. */
async function removeEach(call: CrictlCall, options: Options, change: Change): Promise<number> {
  if (!options.has('a')) return await changeEach(call, options.operands, change);
  const reply = await ask(call, { method: change.kind });
  if (reply.type !== 'ok') return await refuse(call, reply, 'listing');
  const ids = reply.record.records(change.kind).map((each) => each.text('id'));
  if (ids.length > 0) return await changeEach(call, ids, change);
  await log(call, 'info', `No ${change.kind === 'containers' ? 'containers' : 'pods'} to remove`);
  return 0;
}

async function changeEach(call: CrictlCall, ids: readonly string[], change: Change): Promise<number> {
  if (ids.length === 0) return await fatal(call, 'ID cannot be empty');
  for (const id of ids) {
    const found = await findById(call, change.kind, id);
    if (typeof found === 'number') return found;
    const reply = await ask(call, { ...change.request, id: found.text('id') });
    if (reply.type !== 'ok') return await refuse(call, reply, `${change.doing} ${JSON.stringify(id)}`);
    call.io.line(change.done(id));
  }
  return await call.io.end(0);
}

/** Images are removed as far as they can be; what could not is told at the end. */
export async function removeImages(call: CrictlCall, options: Options): Promise<number> {
  const listed = await ask(call, { method: 'images' });
  if (listed.type !== 'ok') return await refuse(call, listed, 'listing');
  const images = listed.record.records('images');
  const doomed = await imagesToRemove(call, options, images);
  if (doomed === undefined) return await fatal(call, 'ID cannot be empty');
  if (doomed.length === 0) {
    await log(call, 'info', 'No images to remove');
    return 0;
  }
  let status = 0;
  for (const id of doomed) {
    const image = images.find((each) => isNamed(each, id));
    const reply = image === undefined ? undefined : await ask(call, { method: 'remove-image', id: image.text('id') });
    if (image !== undefined && reply?.type === 'ok') {
      const tags = image.texts('repoTags');
      for (const name of tags.length > 0 ? tags : image.texts('repoDigests')) call.io.line(`Deleted: ${name}`);
      continue;
    }
    await call.io.flush();
    if (reply === undefined) await log(call, 'error', `no such image ${id}`);
    else if (reply.type === 'error')
      await log(
        call,
        'error',
        `error of removing image ${JSON.stringify(id)}: rpc error: code = ${reply.code} desc = ${reply.message}`,
      );
    status = 1;
  }
  return status === 0 ? await call.io.end(0) : await fatal(call, 'unable to remove the image(s)');
}

/** By name, all of them, or those that no container was made from; undefined where nothing was asked for. */
async function imagesToRemove(
  call: CrictlCall,
  options: Options,
  images: readonly KernelRecord[],
): Promise<readonly string[] | undefined> {
  if (options.has('a')) return images.map((image) => image.text('id'));
  if (!options.has('q')) return options.operands.length === 0 ? undefined : options.operands;
  const reply = await ask(call, { method: 'containers' });
  const used = reply.type === 'ok' ? reply.record.records('containers').map((each) => each.text('imageId')) : [];
  return images
    .filter((image) => !image.flag('pinned') && !used.includes(image.text('id')))
    .map((image) => image.text('id'));
}
