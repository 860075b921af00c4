/** Every row runs here and with the machine's own openssl on the same files: text and status have to be equal. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { programs } from '../program-table.ts';
import { runProgram, type Finished } from '../testing/run-program.spec-support.ts';

const real = spawnSync('openssl', ['version'], { encoding: 'utf8' });
const directory = mkdtempSync(join(tmpdir(), 'drydock-openssl-'));
afterAll(() => {
  rmSync(directory, { recursive: true });
});

const here = async (line: string): Promise<Finished> =>
  await runProgram(programs, ['openssl', ...line.split(' ')], { cwd: directory, stdin: 'some text\n' });

const there = (line: string): Finished => {
  const { stdout, stderr, status } = spawnSync('openssl', line.split(' '), {
    cwd: directory,
    input: 'some text\n',
    encoding: 'utf8',
  });
  return { stdout, stderr, status: status ?? -1 };
};

/** What makes the files: an authority, a server's and a user's certificate, and one that signs itself. */
const MADE = [
  'ecparam -name prime256v1 -genkey -noout -out ca.key',
  'req -x509 -new -key ca.key -subj /CN=kubernetes -days 20000 -out ca.crt',
  'genrsa -out bob.key 1024',
  'req -new -key bob.key -subj /O=dev/CN=bob -out bob.csr',
  'x509 -req -in bob.csr -CA ca.crt -CAkey ca.key -CAcreateserial -out bob.crt -days 20000',
  'req -x509 -newkey rsa:1024 -nodes -keyout web.key -out web.crt -subj /C=KR/CN=web.local -days 30 -set_serial 77 -addext subjectAltName=DNS:web.local,IP:10.0.0.1 -addext extendedKeyUsage=serverAuth,clientAuth -addext keyUsage=critical,digitalSignature,keyCertSign',
  'genpkey -algorithm ec -pkeyopt ec_paramgen_curve:P-384 -out p384.key',
  'req -new -key p384.key -subj /CN=three -addext subjectAltName=DNS:a,DNS:b -out three.csr',
  'rsa -in bob.key -pubout -out bob.pub',
  'pkey -in p384.key -pubout -out p384.pub',
  'dgst -sha256 -sign bob.key -out bob.sig bob.csr',
  'dgst -sha512 -sign p384.key -out p384.sig bob.csr',
  'enc -aes-256-cbc -pbkdf2 -in bob.csr -out bob.aes -k secret',
  'enc -aes-128-ctr -a -iter 500 -md sha512 -in bob.csr -out bob.b64 -pass pass:secret',
];

const COMPARED = [
  ...['ca', 'bob', 'web'].flatMap((name) => [
    `x509 -in ${name}.crt -noout -text`,
    `x509 -in ${name}.crt -noout -subject -issuer -dates -serial -fingerprint`,
    `x509 -in ${name}.crt -noout -fingerprint -sha256`,
    `x509 -in ${name}.crt -noout -pubkey`,
    `x509 -in ${name}.crt`,
    `x509 -in ${name}.crt -noout -enddate -startdate`,
  ]),
  'x509 -in web.crt -noout -ext subjectAltName,keyUsage',
  'x509 -in web.crt -noout -modulus',
  'x509 -in ca.crt -noout -modulus',
  'x509 -in bob.crt -noout -subject -nameopt RFC2253',
  'verify -CAfile ca.crt bob.crt',
  'req -in three.csr -noout -text',
  'req -in bob.csr -noout -subject',
  'req -in bob.csr -noout -verify',
  'req -in bob.csr -noout -pubkey',
  'rsa -in bob.key -noout -text',
  'rsa -in bob.key -noout -check',
  'rsa -in bob.key -noout -modulus',
  'rsa -in bob.key -traditional',
  'pkey -in bob.key -pubout',
  'pkey -in p384.key',
  'pkey -in bob.pub -pubin -noout -text',
  'ec -in ca.key -noout -text',
  'ec -in p384.key',
  'dgst -sha256 ca.crt',
  'dgst -sha512 -r ca.crt bob.crt',
  'dgst -sha1 -hmac key ca.crt',
  'md5 ca.crt',
  'sha256',
  'base64',
  'base64 -in ca.crt',
  'enc -base64 -A -in ca.crt',
  'passwd -6 -salt abcdefgh secret',
  'dgst -sha256 -verify bob.pub -signature bob.sig bob.csr',
  'dgst -sha256 -prverify bob.key -signature bob.sig bob.csr',
  'dgst -sha512 -verify p384.pub -signature p384.sig bob.csr',
  'dgst -sha256 -verify bob.pub bob.csr',
  'enc -d -aes-256-cbc -pbkdf2 -in bob.aes -k secret',
  'enc -d -aes-128-ctr -a -iter 500 -md sha512 -in bob.b64 -k secret',
  'enc -aes-256-cbc -pbkdf2 -a -in ca.crt -k secret -S 0011223344556677',
  'aes-192-cbc -a -in ca.crt -k secret -S 0011223344556677',
  'aes128 -a -nosalt -pbkdf2 -k secret',
  'enc -aes-256-cbc -pbkdf2 -k x -S 0011223344556677 -P',
  'enc -aes-128-cbc -K 00 -iv 00 -a',
  'enc -aes-128-cbc -K 00',
  'enc -aes-256-ecb -K 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f -a',
  'enc -d -aes-256-cbc -pbkdf2 -in ca.crt -k x',
  'enc -aes-128-cbc -pbkdf2 -pass env:NOPE',
];

test.skipIf(real.status !== 0)('openssl here and the real one say the same of the same files', async () => {
  for (const line of MADE) expect([line, (await here(line)).status]).toEqual([line, 0]);
  for (const line of COMPARED) {
    const ours = await here(line);
    expect([line, ours]).toEqual([line, there(line)]);
  }
});

test.skipIf(real.status !== 0)('what the real openssl made is read here', async () => {
  for (const line of [
    'req -x509 -newkey rsa:2048 -nodes -keyout r.key -out r.crt -subj /CN=real -days 3',
    'req -new -key r.key -subj /O=x/CN=asks -out r.csr',
    'x509 -req -in r.csr -CA r.crt -CAkey r.key -CAcreateserial -out s.crt',
  ])
    expect([line, there(line).status]).toEqual([line, 0]);
  for (const line of [
    'x509 -in s.crt -noout -text',
    'x509 -in r.crt -noout -text',
    'req -in r.csr -noout -pubkey',
    'rsa -in r.key -noout -text',
  ])
    expect([line, await here(line)]).toEqual([line, there(line)]);
});
