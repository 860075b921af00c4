import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import vm from 'node:vm';
import { writeAtomically } from './source-hash.mjs';

/**
 * Runs a CommonJS bundle with the machine code of an earlier run, which V8 keeps in `<file>.code`: compiling some megabytes
 * anew would take longer than the sandbox needs to boot. What belongs to another build or version of Node is refused by V8
 * itself and replaced. Node 22's `module.enableCompileCache` does the same; Node 20 has no such call.
 *
 * @param {string} file the bundle; ASCII only
 */
export function runCompiled(file) {
  const codeFile = `${file}.code`;
  // One byte for each character: V8 reads such a text faster than UTF-8.
  const source = readFileSync(file, 'latin1');
  const cachedData = existsSync(codeFile) ? readFileSync(codeFile) : undefined;
  const script = new vm.Script(`(function (exports, require, module) {${source}\n})`, { filename: file, cachedData });
  if (cachedData === undefined || script.cachedDataRejected === true) {
    // At the end, because only what has run is compiled by then.
    process.on('exit', () => {
      keep(codeFile, script);
    });
  }
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module);
}

/**
 * @param {string} codeFile
 * @param {vm.Script} script
 */
function keep(codeFile, script) {
  try {
    writeAtomically(codeFile, script.createCachedData());
  } catch {
    // The folder is gone (a newer build) or cannot be written: the next run compiles again.
  }
}
