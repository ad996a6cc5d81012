/** How an answer is written. */
export interface Format {
  /** As `Content-Type` says it. */
  type: string;
  write(value: unknown): string;
}
