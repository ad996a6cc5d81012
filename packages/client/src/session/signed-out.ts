/**
 * Why a session is over: its owner called `auth.logout` · the service ended it, or it expired ·
 * an old refresh token came back, so somebody may have stolen it · another tab or client that
 * shares the store found it over first, or somebody else signed in there.
 */
export type SignedOut = 'logout' | 'ended' | 'reused' | 'elsewhere';
