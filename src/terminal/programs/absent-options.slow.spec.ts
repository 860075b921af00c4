/** Options of curl, wget and ping that real ones have and Drydock has not: refused by name, never taken in silence. */
import { beforeAll, expect, test } from 'vitest';
import { LabScripts } from '../testing/lab-script.spec-support.ts';

let lab: LabScripts;
beforeAll(async () => {
  lab = await LabScripts.open('docker-1');
});

test.for([
  ...['-x p:1', '-c jar', '-r 0-9', '--limit-rate 1k', '--http2', '-E c.pem', '--key k.pem', '--create-dirs'].map(
    (option) => ({ program: 'curl', option }),
  ),
  ...['-r', '-c', '-i f', '-nc', '--limit-rate=1k', '-o log'].map((option) => ({ program: 'wget', option })),
  ...['-f', '-6', '-R', '-l 3', '-p ff'].map((option) => ({ program: 'ping', option })),
])('$program $option', async ({ program, option }) => {
  const [name = ''] = option.split(/[ =]/);
  expect(await lab.run(`${program} ${option} localhost`)).toEqual({
    stdout: '',
    stderr: `drydock: '${program} ${name}' is not simulated\n`,
    code: 1,
  });
});

const CURL = "curl: try 'curl --help' or 'curl --manual' for more information\n";

test.for([
  { command: 'curl --foo x', stderr: `curl: option --foo: is unknown\n${CURL}`, code: 2 },
  { command: 'curl -s --foo x', stderr: `curl: option --foo: is unknown\n${CURL}`, code: 2 },
  { command: 'curl -o', stderr: `curl: option -o: requires parameter\n${CURL}`, code: 2 },
])('$command is wrong for the real one, too', async ({ command, stderr, code }) => {
  expect(await lab.run(command)).toEqual({ stdout: '', stderr, code });
});
