/**
 * The official docker CLI and ours side by side: the same command line prints the same, whole, on the same streams and with
 * the same status. What is told differently: identifiers, minutes, what a build says of itself.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filesOf, linesOf, splitWords } from './command-lines.spec-support.ts';
import type { Ran } from './served-sandbox.spec-support.ts';
import { dockers } from './served-sandbox.spec-support.ts';
import { Tandem } from './tandem.spec-support.ts';

/** Ages of ten minutes and more are told without seconds, so both clients tell the same. */
const AGE_MINUTES = 25;
const SOCKET = 'unix:///var/run/docker.sock';

async function begin(): Promise<Tandem> {
  const world = await Tandem.begin('docker-1', AGE_MINUTES, linesOf('./docker-output/world.sh').join('\n'));
  for (const [name, text] of filesOf('./docker-output/f/')) world.write(`f/${name}`, text);
  return world;
}

describe.each(dockers())('$name', ({ path }) => {
  const endpoint = (world: Tandem): string => `tcp://127.0.0.1:${String(world.ports.docker)}`;
  const comparable = ({ code, stdout, stderr }: Ran, world: Tandem): Ran => {
    const clean = (text: string): string =>
      withoutBuild(text)
        .replaceAll(world.home, '/root')
        .replaceAll(endpoint(world), SOCKET)
        .replaceAll(/"SystemTime":"[^"]*"/g, '"SystemTime":"NOW"')
        // Go's maps have no order.
        .replaceAll(/^ Runtimes: .*$/gm, (line) => line.split(' ').sort().join(' '))
        // A minute may pass between the two.
        .replaceAll(/\b\d\d minutes\b/g, 'NN minutes')
        .replaceAll(/\b[0-9a-f]{64}\b/g, 'ID')
        .replaceAll(/\b[0-9a-f]{12}\b/g, 'ID');
    return { code, stdout: clean(stdout), stderr: clean(stderr) };
  };
  const theirs = async (world: Tandem, line: string): Promise<Ran> =>
    comparable(await world.theirs(path, splitWords(line), { DOCKER_HOST: endpoint(world) }), world);
  const ours = async (world: Tandem, line: string): Promise<Ran> =>
    comparable(await world.ours(['env', `DOCKER_HOST=${SOCKET}`, 'docker', ...splitWords(line)]), world);

  describe('in one world', () => {
    let world: Tandem;
    beforeAll(async () => {
      world = await begin();
    });
    afterAll(() => world.end());

    test.concurrent.each(linesOf('./docker-output/reading.txt'))('docker %s', async (line) => {
      const [wanted, got] = await Promise.all([theirs(world, line), ours(world, line)]);
      expect(got).toEqual(wanted);
    });
  });

  describe('in worlds that are alike, one command after the other', () => {
    let worlds: { readonly theirs: Tandem; readonly ours: Tandem };
    beforeAll(async () => {
      worlds = { theirs: await begin(), ours: await begin() };
    });
    afterAll(async () => {
      await worlds.theirs.end();
      await worlds.ours.end();
    });

    test.each(linesOf('./docker-output/changing.txt'))('docker %s', async (line) => {
      const [wanted, got] = await Promise.all([theirs(worlds.theirs, line), ours(worlds.ours, line)]);
      expect(got).toEqual(wanted);
    });
  });
});

/** Who built a client, from what and when. */
function withoutBuild(text: string): string {
  return text
    .replaceAll(/^Client:.*$/gm, 'Client:')
    .replaceAll(/"Platform":\{"Name":"[^"]*"\},"Version"/g, '"Version"')
    .replaceAll(/\b[0-9a-f]{7}\b|\bsimulated\b/g, 'COMMIT')
    .replaceAll(/May 30 12:07:\d\d 2025/g, 'BUILT');
}
