/** The official docker CLI against `npm run serve`: whole output and the state that results. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ran, Running, Served } from './served-sandbox.spec-support.ts';
import { dockers, serve, start, until } from './served-sandbox.spec-support.ts';

let served: Served;
beforeAll(async () => {
  served = await serve('--topology', 'docker-1');
});
afterAll(() => {
  served.stop();
});

describe.each(dockers())('$name', ({ path }) => {
  const begin = (args: readonly string[], input?: string): Running =>
    start(path, args, { HOME: served.home, DOCKER_HOST: served.docker }, input);
  const docker = (...args: readonly string[]): Promise<Ran> => begin(args).done;
  const ok = (stdout: string): Ran => ({ code: 0, stdout, stderr: '' });
  const inspect = async (format: string, name: string): Promise<string> =>
    (await docker('inspect', '--format', format, name)).stdout.trimEnd();

  test('pulls an image and lists it', async () => {
    const { code, stdout, stderr } = await docker('pull', 'busybox:1.37');
    const lines = stdout.split('\n');
    expect([code, stderr, lines[0], ...lines.slice(-4)]).toEqual([
      0,
      '',
      '1.37: Pulling from library/busybox',
      expect.stringMatching(/^Digest: sha256:[0-9a-f]{64}$/),
      'Status: Downloaded newer image for busybox:1.37',
      'docker.io/library/busybox:1.37',
      '',
    ]);
    expect(lines.slice(1, -4).map((line) => line.replace(/^[0-9a-f]{12}: /, ''))).toContain('Pull complete');
    expect(await docker('images', '--format', '{{.Repository}}:{{.Tag}}')).toEqual(ok('busybox:1.37\n'));
    const refused = await docker('pull', 'no-such-image');
    expect(refused).toEqual({
      code: 1,
      stdout: 'Using default tag: latest\n',
      stderr:
        "Error response from daemon: pull access denied for no-such-image, repository does not exist or may require 'docker login': denied: requested access to the resource is denied\n",
    });
  });

  test('creates, starts, attaches, runs commands in, stops, waits for and removes a container', async () => {
    const created = await docker(
      'create',
      '--name',
      'box',
      '--label',
      'role=box',
      'busybox:1.37',
      'sh',
      '-c',
      'trap "echo bye; exit 5" TERM; echo hello; while true; do sleep 1; done',
    );
    const id = created.stdout.trim();
    expect([created.code, created.stderr, /^[0-9a-f]{64}$/.test(id)]).toEqual([0, '', true]);
    expect(await inspect('{{.Id}} {{.State.Status}} {{.Config.Image}} {{index .Config.Labels "role"}}', 'box')).toBe(
      `${id} created busybox:1.37 box`,
    );
    expect(await docker('start', 'box')).toEqual(ok('box\n'));
    expect(
      await docker(
        'ps',
        '--filter',
        'label=role=box',
        '--no-trunc',
        '--format',
        '{{.ID}} {{.Image}} {{.Names}} {{.State}}',
      ),
    ).toEqual(ok(`${id} busybox:1.37 box running\n`));

    const attached = begin(['attach', '--no-stdin', 'box']);
    const waiting = begin(['wait', 'box']);
    const following = begin(['logs', '--follow', 'box']);
    await until('the log shows the greeting', () => following.stdout() === 'hello\n');

    const input = 'one\ntwo\n';
    expect(await begin(['exec', '-i', 'box', 'sh', '-c', 'cat; echo oops >&2; exit 7'], input).done).toEqual({
      code: 7,
      stdout: input,
      stderr: 'oops\n',
    });
    const missing = await docker('exec', 'box', 'no-such-program');
    expect([missing.code, `${missing.stdout}${missing.stderr}`]).toEqual([
      127,
      'OCI runtime exec failed: exec failed: unable to start container process: exec: "no-such-program": executable file not found in $PATH: unknown\r\n',
    ]);

    expect(await docker('stop', 'box')).toEqual(ok('box\n'));
    expect(await waiting.done).toEqual(ok('5\n'));
    expect(await following.done).toEqual(ok('hello\nbye\n'));
    expect(await attached.done).toEqual({ code: 5, stdout: 'bye\n', stderr: '' });
    expect(await inspect('{{.State.Status}} {{.State.ExitCode}} {{.State.Running}}', 'box')).toBe('exited 5 false');
    expect(await docker('rm', 'box')).toEqual(ok('box\n'));
    expect(await docker('inspect', 'box')).toEqual({ code: 1, stdout: '[]\n', stderr: 'Error: No such object: box\n' });
  });

  test('runs with standard input, output and the exit code, and removes afterwards', async () => {
    expect(
      await begin(
        ['run', '-i', '--rm', '--name', 'once', 'busybox:1.37', 'sh', '-c', 'wc -l; echo oops >&2; exit 3'],
        'a\nb\n',
      ).done,
    ).toEqual({ code: 3, stdout: '2\n', stderr: 'oops\n' });
    expect(await docker('ps', '--all', '--quiet')).toEqual(ok(''));
  });

  test('reads events as they come', async () => {
    const events = begin([
      'events',
      '--filter',
      'type=container',
      '--format',
      '{{.Action}} {{.Actor.Attributes.name}}',
    ]);
    await docker('version');
    await docker('run', '--name', 'seen', 'busybox:1.37', 'true');
    await docker('rm', 'seen');
    await until('the last event', () => events.stdout().includes('destroy seen'));
    events.child.kill();
    expect((await events.done).stdout).toBe('create seen\nattach seen\nstart seen\ndie seen\ndestroy seen\n');
  });

  test('copies files in and out as archives', async () => {
    await docker('create', '--name', 'files', 'busybox:1.37');
    const archive = await docker('cp', 'files:/etc/passwd', '-');
    expect([archive.code, archive.stdout.startsWith('passwd'), archive.stdout.includes('root:x:0:0')]).toEqual([
      0,
      true,
      true,
    ]);
    expect(await docker('rm', 'files')).toEqual(ok('files\n'));
  });
});
