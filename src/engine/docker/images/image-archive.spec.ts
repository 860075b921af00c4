import { expect, test } from 'vitest';
import { readTar, writeTar } from '../../../formats/tar.ts';
import { decodeUtf8, encodeUtf8 } from '../../../protocol/bytes.ts';
import { decodePlain, encodePlain } from '../../sim/plain-codec.ts';
import { dockerHost } from '../docker.spec-support.ts';

type DockerHost = Awaited<ReturnType<typeof dockerHost>>;

const idOf = (json: unknown): string => (json as { Id: string }).Id;
const archive = (name: string, text: string): Uint8Array =>
  writeTar([{ name, type: 'file', mode: 0o644, uid: 0, gid: 0, modifiedMs: 0, bytes: encodeUtf8(text) }]);

/** A host with web:hi, committed from a container of nginx into which a page was copied. */
async function hostWithCommit(): Promise<{ readonly docker: DockerHost; readonly image: string }> {
  const docker = await dockerHost();
  await docker.ask('POST', '/images/create?fromImage=nginx&tag=alpine');
  await docker.ask('POST', '/containers/create?name=web', { Image: 'nginx:alpine', Env: ['COLOUR=blue'] });
  await docker.ask('PUT', '/containers/web/archive?path=/usr/share/nginx/html', archive('hi.html', 'hi'));
  const made = await docker.ask('POST', '/commit?container=web&repo=web&tag=hi&comment=a%20page&author=me', {});
  expect(made.status).toBe(201);
  return { docker, image: idOf(made.json) };
}

/** A file of a new container of the image. */
async function fileIn({ ask }: DockerHost, image: string, path: string): Promise<string> {
  const id = idOf((await ask('POST', '/containers/create', { Image: image, Cmd: ['true'] })).json);
  const { bytes } = await ask('GET', `/containers/${id}/archive?path=${path}`);
  await ask('DELETE', `/containers/${id}`);
  return decodeUtf8(readTar(bytes)?.[0]?.bytes ?? new Uint8Array(0));
}
const PAGE = '/usr/share/nginx/html/hi.html';

test('a commit adds a layer with what the container changed, and its configuration', async () => {
  const { docker, image } = await hostWithCommit();
  const inspect = async (name: string): Promise<Record<string, unknown>> =>
    (await docker.ask('GET', `/images/${name}/json`)).json as Record<string, unknown>;
  const [base, made] = [await inspect('nginx:alpine'), await inspect('web:hi')];
  const layers = (of: Record<string, unknown>): readonly string[] => (of['RootFS'] as { Layers: string[] }).Layers;
  expect({ id: made['Id'], author: made['Author'] }).toEqual({ id: image, author: 'me' });
  expect(layers(made).slice(0, -1)).toEqual(layers(base));
  expect((made['Config'] as { Env: string[] }).Env).toContain('COLOUR=blue');
  const [top] = (await docker.ask('GET', '/images/web:hi/history')).json as unknown as object[];
  expect(top).toMatchObject({ Comment: 'a page', CreatedBy: 'nginx -g daemon off;', Size: 2, Tags: ['web:hi'] });
  expect(await fileIn(docker, 'web:hi', PAGE)).toBe('hi');
});

test('an image committed here survives a snapshot', async () => {
  const { docker, image } = await hostWithCommit();
  for (const component of [docker.runtime, docker.engine])
    component.restore(decodePlain(encodePlain(component.snapshot())));
  expect(idOf((await docker.ask('GET', '/images/web:hi/json')).json)).toBe(image);
  expect(await fileIn(docker, 'web:hi', PAGE)).toBe('hi');
});

test('a saved image is loaded as the same image on another host', async () => {
  const { docker, image } = await hostWithCommit();
  const saved = await docker.ask('GET', '/images/get?names=web:hi');
  const manifest = readTar(saved.bytes)?.find(({ name }) => name === 'manifest.json')?.bytes;
  expect(JSON.parse(decodeUtf8(manifest ?? new Uint8Array(0)))).toMatchObject([{ RepoTags: ['web:hi'] }]);
  const other = await dockerHost();
  expect((await other.ask('POST', '/images/load', saved.bytes)).text).toBe('{"stream":"Loaded image: web:hi\\n"}\r\n');
  expect(idOf((await other.ask('GET', '/images/web:hi/json')).json)).toBe(image);
  expect(await fileIn(other, 'web:hi', PAGE)).toBe('hi');
});

test('an exported container is imported as an image of one layer', async () => {
  const { docker } = await hostWithCommit();
  const exported = await docker.ask('GET', '/containers/web/export');
  expect(readTar(exported.bytes)?.map(({ name }) => name)).toContain(PAGE.slice(1));
  const imported = await docker.ask('POST', '/images/create?fromSrc=-&repo=flat&tag=1', exported.bytes);
  expect(imported.status).toBe(200);
  const made = (await docker.ask('GET', '/images/flat:1/json')).json as unknown as { RootFS: { Layers: string[] } };
  expect(made.RootFS.Layers).toHaveLength(1);
  expect(await fileIn(docker, 'flat:1', PAGE)).toBe('hi');
});

test('what is no archive of images is refused', async () => {
  const docker = await dockerHost();
  expect((await docker.ask('POST', '/images/load', archive('hello.txt', 'hello'))).text).toBe(
    '{"message":"open /var/lib/docker/tmp/docker-import/manifest.json: no such file or directory"}',
  );
});
