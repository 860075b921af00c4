import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const POLL_MS = 50;
/** No build takes longer; a lock older than this is taken over. */
const TIMEOUT_MS = 120_000;

/**
 * Runs the work while no other process of this project holds the same lock. A lock whose holder died is taken over.
 *
 * @template T
 * @param {string} lock a folder that exists while somebody holds the lock
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(lock, work) {
  const started = Date.now();
  while (!tryToTake(lock)) {
    if (isAbandoned(lock) || Date.now() - started > TIMEOUT_MS) rmSync(lock, { recursive: true, force: true });
    else await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

/** @param {string} lock */
function tryToTake(lock) {
  try {
    mkdirSync(lock);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
  writeFileSync(join(lock, 'pid'), String(process.pid));
  return true;
}

/** @param {string} lock */
function isAbandoned(lock) {
  try {
    process.kill(Number(readFileSync(join(lock, 'pid'), 'utf8')), 0);
    return false;
  } catch (error) {
    // A lock without a pid is one that is just being taken.
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
