export type { Api, RefusalDetails } from './api.ts';
export type * from './contract/api.ts';
export type {
  Call,
  CallOptions,
  Mutation,
  Query,
  Stream,
  StreamEvent,
  StreamOptions,
  StreamState,
  Subscription,
} from './calls.ts';
export { type Client, createClient } from './create-client.ts';
export {
  CallError,
  type ErrorOf,
  type Fault,
  type FaultDetails,
  isFault,
  type Refused,
  refusedWith,
  type Safe,
  safe,
  type Told,
} from './errors.ts';
export type { Files } from './files.ts';
export type { ClientOptions, ConnectOptions, Pace, RetryOptions } from './options.ts';
export type { Quota } from './quota.ts';
export { cookieSession } from './session/cookie-session.ts';
export type { GuestStore } from './session/guest-store.ts';
export { localStorageGuest } from './session/local-storage-guest.ts';
export { localStorageSession } from './session/local-storage-session.ts';
export { memorySession } from './session/memory-session.ts';
export type { TextStorage } from './session/shelf.ts';
export type { SignedOut } from './session/signed-out.ts';
export type { SessionStore, Tokens } from './session/store.ts';
