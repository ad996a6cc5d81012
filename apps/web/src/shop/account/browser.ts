const BROWSERS: [sign: RegExp, name: string][] = [
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
const MACHINES: [sign: RegExp, name: string][] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS/, 'macOS'],
  [/Linux/, 'Linux'],
];

/** `Chrome on Linux`, as far as a browser says so of itself. */
export function browserOf(userAgent: string | null): string {
  const named = (from: typeof BROWSERS) => from.find(([sign]) => sign.test(userAgent ?? ''))?.[1];
  const [browser, machine] = [named(BROWSERS), named(MACHINES)];
  if (browser === undefined) return machine ?? 'A program';
  return machine === undefined ? browser : `${browser} on ${machine}`;
}
