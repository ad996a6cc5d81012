import {
  cookieSession,
  createClient,
  localStorageSession,
  memorySession,
  refusedWith,
} from '@comanda/client';

// Bundled and loaded by a browser: `?api=…&session=…` says where the service is and what keeps the session.
const asked = new URLSearchParams(location.search);
const sessions = { memory: memorySession, local: localStorageSession, cookie: cookieSession };

globalThis.refusedWith = refusedWith;
globalThis.comanda = createClient({
  url: asked.get('api'),
  session: sessions[asked.get('session')](),
});
/** The numbers of the events up to `until`. */
globalThis.watched = async (until) => {
  const heard = [];
  for await (const step of comanda.lab.ticks.subscribe({ until }, { lastEventId: '0' })) {
    heard.push(step.data.n);
  }
  return heard;
};
/** A picture that the page has drawn itself. */
globalThis.drawn = (width, height) => {
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d').fillRect(0, 0, width / 2, height);
  return canvas.convertToBlob();
};
globalThis.sent = (blob) => comanda.files.upload.mutate(new File([blob], 'mine.png'));
/** How wide and high the picture is, once the page shows it. */
globalThis.shown = async ({ id }) => {
  const image = document.body.appendChild(new Image());
  image.src = comanda.files.url(id);
  await image.decode();
  return [image.naturalWidth, image.naturalHeight];
};
