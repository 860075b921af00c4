/** dig, nslookup and host beside what BIND 9.18's wrote, where a server answered as the cluster's and the gateway's do. */
import { readFileSync, readdirSync } from 'node:fs';
import * as path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { LabScripts } from '../../testing/lab-script.spec-support.ts';
import { replayCommands, type RecordedCommand } from '../../testing/recorded-commands.spec-support.ts';

const FOLDER = path.join(import.meta.dirname, 'recorded');

let lab: LabScripts;
beforeAll(async () => {
  lab = await LabScripts.open('kubeadm-3');
  await lab.run(
    'kubectl create deployment web --image=nginx; kubectl expose deployment web --port 80 --cluster-ip 10.96.5.6; kubectl -n kube-system wait --for=condition=Ready pod -l k8s-app=kube-dns; sleep 5; echo github.com >/tmp/names',
  );
});

/** What differs from one question to the next, and from one distribution to another. */
const steady = (text: string): string =>
  text
    .replaceAll(/ id: \d+/g, ' id: 7')
    .replaceAll(/Query time: \d+ [mu]sec/g, 'Query time: 0')
    .replaceAll(/ in \d+ (ms|us)/g, ' in 0 $1')
    .replaceAll(/WHEN: .*/g, 'WHEN: now')
    .replaceAll(/COOKIE: [0-9a-f]{16}/g, 'COOKIE: 0')
    .replaceAll(/\d{10} 7200/g, '1 7200')
    .replaceAll(/serial = \d+/g, 'serial = 1')
    .replaceAll(/\d{10} ; serial/g, '1 ; serial')
    .replaceAll(/DiG \S+/g, 'DiG 9')
    .replaceAll(/9\.18\S+(Debian|Ubuntu)/g, '9');

const steadyRow = ({ stdout, stderr, ...row }: RecordedCommand): RecordedCommand => ({
  ...row,
  ...(stdout === undefined ? {} : { stdout: steady(stdout) }),
  ...(stderr === undefined ? {} : { stderr: steady(stderr) }),
});

test.for(readdirSync(FOLDER))('%s', async (name) => {
  const rows = readFileSync(path.join(FOLDER, name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as RecordedCommand);
  expect((await replayCommands(lab, rows)).map(steadyRow)).toEqual(rows.map(steadyRow));
});
