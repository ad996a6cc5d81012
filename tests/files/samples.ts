import sharp from 'sharp';

interface Wanted {
  width?: number;
  height?: number;
  kind?: 'jpeg' | 'png' | 'webp' | 'gif' | 'tiff';
}

const drawn = ({ width = 40, height = 30 }: Wanted) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 30, b: 30 } } });

/** A picture as a caller sends it. */
export async function picture(wanted: Wanted = {}): Promise<Blob> {
  return blobOf(
    await drawn(wanted)
      .toFormat(wanted.kind ?? 'jpeg')
      .toBuffer(),
  );
}

/** Forty million pixels with their transparency, in rows from top to bottom or interlaced. */
export async function great(progressive: boolean): Promise<Blob> {
  const create = { width: 8_000, height: 5_000, channels: 4, background: '#456' } as const;
  return blobOf(await sharp({ create }).png({ progressive, compressionLevel: 1 }).toBuffer());
}

export const WHERE_AND_WHO = ['Pesto-Cam 7', 'Mario the owner', '44/1 24/1 0/1'];

/** As a phone makes it: on its side, and it tells where it was taken, when and with what. */
export async function snapshot(): Promise<Blob> {
  const [Model = '', Artist = '', GPSLatitude = ''] = WHERE_AND_WHO;
  const bytes = await drawn({ width: 60, height: 20 })
    .jpeg()
    .withMetadata({ orientation: 6 })
    .withExifMerge({ IFD0: { Model, Artist }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude } })
    .toBuffer();
  return blobOf(bytes);
}

export function blobOf(bytes: Uint8Array | string): Blob {
  return new Blob([new Uint8Array(Buffer.from(bytes))]);
}

export async function bytesOf(blob: Blob): Promise<Buffer> {
  return Buffer.from(await blob.arrayBuffer());
}
