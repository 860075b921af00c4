/** Filters in a pipe print a line when it comes, not when the one before them ends. */
import { afterEach, expect, test } from 'vitest';
import { LabTerminal } from '../testing/lab-terminal.spec-support.ts';

let lab: LabTerminal;

/** After the first of the lines 1 1 2 3, the second, …, and after the end: as the GNU tools (mawk with -W interactive). */
const WHEN: Readonly<Record<string, readonly string[]>> = {
  "awk '{print}'": ['1|', '1|', '2|', '3|', ''],
  'cat -A': ['1$|', '1$|', '2$|', '3$|', ''],
  'comm - /dev/null': ['1|', '1|', '2|', '3|', ''],
  expand: ['1|', '1|', '2|', '3|', ''],
  'head -n -1': ['', '', '', '', '1|1|2|'],
  'od -c': ['', '', '', '', String.raw`0000000   1  \n   1  \n   2  \n   3  \n|0000010|`],
  "sed 's/1/x/'": ['x|', 'x|', '2|', '3|', ''],
  "sed -n '$!p'": ['', '1|', '1|', '2|', ''],
  "sed -n '2,$p'": ['', '', '1|', '2|', '3|'],
  "sed -n '/2/{$!p}'": ['', '', '', '2|', ''],
  "sed '$!N;s/\\n/ /'": ['', '1 1|', '', '2 3|', ''],
  'sed n': ['1|', '1|', '2|', '3|', ''],
  'tail -n +2': ['', '1|', '2|', '3|', ''],
  'tail -n1': ['', '', '', '', '3|'],
  'tr 1 x': ['x|', 'x|', '2|', '3|', ''],
  uniq: ['1|', '', '2|', '3|', ''],
  'uniq -c': ['', '', '      2 1|', '      1 2|', '      1 3|'],
  'uniq -D': ['', '1|1|', '', '', ''],
  'uniq --group': ['1|', '1|', '|2|', '|3|', ''],
  'uniq -u': ['', '', '', '2|', '3|'],
};
const lines = (): readonly string[] => lab.printed().split('\r\n').slice(0, -1);

/** Runs a pipe that does not end, `step` after `step` by a job beside it; what it had printed after each. */
async function follow(pipe: string, steps: readonly string[]): Promise<(readonly string[])[]> {
  await lab.run('set +m');
  await lab.run(`(${steps.map((step) => `sleep 10; ${step}`).join('; ')}) >/dev/null 2>&1 &`, 0.1);
  await lab.type(`${pipe}\n`, 5);
  lab.printed();
  const printed: (readonly string[])[] = [];
  for (const _ of steps) {
    await lab.pass(10);
    printed.push(lines());
  }
  return printed;
}

afterEach(async () => {
  await lab.type('\x03');
});

test('kubectl get -w: a change is printed by awk, cut, sed and grep while the watch goes on', async () => {
  lab = await LabTerminal.open('kubeadm-3', 'control-plane');
  const filters: readonly (readonly [filter: string, change: (name: string, value: string) => string])[] = [
    ["awk '{print $1, $2}'", (name, value) => `${name} ${value}`],
    ["tr -s ' ' | cut -d' ' -f1,2", (name, value) => `${name} ${value}`],
    ["sed -E 's/ +/:/; s/ .*//'", (name, value) => `${name}:${value}`],
    ["grep --line-buffered -oE '^web +[0-9]+/[0-9]+' | tee /tmp/seen", (name, value) => `${name}   ${value}`],
  ];
  await lab.run('kubectl create deployment web --image=nginx', 20);
  for (const [filter, change] of filters) {
    await lab.run('kubectl scale deploy web --replicas=1; kubectl rollout status deploy web', 10);
    expect(
      await follow(`kubectl get deploy web -w --no-headers | ${filter}`, [
        'kubectl scale deploy web --replicas=0',
        'true',
        'kubectl annotate --overwrite deploy web seen=$RANDOM',
      ]).then((printed) => printed.map((some) => [...new Set(some)])),
      filter,
    ).toEqual([[change('web', '1/0'), change('web', '0/0')], [], [change('web', '0/0')]]);
    await lab.type('\x03');
  }
}, 60_000);

test('docker logs -f and tail -f: a line goes through grep when it is written', async () => {
  lab = await LabTerminal.open('docker-1', 'docker-1');
  await lab.run('docker pull -q alpine', 20);
  await lab.run(
    "docker run -d --name web alpine sh -c 'for i in one two three; do sleep 10; echo $i; done; sleep 99'",
    2,
  );
  await lab.type('docker logs -f web | grep --color=never --line-buffered e\n', 3);
  lab.printed();
  const seen: (readonly string[])[] = [];
  for (const _ of ['one', 'two', 'three']) {
    await lab.pass(10);
    seen.push(lines());
  }
  expect(seen).toEqual([['one'], [], ['three']]);
  await lab.type('\x03');
  await lab.run('touch log');
  expect(await follow("tail -f log | sed -u 's/^/> /'", ['echo a >> log', 'true', 'echo b >> log'])).toEqual([
    ['> a'],
    [],
    ['> b'],
  ]);
}, 60_000);

test('what a filter has printed after each line, on a terminal', async () => {
  lab = await LabTerminal.open('docker-1', 'docker-1');
  const seen: Record<string, readonly string[]> = {};
  for (const filter of Object.keys(WHEN)) {
    await lab.type(`(for i in 1 1 2 3; do echo $i; sleep 5; done) | ${filter}\n`, 3);
    const parts = [lab.printed().replace(/^.*?\r\n/su, '')];
    for (let at = 0; at < 4; at += 1) {
      await lab.pass(5);
      parts.push(lab.printed());
    }
    // oxlint-disable-next-line no-control-regex
    seen[filter] = parts.map((part) => part.replace(/\x1b.*?[a-zA-Z]\r?|root@.*/gu, '').replaceAll('\r\n', '|'));
  }
  expect(seen).toEqual(WHEN);
}, 60_000);

test('head ends what feeds it', async () => {
  lab = await LabTerminal.open('docker-1', 'docker-1');
  expect(await lab.run('yes abc | head -2; echo ${PIPESTATUS[@]}')).toEqual(['abc', 'abc', '141 0']);
  expect(await lab.run('seq 100000 | sort -u | head -3; echo ${PIPESTATUS[@]}')).toEqual(['1', '10', '100', '0 141 0']);
});
