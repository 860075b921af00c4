import { expect, test } from 'vitest';
import { LabScripts } from '../testing/lab-script.spec-support.ts';

const lab = await LabScripts.open('docker-1');
const ALL = 'Distributor ID:\tUbuntu\nDescription:\tUbuntu 24.04.3 LTS\nRelease:\t24.04\nCodename:\tnoble\n';

test.for([
  ['lsb_release -a', ALL, '', 0],
  ['lsb_release -cdri', ALL, '', 0],
  ['lsb_release -sir', 'Ubuntu\n24.04\n', '', 0],
  ['lsb_release', '', '', 0],
  ['lsb_release --code', 'Codename:\tnoble\n', '', 0],
  ['lsb_release -x', '', "lsb_release: invalid option -- 'x'\n", 2],
  [
    'printf \'ID=my\\nNAME="My Linux"\\n\' > /tmp/r; LSB_OS_RELEASE=/tmp/r lsb_release -ir',
    'Distributor ID:\tMy\nRelease:\tn/a\n',
    '',
    0,
  ],
] as const)('%s', async ([command, stdout, stderr, code]) => {
  expect(await lab.run(command)).toEqual({ stdout, stderr, code });
});
