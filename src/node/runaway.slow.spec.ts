/**
 * Programs that never end, at a prompt as the page drives it: ^C brings the prompt back at once, or a bound has stopped them
 * and its message says which; afterwards the host is as usable as before.
 */
import { afterAll, expect, test } from 'vitest';
import { PageSession, type Waited } from './page-session.spec-support.ts';

/** From the key to the prompt. */
const LIMIT_MS = 200;
/** So long they run before the key, ms of wall time: what grows has grown. */
const BEFORE_MS = process.env['DRYDOCK_ENDURANCE'] === undefined ? 1000 : 2500;

const FORKS =
  /drydock: killed process group \d+ \(bash\): 1000 forks refused, a simulated host holds at most 2048 proc/;
const VALUE = /xrealloc: cannot allocate \d+ bytes \(drydock bound: 16777216 characters of one value\)/;
const STORED = /drydock: \/tmp\/u: a simulated host keeps at most 64 MiB of file contents\r\n.*No space left on device/;
const HELD = /drydock bound: 67108864 bytes/;
const FRAMES = /maximum function nesting level exceeded \(drydock bound: 20000 frames\)/;
const WIDTH = /printf: Cannot allocate memory \(drydock bound: 16777216 characters of one output\)/;
const WORDS = /brace expansion: failed to allocate memory for 1000000000 elements \(drydock bound: 1000000 elements\)/;
const STEPS = /grep: regular expression stopped \(drydock bound: 200000 steps of one search\)/;

const RUNAWAYS: readonly (readonly [command: string, bound?: RegExp])[] = [
  ['while :; do :; done'],
  ['while true; do date; done'],
  ['until false; do echo x; done'],
  ['while :; do (:); done'],
  ['(while :; do :; done)'],
  [':(){ :|:& };:', FORKS],
  ['f(){ f|f & }; f', FORKS],
  ['f(){ f | f; }; f', FORKS],
  ["echo 'bash /tmp/s' > /tmp/s; bash /tmp/s"],
  ['yes'],
  ['yes > /tmp/x'],
  ['yes | cat > /tmp/x'],
  ['cat /dev/urandom'],
  ['cat /dev/urandom > /tmp/u', STORED],
  ['cat /dev/zero > /tmp/z'],
  ['dd if=/dev/zero of=/tmp/z bs=1M'],
  ['a=x; while :; do a=$a$a; done', VALUE],
  ['a=$(yes)', VALUE],
  ['f(){ f; }; f', FRAMES],
  ['f(){ eval f; }; f', FRAMES],
  ['f(){ x=$(f); }; f'],
  ['seq 1000000000000'],
  ['find / | xargs cat'],
  ['find / | xargs cat > /tmp/o'],
  ["echo a | sed ':a;ba'"],
  ['awk \'BEGIN { while (1) a = a "x" }\''],
  ["awk 'BEGIN { while (1); }'"],
  ["awk 'BEGIN { while (1) a[i++] = i }'", HELD],
  ["jq -n 'def f: f; f'", /drydock bound: 300000 steps between two results/],
  ["jq -n 'def f: 1 + f; f'", /drydock bound: filters nested as deep as its stack/],
  ["jq -n 'last(range(1e9))'", /drydock bound: 300000 steps between two results/],
  ["jq -n 'repeat(1)'"],
  ["echo a | sed ':a;s/^/x/;ba'"],
  ["echo a | sed ':a;G;h;ba'", /drydock bound: 16777216 characters of pattern and hold space/],
  ['sort /dev/zero', HELD],
  ['yes | sort', HELD],
  ['tail /dev/zero', HELD],
  ['tail -c 5 /dev/zero'],
  ['while :; do [[ aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa! =~ ^(a+)+$ ]]; done'],
  ['yes aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa! | grep -E "^(a+)+$"'],
  ["printf '%3000s' | tr ' ' a | grep '\\(a*\\)\\1\\1b'", STEPS],
  [
    "echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa! > /tmp/v; vi -c '%s/\\(a\\+\\)\\+$/b/' -c q /tmp/v; echo vi=$?",
    /vi=0/,
  ],
  ["printf '%1000000000d' 1 | wc -c", WIDTH],
  ['echo {1..1000000000}', WORDS],
  ["shopt -s extglob; v=$(printf '%1000000s' | tr ' ' a); while :; do : ${v##+(+(a))b}; done"],
];

const figures: string[] = [];
afterAll(() => {
  process.stdout.write(`from ^C to the prompt (at most ${String(LIMIT_MS)} ms):\n${figures.join('')}`);
});

const figure = (command: string, { wallMs, cpuMs }: Waited): string =>
  `${wallMs.toFixed(0).padStart(5)} ms, ${cpuMs.toFixed(0).padStart(4)} ms of CPU  ${command}\n`;

async function interrupt(page: PageSession, command: string): Promise<void> {
  page.type('\x03');
  const waited = await page.until(/# (?:\x1b\[[^ ]*)?$/);
  figures.push(figure(command, waited));
  // What else runs on the machine lengthens wall time, not this.
  expect(waited.cpuMs).toBeLessThan(LIMIT_MS);
}

async function expectUsable(page: PageSession): Promise<void> {
  page.type('echo left=$(ps -e --no-headers | wc -l)\r');
  await page.until(/left=\d+\r\n/);
  expect(Number(/left=(\d+)/.exec(page.printed)?.[1])).toBeLessThan(20);
}

test.for(RUNAWAYS)('%s', async ([command, bound]) => {
  const page = await PageSession.open();
  page.type(`${command}\r`);
  if (bound === undefined) await page.pass(BEFORE_MS);
  else await page.until(bound);
  await interrupt(page, command);
  await expectUsable(page);
  await page.close();
});

test.for([200, 600, 1000, 1400])('a fork bomb that has grown for %i ms leaves the prompt in reach', async (ms) => {
  const page = await PageSession.open();
  page.type(':(){ :|:& };:\r');
  await page.pass(ms);
  await interrupt(page, `:(){ :|:& };: after ${String(ms)} ms`);
  await page.pass(6000);
  await expectUsable(page);
  await page.close();
});
