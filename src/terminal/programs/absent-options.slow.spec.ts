/** Options of curl, wget and ping that real ones have and Drydock has not: refused by name, never taken in silence. */
import { beforeAll, expect, test } from 'vitest';
import { LabScripts } from '../testing/lab-script.spec-support.ts';

let lab: LabScripts;
beforeAll(async () => {
  lab = await LabScripts.open('docker-1');
});

test.for([
  ...['-x p:1', '-Z', '--limit-rate 1k', '--http2', '--parallel', '--socks4 h', '--trace-ascii -', '--anyauth'].map(
    (option) => ({ program: 'curl', option }),
  ),
  ...['-r', '-c', '-b', '-N', '--limit-rate=1k', '-p', '--https-only', '--span-hosts'].map((option) => ({
    program: 'wget',
    option,
  })),
  ...['-6', '-R', '-p ff', '-v', '-Q 1', '-b'].map((option) => ({ program: 'ping', option })),
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
  {
    command: 'curl -sS http://localhost:1/[b-a]',
    stderr: `curl: (3) bad range in URL position 25:\nhttp://localhost:1/[b-a]\n${'^'.padStart(25)}\n`,
    code: 3,
  },
  { command: 'curl -sS file:///nope', stderr: "curl: (37) Couldn't open file /nope\n", code: 37 },
  {
    command: 'nc -n -z worker 22',
    stderr: 'nc: getaddrinfo for host "worker" port 22: Name or service not known\n',
    code: 1,
  },
  { command: 'curl -o', stderr: `curl: option -o: requires parameter\n${CURL}`, code: 2 },
])('$command is wrong for the real one, too', async ({ command, stderr, code }) => {
  expect(await lab.run(command)).toEqual({ stdout: '', stderr, code });
});

test('curl says which names of --write-out it does not know', async () => {
  expect(await lab.run("curl -s -w '%{nope}|%{exitcode} %{num_connects}%%' http://localhost:1")).toEqual({
    stdout: '|7 0%',
    stderr: "curl: unknown --write-out variable: 'nope'\n",
    code: 7,
  });
  expect((await lab.run("curl -s -w '%{json}' http://localhost:1")).stderr).toBe(
    "drydock: 'curl -w %{json}' is not simulated\n",
  );
});

test('curl reads files, and writes each URL of a glob to a file of its own', async () => {
  expect(
    await lab.run(
      "cd /tmp; echo 1 > in1; echo 2 > in2; curl -s -o 'out#1' 'file:///tmp/in[1-2]'; cat out1 out2; curl -sw '%{size_download}' file:///tmp/in1",
    ),
  ).toEqual({ stdout: '1\n2\n1\n2', stderr: '', code: 0 });
});
