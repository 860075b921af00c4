/** crictl logs, exec and pull. */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Options } from '../../coreutils/command.ts';
import { runAndWait } from '../../run-child.ts';
import { bytesToText } from '../../text.ts';
import { ask } from './cri-client.ts';
import { fatal, findById, refuse, type CrictlCall } from './cri-command.ts';
import { execInContainer } from './cri-exec.ts';

/** The log is a file of the host; its lines begin with time, stream and tag. */
export async function logs(call: CrictlCall, options: Options): Promise<number> {
  const { io, process } = call;
  const [id] = options.operands;
  if (id === undefined) return await fatal(call, 'ID cannot be empty');
  const found = await findById(call, 'containers', id);
  if (typeof found === 'number') return found;
  const path = found.text('logPath');
  if (options.has('f'))
    return (
      await runAndWait(process, [
        'sh',
        '-c',
        `tail -n ${options.value('tail') ?? '+1'} -f "$1" | sed -u 's/^[^ ]* [^ ]* [^ ]* //'`,
        'sh',
        path,
      ])
    ).code;
  const bytes = process.readFile(path);
  if (failed(bytes))
    return await fatal(
      call,
      `failed to try resolving symlinks in path "${path}": lstat ${path}: ${strerror(bytes).toLowerCase()}`,
    );
  const lines = bytesToText(bytes).replace(/\n$/, '').split('\n');
  const tail = options.value('tail');
  for (const line of tail === undefined ? lines : lines.slice(-Number(tail))) {
    const match = /^(\S+) (stdout|stderr) [FP] ?(.*)$/.exec(line);
    const shown = `${options.has('t') ? `${match?.[1] ?? ''} ` : ''}${match?.[3] ?? line}\n`;
    if (match?.[2] === 'stderr') await io.raw(shown);
    else io.out(shown);
  }
  return await io.end(0);
}

export async function exec(call: CrictlCall, options: Options): Promise<number> {
  const [id, ...argv] = options.operands;
  if (id === undefined || argv.length === 0) return await fatal(call, 'exec command requires at least 2 arguments');
  const found = await findById(call, 'containers', id);
  if (typeof found === 'number') return found;
  const outcome = await execInContainer(call, {
    id: found.text('id'),
    argv,
    tty: options.has('t'),
    stdin: options.has('i'),
  });
  if (outcome.type === 'exit')
    return outcome.code === 0
      ? 0
      : await fatal(call, `execing command in container: command terminated with exit code ${String(outcome.code)}`);
  return outcome.type === 'error'
    ? await fatal(call, `execing command in container: ${outcome.message}`)
    : await refuse(call, outcome, 'exec');
}

export async function pull(call: CrictlCall, options: Options): Promise<number> {
  const [reference] = options.operands;
  if (reference === undefined) return await fatal(call, 'Image name cannot be empty');
  const reply = await ask(call, { method: 'pull', reference });
  if (reply.type !== 'ok') return await refuse(call, reply, 'pulling image');
  call.io.line(`Image is up to date for ${reply.record.text('imageId')}`);
  return await call.io.end(0);
}
