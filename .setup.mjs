// Installs what package-lock.json names and checks the Node that npm scripts will use.
// Plain JavaScript without dependencies: it runs before either is there, on any Node since 16.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('.', import.meta.url)));
const STAMP = 'node_modules/.installed-from';
const LOCK = '.setup.lock';

if (!installed()) whileLocked(() => installed() || install());
checkNode();

function installed() {
  if (read(STAMP) === wanted()) return true;
  if (!matchesLockfile()) return false;
  writeFileSync(STAMP, wanted());
  return true;
}

function wanted() {
  const hash = createHash('sha256').update(read('package-lock.json')).digest('hex');
  return `${hash} ${process.platform} ${process.arch}`;
}

/** True after an `npm install` by hand: npm notes what is there, and does so last. */
function matchesLockfile() {
  const present = JSON.parse(read('node_modules/.package-lock.json') || '{}').packages;
  return !!present && Object.entries(JSON.parse(read('package-lock.json')).packages).every(fits);
  function fits([path, { version, optional, devOptional }]) {
    if (!path.includes('node_modules/')) return true;
    return present[path] ? present[path].version === version : optional || devOptional;
  }
}

function install() {
  console.log('Installing the dependencies (half a minute, only when they changed) …');
  rmSync(STAMP, { force: true });
  const npm = /npm-cli\.c?js$/.test(process.env.npm_execpath || '') && process.env.npm_execpath;
  const args = ['ci', '--include=dev', '--include=optional'];
  if (process.env.CI) args.push('--no-progress');
  const { status } = npm
    ? spawnSync(process.execPath, [npm, ...args], { stdio: 'inherit' })
    : spawnSync('npm', args, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) fail('The dependencies could not be installed; npm says above why.');
  writeFileSync(STAMP, wanted());
}

/** `npm start` and `npm test` may begin at once. A rename is atomic and replaces no held lock. */
function whileLocked(work) {
  const mine = `${LOCK}.${process.pid}`;
  mkdirSync(mine, { recursive: true });
  writeFileSync(`${mine}/pid`, String(process.pid));
  process.on('exit', () => rmSync(mine, { recursive: true, force: true }));
  for (let waits = 0; !moved(mine, LOCK); waits += 1) {
    const holder = Number(read(`${LOCK}/pid`));
    if (waits === 1) console.log(`Waiting for another set-up (process ${holder}) …`);
    if (waits === 3000) fail(`Process ${holder} holds ${LOCK} too long: stop it, or remove that.`);
    if (holder && !alive(holder)) moved(LOCK, `${mine}/stale`);
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
  process.on('exit', () => rmSync(LOCK, { recursive: true, force: true }));
  work();
}

function moved(from, to) {
  try {
    return renameSync(from, to) === undefined;
  } catch {
    return false;
  }
}

function alive(pid) {
  try {
    return pid !== process.pid && process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function checkNode() {
  const node = existsSync('node_modules/.bin/node') ? 'node_modules/.bin/node' : process.execPath;
  const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
  const [major, minor] = (stdout || 'v0.0').slice(1).split('.').map(Number);
  if (major > 24 || (major === 24 && minor >= 13)) return;
  const found = stdout ? `is ${stdout.trim()}` : 'does not run on this machine';
  const remove = node === process.execPath ? '' : `, remove ${node}`;
  fail(`Node 24.13 is needed, ${node} ${found}: install Node 24${remove} and run this again.`);
}

function read(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
