export type Because = 'no picture' | 'too many bytes' | 'too many pixels' | 'no room' | 'no time';

/** Why a picture is not taken. */
export class PictureRefused extends Error {
  override readonly name = 'PictureRefused';
  readonly because: Because;

  constructor(because: Because, cause?: unknown) {
    super(`A picture is not taken: ${because}.`, { cause });
    this.because = because;
  }
}
