/** Where the mirror stands. */
export const MIRROR = '/api/v1';

export function isMirror(url: string): boolean {
  return url.startsWith(`${MIRROR}/`) || url === MIRROR || url.startsWith(`${MIRROR}?`);
}
