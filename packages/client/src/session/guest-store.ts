/**
 * Where the token is kept by which whoever is not signed in is known again. A store that breaks, or
 * takes more than a second, does without guests; all else goes on.
 */
export interface GuestStore {
  /** Answers what was kept last, by whomever; asked at every call. */
  read(): string | undefined | Promise<string | undefined>;
  /** Keeps the token; `undefined` forgets it. */
  write(token: string | undefined): void | Promise<void>;
}
