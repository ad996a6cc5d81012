import { once } from 'node:events';
import { createClient } from '@comanda/client';

// Run by plain Node: signs in, waits for a word on stdin, goes on, tells what it saw, and ends by itself.
const [url, identifier, password, pixel] = process.argv.slice(2);
const sent = [];
const comanda = createClient({
  url,
  fetch: (input, init) => {
    sent.push(new URL(new Request(input, init).url).pathname);
    return fetch(input, init);
  },
});

await comanda.auth.login.mutate({ identifier, password });
console.log('signed in');
await once(process.stdin, 'data');
process.stdin.destroy();

const calls = await Promise.all([
  comanda.auth.session.query(),
  comanda.permissions.mine.query(),
  comanda.people.list.query({ limit: 1 }),
]);
const heard = [];
for await (const step of comanda.lab.ticks.subscribe({ until: 3 }, { lastEventId: '0' })) {
  heard.push(step.data.n);
}
const { width } = await comanda.files.upload.mutate(new Blob([Buffer.from(pixel, 'base64')]));
const { status } = await fetch(comanda.files.url('none'));
const refreshes = sent.filter((path) => path.includes('auth.refresh')).length;
const isDate = calls[0].expiresAt instanceof Date;
console.log(
  JSON.stringify({ name: calls[0].user.username, isDate, heard, width, status, refreshes }),
);
