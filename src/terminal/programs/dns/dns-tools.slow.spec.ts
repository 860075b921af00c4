/** dig, nslookup and host against a cluster's DNS and the gateway's: whole outputs, formats as BIND 9.18 and busybox print them. */
import { beforeAll, expect, test } from 'vitest';
import { LabScripts } from '../../testing/lab-script.spec-support.ts';

let lab: LabScripts;
beforeAll(async () => {
  lab = await LabScripts.open('kubeadm-3');
  await lab.run(
    'kubectl create deployment web --image=nginx; kubectl expose deployment web --port 80 --cluster-ip 10.96.5.6; kubectl run bb --image=busybox:1.36 --restart=Never -- sleep 10000; kubectl wait --for=condition=Ready pod/bb',
  );
});

const BANNER = '\n; <<>> DiG 9.18.39-0ubuntu0.24.04.1-Ubuntu <<>>';
const SERVER = 'Server:\t\t10.96.0.10\nAddress:\t10.96.0.10';
const USING = 'Using domain server:\nName: 10.96.0.10\nAddress: 10.96.0.10#53\nAliases: \n\n';
const WEB = 'web.default.svc.cluster.local';
const KUBERNETES = 'kubernetes.default.svc.cluster.local';
/** What differs from one question to the next. */
const steady = (text: string): string =>
  text
    .replace(/ id: \d+/, ' id: 7')
    .replace(/Query time: \d+/, 'Query time: 0')
    .replace(/WHEN: .*/, 'WHEN: now');

test.for([
  { command: `dig +noall +answer ${KUBERNETES} @10.96.0.10`, stdout: `${KUBERNETES}. 30 IN A\t10.96.0.1\n`, code: 0 },
  { command: 'dig -x 10.96.5.6 @10.96.0.10 +short', stdout: `${WEB}.\n`, code: 0 },
  { command: `dig @10.96.0.10 nope.${WEB} +short`, stdout: '', code: 0 },
  {
    command: 'dig @127.0.0.1 +tries=1 x',
    stdout: `;; communications error to 127.0.0.1#53: connection refused\n${BANNER} @127.0.0.1 +tries=1 x\n; (1 server found)\n;; global options: +cmd\n;; no servers could be reached\n`,
    code: 9,
  },
  {
    command: `nslookup ${WEB} 10.96.0.10`,
    stdout: `${SERVER}#53\n\nName:\t${WEB}\nAddress: 10.96.5.6\n\n`,
    code: 0,
  },
  {
    command: `nslookup -type=srv _https._tcp.${KUBERNETES} 10.96.0.10`,
    stdout: `${SERVER}#53\n\n_https._tcp.${KUBERNETES}\tservice = 0 100 443 ${KUBERNETES}.\n\n`,
    code: 0,
  },
  {
    command: `nslookup nope.${WEB} 10.96.0.10`,
    stdout: `${SERVER}#53\n\n** server can't find nope.${WEB}: NXDOMAIN\n\n`,
    code: 1,
  },
  { command: 'nslookup 10.96.5.6 10.96.0.10', stdout: `6.5.96.10.in-addr.arpa\tname = ${WEB}.\n\n`, code: 0 },
  {
    command: `printf 'server 10.96.0.10\\nset type=aaaa\\n${WEB}\\nls\\nexit\\n' | nslookup`,
    stdout: `Default server: 10.96.0.10\nAddress: 10.96.0.10#53\n${SERVER}#53\n\n*** Can't find ${WEB}: No answer\nThe 'ls' command is not implemented.\n\n`,
    code: 0,
  },
  { command: 'host github.com', stdout: 'github.com has address 198.51.100.17\n', code: 0 },
  { command: `host ${WEB} 10.96.0.10`, stdout: `${USING}${WEB} has address 10.96.5.6\n`, code: 0 },
  { command: 'host nope.example', stdout: 'Host nope.example not found: 3(NXDOMAIN)\n', code: 1 },
  {
    command: `kubectl exec bb -- nslookup ${WEB}`,
    stdout: `${SERVER}:53\n\nName:\t${WEB}\nAddress: 10.96.5.6\n\n\n`,
    code: 0,
  },
  {
    command: 'kubectl exec bb -- nslookup -type=a web',
    stdout: `${SERVER}:53\n\nName:\t${WEB}\nAddress: 10.96.5.6\n\n** server can't find web.svc.cluster.local: NXDOMAIN\n\n** server can't find web.cluster.local: NXDOMAIN\n\n`,
    code: 1,
  },
])('$command', async ({ command, stdout, code }) => {
  const outcome = await lab.run(command);
  expect([steady(outcome.stdout), outcome.code]).toEqual([stdout, code]);
});

test.for([
  { command: 'dig +nssearch github.com', stderr: "drydock: 'dig +nssearch' is not simulated\n" },
  { command: 'dig axfr cluster.local', stderr: "drydock: 'dig axfr' is not simulated\n" },
  { command: 'host -l cluster.local', stderr: "drydock: 'host -l' is not simulated\n" },
  { command: 'dig @nosuch.invalid x', stderr: "dig: couldn't get address for 'nosuch.invalid': not found\n" },
])('$command is refused', async ({ command, stderr }) => {
  expect(await lab.run(command)).toEqual({ stdout: '', stderr, code: 1 });
});
