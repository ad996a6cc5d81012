import type { Place } from '@comanda/client';

const PATIENCE_MS = 10_000;

/** Where this phone is; nothing where nobody lets it say so: the service tells whether that will do. */
export function placeNow(): Promise<Place | undefined> {
  return new Promise((resolve) => {
    if (!('geolocation' in navigator)) {
      resolve(undefined);
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude, accuracy } }) =>
        resolve({ latitude, longitude, accuracyMeters: Math.min(accuracy, 100_000) }),
      () => resolve(undefined),
      { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 0 },
    );
  });
}
