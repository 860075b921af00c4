import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * A hash of the contents of files and folders. Their sizes and times are compared first with those of the last call,
 * kept in `cacheFile`, so that an unchanged tree costs some stat calls only.
 *
 * @param {string} root project folder
 * @param {readonly string[]} paths files and folders, relative to the root; missing ones count as absent
 * @param {string} cacheFile
 * @param {(path: string) => boolean} isIgnored given a path relative to the root
 * @returns {string} 16 hexadecimal digits
 */
export function hashSources(root, paths, cacheFile, isIgnored) {
  const files = paths.flatMap((path) => listFiles(root, path, isIgnored));
  const signature = digest(files.map(({ path, size, time }) => `${path} ${size} ${time}`).join('\n'));
  const cached = readCache(cacheFile);
  if (cached !== undefined && cached.signature === signature) return cached.hash;
  const hash = digest(files.map(({ path }) => `${path} ${digest(readFileSync(join(root, path)))}`).join('\n'));
  writeAtomically(cacheFile, JSON.stringify({ signature, hash }));
  return hash;
}

/**
 * @param {string} file
 * @param {string | Uint8Array} text
 */
export function writeAtomically(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, text);
  renameSync(temporary, file);
}

/**
 * @param {string} root
 * @param {string} path
 * @param {(path: string) => boolean} isIgnored
 * @returns {{path: string, size: number, time: number}[]}
 */
function listFiles(root, path, isIgnored) {
  if (isIgnored(path)) return [];
  const stat = statSync(join(root, path), { throwIfNoEntry: false });
  if (stat === undefined) return [];
  if (!stat.isDirectory()) return [{ path, size: stat.size, time: stat.mtimeMs }];
  return readdirSync(join(root, path))
    .sort()
    .flatMap((name) => listFiles(root, `${path}/${name}`, isIgnored));
}

/** @param {string | Uint8Array} content */
const digest = (content) => createHash('sha256').update(content).digest('hex').slice(0, 16);

/**
 * @param {string} file
 * @returns {{signature: string, hash: string} | undefined}
 */
function readCache(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
