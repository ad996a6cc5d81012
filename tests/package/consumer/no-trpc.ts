import type { Client } from '@comanda/client';
import { type AppRouter, trpcClient } from '@comanda/client/router';

// Compiled where tRPC is not installed, and skipLibCheck hides that.

declare const comanda: Client;

export const router: { _def: object } = {} as AppRouter; // wrong: nothing is known of it
export const answer = trpcClient(comanda).permissions.mine.query(); // wrong: nor of this
