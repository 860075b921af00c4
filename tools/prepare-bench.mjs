/**
 * What `npm run bench` needs before it measures: the peer that it compares with (without a network the benchmark says that
 * the peer is missing), and the machine code that a run leaves for the next one, as every run has but the first after a build.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bench = `${root}bench`;
if (!existsSync(`${bench}/node_modules/@ngrok/webernetes`)) {
  process.stderr.write('drydock: installing the benchmark peer\n');
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--prefix', bench], { stdio: ['ignore', 2, 2] });
  if (status !== 0) process.stderr.write('drydock: the benchmark peer could not be installed\n');
}
const shortest = ['tools/run-node.mjs', 'bench', 'kube-system-ready'];
spawnSync(process.execPath, shortest, { cwd: root, stdio: ['ignore', 'ignore', 2] });
