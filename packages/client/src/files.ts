import type { Api } from './api.ts';

type Calls = Api['files'];

/** The calls about pictures, and what the client itself knows of them. */
export interface Files extends Calls {
  /**
   * The address where a picture is shown, to whoever knows it, as WebP: 320 pixels wide or high, or
   * 1,600. What it shows never changes.
   *
   * @example
   * image.src = comanda.files.url(picture.id, 'small');
   */
  url(pictureId: string, size?: 'small' | 'large'): string;
}
