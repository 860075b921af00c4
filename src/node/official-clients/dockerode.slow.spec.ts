/** dockerode against `npm run serve`. */
import Docker from 'dockerode';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Served } from './served-sandbox.spec-support.ts';
import { serve, until } from './served-sandbox.spec-support.ts';

let served: Served;
let docker: Docker;
beforeAll(async () => {
  served = await serve('--topology', 'docker-1');
  docker = new Docker({ protocol: 'http', host: '127.0.0.1', port: served.dockerPort });
});
afterAll(() => {
  served.stop();
});

const IMAGE = 'busybox:1.37';

async function pull(image: string): Promise<readonly { readonly status?: string }[]> {
  const stream = await docker.pull(image);
  return new Promise((resolve, reject) => {
    docker.modem.followProgress(stream, (error, output) => {
      if (error === null) resolve(output as { status?: string }[]);
      else reject(error);
    });
  });
}

/** What a multiplexed stream says on each channel until it ends. */
async function texts(stream: NodeJS.ReadableStream): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const out = { stdout: '', stderr: '' };
  const collect = (name: 'stdout' | 'stderr'): PassThrough =>
    new PassThrough().on('data', (bytes: Buffer) => (out[name] += bytes.toString()));
  docker.modem.demuxStream(stream, collect('stdout'), collect('stderr'));
  await new Promise((resolve) => {
    stream.on('end', resolve);
    stream.on('close', resolve);
  });
  return out;
}

test('pulls an image', async () => {
  const progress = await pull(IMAGE);
  expect([progress[0]?.status, progress.at(-1)?.status]).toEqual([
    'Pulling from library/busybox',
    `Status: Downloaded newer image for ${IMAGE}`,
  ]);
  expect((await docker.listImages()).map(({ RepoTags }) => RepoTags)).toEqual([[IMAGE]]);
});

test('creates, attaches, starts, follows, stops, waits for, inspects and removes a container', async () => {
  const container = await docker.createContainer({
    name: 'box',
    Image: IMAGE,
    Cmd: ['sh', '-c', 'trap "echo bye; exit 5" TERM; echo hello; echo oops >&2; while true; do sleep 1; done'],
    Labels: { role: 'box' },
  });
  const attached = texts(await container.attach({ stream: true, stdout: true, stderr: true }));
  await container.start();
  const following = texts(await container.logs({ follow: true, stdout: true, stderr: true }));
  const running = await container.inspect();
  expect([running.Name, running.State.Running, running.Config.Image, running.Config.Labels]).toEqual([
    '/box',
    true,
    IMAGE,
    { role: 'box' },
  ]);
  expect(
    (await docker.listContainers({ filters: { label: ['role=box'] } })).map(({ Names, State }) => [Names, State]),
  ).toEqual([[['/box'], 'running']]);
  const waiting: Promise<unknown> = container.wait();
  await until('the trap is set', async () =>
    (await container.logs({ stdout: true, follow: false })).toString().includes('hello'),
  );
  await container.stop();
  expect(await waiting).toEqual({ StatusCode: 5 });
  const said = { stdout: 'hello\nbye\n', stderr: 'oops\n' };
  expect([await attached, await following]).toEqual([said, said]);
  expect((await container.inspect()).State).toMatchObject({ Status: 'exited', ExitCode: 5, Running: false });
  await container.remove();
  await expect(container.inspect()).rejects.toMatchObject({
    statusCode: 404,
    json: { message: `No such container: ${container.id}` },
  });
});

test.each([{ hijack: true }, { hijack: false }])(
  'runs a command with its exit code, hijack $hijack',
  async ({ hijack }) => {
    const container = await docker.createContainer({
      Image: IMAGE,
      Cmd: ['sleep', '600'],
      HostConfig: { AutoRemove: true },
    });
    await container.start();
    const exec = await container.exec({
      Cmd: ['sh', '-c', `${hijack ? 'cat' : 'echo one'}; echo oops >&2; exit 7`],
      AttachStdin: hijack,
      AttachStdout: true,
      AttachStderr: true,
    });
    const stream = await exec.start({ hijack, stdin: hijack });
    const said = texts(stream);
    if (hijack) stream.end('one\n');
    expect(await said).toEqual({ stdout: 'one\n', stderr: 'oops\n' });
    expect(await exec.inspect()).toMatchObject({ ExitCode: 7, Running: false });
    await container.kill();
  },
);

test('reads events as they come', async () => {
  const stream = await docker.getEvents({ filters: { type: ['container'] } });
  const actions: string[] = [];
  stream.on('data', (bytes: Buffer) => {
    for (const line of bytes.toString().trim().split('\n'))
      actions.push((JSON.parse(line) as { Action: string }).Action);
  });
  const container = await docker.createContainer({ Image: IMAGE, Cmd: ['true'] });
  await container.start();
  await container.wait();
  await container.remove();
  await until('the last event', () => actions.includes('destroy'));
  (stream as unknown as { destroy(): void }).destroy();
  expect(actions).toEqual(['create', 'start', 'die', 'destroy']);
});
