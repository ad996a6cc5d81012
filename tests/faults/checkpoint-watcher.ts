import { statSync } from 'node:fs';
import { workerData } from 'node:worker_threads';

// Beside the thread that writes: with a log in front, only a checkpoint writes into the file itself.

const changed = () => statSync(workerData as string, { bigint: true }).mtimeNs;
const before = changed();
while (changed() === before);
process.kill(process.pid, 'SIGKILL');
