// Shown in packages/client/README.md, and run against a real server by tests/package/story.test.ts.
// #region
import { readFile } from 'node:fs/promises';
import { createClient, refusedWith, safe } from '@comanda/client';

const comanda = createClient({ url: 'http://localhost:4000' });
const [password = '', file = ''] = process.argv.slice(2); // of the manager, and a picture of them
await comanda.auth.login.mutate({ identifier: 'manager', password });

// What comes in is a Blob: in a page the file that somebody chose, elsewhere one made of bytes.
const portrait = new Blob([await readFile(file)]);
const { id, width, height } = await comanda.files.upload.mutate(portrait);
console.log(`Taken in: ${width} x ${height}`);

// It hangs nowhere yet; whoever shows the manager from now on shows it.
await comanda.profile.setAvatar.mutate({ pictureId: id });
const { avatarId } = await comanda.profile.show.query();
if (avatarId === null) throw new Error('Somebody has taken it down.');
const { headers } = await fetch(comanda.files.url(avatarId, 'small'));
console.log(`Shown: ${headers.get('content-type')}, ${headers.get('cache-control')}`);

// Only pictures are taken, whatever they are called.
const [, error] = await safe(comanda.files.upload.mutate(new Blob(['hello'])));
if (error && refusedWith(error, 'NOT_A_PICTURE')) console.log(error.details.kinds.join(', '));
// #endregion
