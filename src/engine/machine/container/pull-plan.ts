/**
 * How a pull proceeds in time: at most three layers download together and share the bandwidth, each layer is unpacked
 * after it and all below it are there (moby distribution/xfer, containerd's unpacker).
 */
import type { LayerPhase } from './interface.ts';

export interface PullLayer {
  /** First twelve digits of the digest: what progress lines are called by. */
  readonly name: string;
  readonly compressedBytes: number;
  readonly sizeBytes: number;
  readonly present: boolean;
}

export interface PullStep {
  /** After the manifest has arrived, µs. */
  readonly atUs: number;
  readonly layer: string;
  readonly phase: LayerPhase;
  readonly currentBytes?: number;
  readonly totalBytes?: number;
}

export interface PullPlan {
  readonly steps: readonly PullStep[];
  readonly durationUs: number;
}

/** Of the host's way to the registry, bytes per second. */
export const DOWNLOAD_BYTES_PER_SECOND = 40_000_000;
/** Of unpacked data, bytes per second. */
export const EXTRACT_BYTES_PER_SECOND = 150_000_000;
const CONCURRENT_DOWNLOADS = 3;
/** Progress lines of one layer's download at most. */
const MAX_DOWNLOAD_STEPS = 10;
const VERIFY_US = 2_000;

/** Lays out the pull of an image's layers, bottom first. `detailed` adds the intermediate byte counts. */
export function planPull(layers: readonly PullLayer[], detailed: boolean): PullPlan {
  const steps: PullStep[] = [];
  const missing = layers.filter(({ present }) => !present);
  for (const { name, present } of layers)
    steps.push({ atUs: 0, layer: name, phase: present ? 'Already exists' : 'Pulling fs layer' });
  for (const { name } of missing.slice(CONCURRENT_DOWNLOADS)) steps.push({ atUs: 0, layer: name, phase: 'Waiting' });

  // Layers go to the lane that is free first; a lane has an equal share of the bandwidth.
  const lanes = Array.from({ length: Math.min(CONCURRENT_DOWNLOADS, missing.length) }, () => 0);
  const usPerByte = (1_000_000 / DOWNLOAD_BYTES_PER_SECOND) * Math.max(1, lanes.length);
  let unpackedAt = 0;
  for (const { name, compressedBytes, sizeBytes } of missing) {
    const lane = lanes.indexOf(Math.min(...lanes));
    const from = lanes[lane] ?? 0;
    const takesUs = Math.round(compressedBytes * usPerByte);
    if (detailed) addDownloadSteps(steps, name, from, takesUs, compressedBytes);
    const arrived = from + takesUs;
    lanes[lane] = arrived;
    steps.push({ atUs: arrived, layer: name, phase: 'Verifying Checksum' });
    const verified = arrived + VERIFY_US;
    steps.push({ atUs: verified, layer: name, phase: 'Download complete' });
    const begins = Math.max(verified, unpackedAt);
    unpackedAt = begins + Math.round((sizeBytes * 1_000_000) / EXTRACT_BYTES_PER_SECOND) + VERIFY_US;
    steps.push({
      atUs: begins,
      layer: name,
      phase: 'Extracting',
      currentBytes: compressedBytes,
      totalBytes: compressedBytes,
    });
    steps.push({ atUs: unpackedAt, layer: name, phase: 'Pull complete' });
  }
  return { steps: steps.toSorted((a, b) => a.atUs - b.atUs), durationUs: unpackedAt };
}

function addDownloadSteps(steps: PullStep[], name: string, from: number, takesUs: number, bytes: number): void {
  const count = Math.min(MAX_DOWNLOAD_STEPS, 1 + Math.floor(takesUs / 100_000));
  for (let i = 1; i <= count; i += 1) {
    const part = i / count;
    steps.push({
      atUs: from + Math.round(takesUs * part),
      layer: name,
      phase: 'Downloading',
      currentBytes: Math.round(bytes * part),
      totalBytes: bytes,
    });
  }
}
