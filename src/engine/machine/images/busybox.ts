/** docker.io/library/busybox, and the copy of an old release that registry.k8s.io serves. */
import { layer, emptyStep, type ImageDefinition } from '../container/image-definition.ts';
import { busyboxFiles } from './base/busybox.ts';

function busybox(
  version: string,
  tags: readonly string[],
  created: string,
  sizeBytes: number,
  compressedBytes: number,
  repositories = ['docker.io/library/busybox'],
): ImageDefinition {
  return {
    references: repositories.flatMap((repository) => tags.map((tag) => `${repository}:${tag}`)),
    created,
    config: { Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'], Cmd: ['sh'] },
    steps: [
      layer(`BusyBox ${version} (glibc), Debian 12`, sizeBytes, compressedBytes, busyboxFiles),
      emptyStep('CMD ["sh"]'),
    ],
  };
}

export const busyboxImages: readonly ImageDefinition[] = [
  busybox(
    '1.37.0',
    ['latest', '1.37.0', '1.37', '1', 'stable', 'glibc', 'unstable', 'stable-glibc'],
    '2024-09-26T21:31:42Z',
    4_277_910,
    2_155_992,
  ),
  busybox('1.36.1', ['1.36.1', '1.36', '1.36-glibc'], '2023-05-18T22:34:17Z', 4_261_550, 2_219_949),
  busybox('1.35.0', ['1.35.0', '1.35'], '2022-08-23T00:20:16Z', 4_855_956, 2_592_124),
  busybox('1.34.1', ['1.34.1', '1.34'], '2021-12-29T21:19:42Z', 1_239_748, 772_795),
  busybox('1.32.1', ['1.32.1', '1.32', '1.31.1', '1.31', '1.30', '1.29'], '2021-01-12T00:32:28Z', 1_233_492, 763_898),
  busybox('1.28.4', ['1.28.4', '1.28', '1.28.0', '1.27'], '2018-05-22T17:00:17.054Z', 1_146_369, 727_869),
  busybox('1.24', ['1.24', '1.24.1', 'latest', '1.27.2'], '2017-11-03T22:39:17.345Z', 1_129_289, 723_146, [
    'registry.k8s.io/busybox',
    'k8s.gcr.io/busybox',
    'gcr.io/google_containers/busybox',
    'gcr.io/google-containers/busybox',
  ]),
  {
    ...busybox(
      '1.37.0 musl',
      ['musl', '1.37-musl', 'stable-musl', 'uclibc'],
      '2024-09-26T21:31:42Z',
      1_431_540,
      838_912,
    ),
  },
];
