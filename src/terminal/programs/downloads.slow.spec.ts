/** What curl and wget tell of a transfer where their output is no terminal (recorded from curl 7.88 and wget 1.21). */
import { beforeAll, expect, test } from 'vitest';
import { LabScripts } from '../testing/lab-script.spec-support.ts';

let lab: LabScripts;
beforeAll(async () => {
  lab = await LabScripts.open('docker-1');
  await lab.run('docker run -d --name web -p 8080:80 nginx:1.27; sleep 2; cd /tmp');
});

const HEAD =
  '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n' +
  '                                 Dload  Upload   Total   Spent    Left  Speed\n';
const NOTHING = '\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0';
/** Speeds are the machine's. */
const withoutSpeeds = (text: string): string =>
  text.replace(/ +[\d.]+[kM]? {6}0 (?=--)/g, ' S 0 ').replace(/ +[\d.]+[kM]$/gm, ' S');

test.for([
  {
    command: 'curl localhost:8080 > /dev/null',
    stderr: `${HEAD}${NOTHING}\r100   615  100   615    0     0 S 0 --:--:-- --:--:-- --:--:-- S\n`,
    code: 0,
  },
  {
    command: 'curl -f -o /tmp/x localhost:8080/nope',
    stderr: `${HEAD}${NOTHING}\r  0   153    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0\ncurl: (22) The requested URL returned error: 404\n`,
    code: 22,
  },
  {
    command: 'curl -o /tmp/x localhost:1',
    stderr: `${HEAD}${NOTHING}${NOTHING}\ncurl: (7) Failed to connect to localhost port 1 after 0 ms: Couldn't connect to server\n`,
    code: 7,
  },
  {
    command: 'curl -o /tmp/x http://nosuch.invalid',
    stderr: `${HEAD}${NOTHING}curl: (6) Could not resolve host: nosuch.invalid\n`,
    code: 6,
  },
  { command: 'curl -# -o /tmp/x localhost:8080', stderr: `\r${'#'.repeat(72)} 100.0%\n`, code: 0 },
  { command: 'curl -s -o /tmp/x localhost:8080', stderr: '', code: 0 },
])('$command', async ({ command, stderr, code }) => {
  const outcome = await lab.run(command);
  expect([withoutSpeeds(outcome.stderr), outcome.code]).toEqual([withoutSpeeds(stderr), code]);
});

test('a file that is there keeps its name', async () => {
  const script =
    'mkdir -p /tmp/w; cd /tmp/w; wget -q localhost:8080; wget -q localhost:8080; wget -nv -O z localhost:8080; ls';
  const { stdout, stderr } = await lab.run(script);
  expect(stdout).toBe('index.html\nindex.html.1\nz\n');
  expect(stderr.replace(/^\S+ \S+/, 'DATE')).toBe('DATE URL:http://localhost:8080/ [615/615] -> "z" [1]\n');
});
