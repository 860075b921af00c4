import { expect, test } from 'vitest';
import { decodePlain, encodePlain } from '../sim/plain-codec.ts';
import { parseDaemonConfig } from './daemon-config.ts';
import { dockerHost } from './docker.spec-support.ts';

const idOf = (json: unknown): string => (json as { Id: string }).Id;

test('a container goes from pull to removal', async () => {
  const docker = await dockerHost();
  expect((await docker.ask('POST', '/v1.50/containers/create?name=web', { Image: 'nginx:alpine' })).text).toBe(
    '{"message":"No such image: nginx:alpine"}',
  );
  const pulled = await docker.ask('POST', '/v1.50/images/create?fromImage=nginx&tag=alpine');
  expect(pulled.text).toContain('Status: Downloaded newer image for nginx:alpine');
  const created = await docker.ask('POST', '/v1.50/containers/create?name=web', {
    Image: 'nginx:alpine',
    HostConfig: { PortBindings: { '80/tcp': [{ HostPort: '8080' }] } },
  });
  expect(created.status).toBe(201);
  const id = idOf(created.json);
  expect((await docker.ask('POST', `/containers/${id}/start`)).status).toBe(204);
  expect((await docker.ask('POST', `/containers/${id}/start`)).status).toBe(304);
  const logs = await docker.ask('GET', '/containers/web/logs?stdout=1&tail=1');
  expect(logs.text.slice(8)).toBe('/docker-entrypoint.sh: Configuration complete; ready for start up\n');
  expect((await docker.ask('DELETE', '/containers/web')).text).toBe(
    '{"message":"cannot remove container \\"web\\": container is running: stop the container before removing or force remove"}',
  );
  expect((await docker.ask('POST', '/containers/web/stop')).status).toBe(204);
  expect((await docker.ask('POST', '/containers/web/wait')).text).toBe('{"StatusCode":0}');
  expect((await docker.ask('DELETE', '/containers/web')).status).toBe(204);
  expect((await docker.ask('GET', '/containers/json?all=1')).text).toBe('[]');
});

test('published ports reach the container from outside', async () => {
  const docker = await dockerHost();
  await docker.ask('POST', '/images/create?fromImage=hashicorp/http-echo&tag=latest');
  const created = await docker.ask('POST', '/containers/create', {
    Image: 'hashicorp/http-echo',
    Cmd: ['-text=hello'],
    HostConfig: { PortBindings: { '5678/tcp': [{ HostPort: '80' }] } },
  });
  await docker.ask('POST', `/containers/${idOf(created.json)}/start`);
  let text = '';
  docker.lab.outside
    .handle({ host: '192.168.56.10', port: 80 }, { method: 'GET', target: '/', headers: { host: 'x' } })
    .listen((event) => {
      if (event.type === 'chunk' && 'bytes' in event.chunk) text += String.fromCharCode(...event.chunk.bytes);
    });
  await docker.advance(1_000_000);
  expect(text).toBe('hello\n');
});

test('state survives a snapshot as text', async () => {
  const docker = await dockerHost();
  await docker.ask('POST', '/images/create?fromImage=redis&tag=7');
  const created = await docker.ask('POST', '/containers/create?name=cache', { Image: 'redis:7' });
  await docker.ask('POST', `/containers/${idOf(created.json)}/start`);
  const before = (await docker.ask('GET', '/containers/cache/json')).text;
  for (const component of [docker.engine, docker.runtime])
    component.restore(decodePlain(encodePlain(component.snapshot())));
  expect((await docker.ask('GET', '/containers/cache/json')).text).toBe(before);
});

test('a bad daemon.json fails the start with its message', async () => {
  const docker = await dockerHost({ '/etc/docker/daemon.json': '{"debug": true,}' });
  expect(docker.journal).toEqual([
    "unable to configure the Docker daemon with file /etc/docker/daemon.json: invalid character '}' looking for beginning of object key string",
  ]);
});

test.for([
  {
    source: '{"foo": 1}',
    error:
      "unable to configure the Docker daemon with file /d: the following directives don't match any configuration option: foo",
  },
  {
    source: '{"storage-driver": "aufs"}',
    error: 'failed to start daemon: error initializing graphdriver: driver not supported: aufs',
  },
  {
    source: '{"exec-opts": ["native.cgroupdriver=x"]}',
    error: 'failed to start daemon: native.cgroupdriver option x not supported',
  },
])('$source is refused', ({ source, error }) => {
  expect(parseDaemonConfig('/d', source)).toEqual({ error });
});
