/**
 * The official kubectl and ours side by side: the same command in the same world prints the same, whole, on the same
 * streams and with the same status. Only minutes of ages, random identifiers and what later releases of kubectl say
 * differently are put aside.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filesOf, linesOf, newestKubectl, splitWords } from './command-lines.spec-support.ts';
import type { Ran } from './served-sandbox.spec-support.ts';
import { Tandem } from './tandem.spec-support.ts';

/** Ages of ten minutes and more are told without seconds, so both clients tell the same. */
const AGE_MINUTES = 25;
const client = newestKubectl();
const NAMESPACES = { theirs: 'them-1', ours: 'ours-1' } as const;
type Side = keyof typeof NAMESPACES;

describe.skipIf(client === undefined)('kubectl', () => {
  let world: Tandem;
  beforeAll(async () => {
    world = await Tandem.begin('kubeadm-3', AGE_MINUTES, linesOf('./kubectl-output/world.sh').join('\n'));
    for (const [name, text] of filesOf('./kubectl-output/f/')) world.write(`f/${name}`, text);
    const server = `http://127.0.0.1:${String(world.ports.kubernetes)}`;
    world.write('theirs.config', world.read('/root/.kube/config').replace(/server: .*/, `server: ${server}`));
  });
  afterAll(() => world.end());

  const theirs = (args: readonly string[]): Promise<Ran> =>
    world.theirs(client?.path ?? '', args, {
      KUBECONFIG: `${world.home}/theirs.config`,
      TERM: 'xterm-256color',
      // Over WebSocket a kubectl before 1.34 loses output that comes before it has set up its streams (kubernetes#131189).
      KUBECTL_REMOTE_COMMAND_WEBSOCKETS: 'false',
    });
  const ours = (args: readonly string[]): Promise<Ran> => world.ours(['kubectl', ...args]);
  const comparable = ({ code, stdout, stderr }: Ran): Ran => {
    const clean = (text: string): string =>
      withoutReleases(text)
        .replaceAll(`http://127.0.0.1:${String(world.ports.kubernetes)}`, 'https://192.168.56.10:6443')
        .replaceAll(`${world.home}/theirs.config`, '/root/.kube/config')
        .replaceAll(world.home, '/root')
        .replaceAll(/\bkubectl\.1\.\d+\b/g, 'kubectl')
        // A minute may pass between the two, and a node may report or renew its lease.
        .replaceAll(/\b\d\dm\b/g, 'NNm')
        .replaceAll(/^( +RenewTime: +| {2}\w+ +(?:True|False|Unknown) +)\w{3}, .*? \+0000/gm, '$1AT')
        .replaceAll(/\b[0-9a-f]{64}\b/g, 'ID')
        .replaceAll(/-[bcdfghjklmnpqrstvwxz2456789]{5}\b/g, '-xxxxx');
    return { code, stdout: clean(stdout), stderr: clean(stderr) };
  };

  const alike = (side: Side, ran: Ran): Ran => {
    const { code, stdout, stderr } = comparable(ran);
    const clean = (text: string): string => text.replaceAll(NAMESPACES[side], 'each-1');
    return { code, stdout: clean(stdout), stderr: clean(stderr) };
  };

  test.concurrent.each(linesOf('./kubectl-output/reading.txt'))('kubectl %s', async (line) => {
    const args = splitWords(line);
    const [wanted, got] = await Promise.all([theirs(args), ours(args)]);
    expect(comparable(got)).toEqual(comparable(wanted));
  });

  // Each client changes a namespace of its own, one command after the other.
  test.each(linesOf('./kubectl-output/changing.txt'))('kubectl %s', async (line) => {
    const of = (side: Side): readonly string[] => [
      `--namespace=${NAMESPACES[side]}`,
      ...splitWords(line.replaceAll('{ns}', NAMESPACES[side])),
    ];
    const [wanted, got] = await Promise.all([theirs(of('theirs')), ours(of('ours'))]);
    expect(alike('ours', got)).toEqual(alike('theirs', wanted));
  });
});

/** From 1.34 on an unset creationTimestamp is left out, and a deletion names the namespace. */
function withoutReleases(text: string): string {
  return text
    .replaceAll(/^( *)metadata:\n\1 {2}creationTimestamp: null\n(?!\1 {2})/gm, '$1metadata: {}\n')
    .replaceAll(/^ *creationTimestamp: null\n/gm, '')
    .replaceAll(/ deleted from \S+ namespace/g, ' deleted')
    .replaceAll(/^.*(?:Config not found|skew of \+\/-1).*\n/gm, '');
}
