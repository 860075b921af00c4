/** pdsh, pdcp and dshbak beside what those of pdsh 2.34 wrote. */
import { beforeAll, expect, test } from 'vitest';
import { LabScripts } from '../../testing/lab-script.spec-support.ts';

let lab: LabScripts;
beforeAll(async () => {
  lab = await LabScripts.open('kubeadm-3');
  await lab.run('apt-get update; apt-get install -y pdsh');
});

const ROWS: readonly (readonly [command: string, printed: string])[] = [
  [
    "pdsh -R ssh -f 1 -w 'worker-[1-2]' 'hostname; test $HOSTNAME = worker-1'",
    'worker-1: worker-1\nworker-2: worker-2\npdsh@control-plane: worker-2: ssh exited with exit code 1\n',
  ],
  ['pdsh -w worker-1 date', 'pdsh@control-plane: worker-1: connect: Connection refused\n'],
  ['pdsh -w nohost date; echo $?', 'pdsh@control-plane: gethostbyname("nohost") failed\n1\n'],
  ['PDSH_RCMD_TYPE=ssh pdsh -N -w worker-1 hostname', 'worker-1\n'],
  ['pdsh -w worker-1 -f x date', "pdsh@control-plane: Invalid fanout `x' passed to -f.\n"],
  ['pdsh -w ^none date', 'pdsh@control-plane: none: No such file or directory\n'],
  ['pdsh -w worker-1 -R foo date', 'No such rcmd module "foo"\n'],
  ['pdsh date', 'pdsh@control-plane: no remote hosts specified\n'],
  [
    'pdcp',
    'pdcp@control-plane: no remote hosts specified\npdcp@control-plane: pcp requires source and dest filenames\n',
  ],
  ['pdcp -w worker-1 none /tmp', "pdcp@control-plane: can't stat none\n"],
  [
    "printf 'h1: a\\nh2: a\\nh10: a\\nh3: b\\nplain\\n' | dshbak -c",
    '----------------\nh[1-2,10]\n----------------\na\n----------------\nh3\n----------------\nb\n',
  ],
  [
    "printf 'h2: a\\nh1: a\\n' | dshbak",
    '----------------\nh1\n----------------\na\n----------------\nh2\n----------------\na\n',
  ],
  ['dshbak -f', 'dshbak: Fatal: Option -f may only be used with -d\n'],
  ['dshbak -d out', 'dshbak: Fatal: Output directory out does not exist\n'],
];

test.for(ROWS)('%s', async ([command, printed]) => {
  expect((await lab.run(`exec 2>&1; ${command}`)).stdout).toBe(printed);
});
