/** Installs the peer that `npm run bench` compares with; without a network the benchmark says that the peer is missing. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const bench = fileURLToPath(new URL('../bench', import.meta.url));
if (!existsSync(`${bench}/node_modules/@ngrok/webernetes`)) {
  process.stderr.write('drydock: installing the benchmark peer\n');
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--prefix', bench], { stdio: ['ignore', 2, 2] });
  if (status !== 0) process.stderr.write('drydock: the benchmark peer could not be installed\n');
}
