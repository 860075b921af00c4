import { expect, test } from 'vitest';
import { execPrefix } from './exec-process.ts';
import { executableRefusal } from './launch.ts';

test.for([
  {
    namespace: 'moby',
    errno: 'ENOENT',
    message:
      'OCI runtime exec failed: exec failed: unable to start container process: exec: "nope": executable file not found in $PATH: unknown',
    exitCode: 127,
  },
  {
    namespace: 'k8s.io',
    errno: 'ENOENT',
    message:
      'failed to exec in container: failed to start exec "7f41": OCI runtime exec failed: exec failed: unable to start container process: exec: "nope": executable file not found in $PATH: unknown',
    exitCode: 127,
  },
  {
    namespace: 'k8s.io',
    errno: 'EACCES',
    message:
      'failed to exec in container: failed to start exec "7f41": OCI runtime exec failed: exec failed: unable to start container process: exec: "nope": permission denied: unknown',
    exitCode: 126,
  },
] as const)('a program that cannot be run, $errno in $namespace', ({ namespace, errno, message, exitCode }) => {
  expect(executableRefusal('nope', errno, execPrefix(namespace, '7f41'))).toMatchObject({ message, exitCode });
});
