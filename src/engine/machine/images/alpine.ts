/** docker.io/library/alpine. */
import { emptyStep, layer, type ImageDefinition, type LayerStep } from '../container/image-definition.ts';
import { alpineFiles } from './base/busybox.ts';

const release = (
  version: string,
  created: string,
  sizeBytes: number,
  compressedBytes: number,
): { readonly version: string; readonly created: string; readonly base: LayerStep } => ({
  version,
  created,
  base: layer(`ADD alpine-minirootfs-${version}-x86_64.tar.gz / # buildkit`, sizeBytes, compressedBytes, () =>
    alpineFiles(version),
  ),
});

/** Bases that other images are built on. */
export const ALPINE_3_22 = release('3.22.1', '2025-07-15T11:07:18Z', 8_309_980, 3_800_000);
export const ALPINE_3_21 = release('3.21.3', '2025-02-14T03:28:36Z', 7_831_552, 3_642_247);
export const ALPINE_3_20 = release('3.20.6', '2025-02-14T03:27:52Z', 7_797_792, 3_630_218);
export const ALPINE_3_19 = release('3.19.7', '2025-02-14T03:26:21Z', 7_402_496, 3_420_600);
export const ALPINE_3_18 = release('3.18.12', '2025-02-14T03:24:40Z', 7_349_248, 3_402_542);
const ALPINE_3_16 = release('3.16.9', '2024-01-27T00:30:57Z', 5_545_000, 2_814_000);
const ALPINE_3_12 = release('3.12.12', '2022-04-04T23:19:20Z', 5_578_720, 2_808_000);

const alpine = ({ created, base }: typeof ALPINE_3_22, tags: readonly string[]): ImageDefinition => ({
  references: tags.map((tag) => `docker.io/library/alpine:${tag}`),
  created,
  config: { Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'], Cmd: ['/bin/sh'] },
  steps: [base, emptyStep('CMD ["/bin/sh"]')],
});

export const alpineImages: readonly ImageDefinition[] = [
  alpine(ALPINE_3_22, ['latest', '3.22', '3.22.1', '3']),
  alpine(ALPINE_3_21, ['3.21', '3.21.3']),
  alpine(ALPINE_3_20, ['3.20', '3.20.6', '3.20.3']),
  alpine(ALPINE_3_19, ['3.19', '3.19.7', '3.19.1']),
  alpine(ALPINE_3_18, ['3.18', '3.18.12', '3.17', '3.18.4']),
  alpine(ALPINE_3_16, ['3.16', '3.16.9', '3.15', '3.14']),
  alpine(ALPINE_3_12, ['3.12', '3.12.12', '3.10', '3.11', '3.13', '3.9', '3.8', '3.7']),
];
