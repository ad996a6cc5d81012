import type { Client } from '@comanda/client';
import type { Size } from '@comanda/pictures/sizes';

// Checked by the compiler alone (`npm run typecheck`): the sizes that the client has addresses of are those
// in which pictures are kept.

type Fits<A, B> = [A] extends [B] ? true : false;
const proven = <Claim extends true>(claim: Claim): Claim => claim;

type Asked = NonNullable<Parameters<Client['files']['url']>[1]>;

export const claims = [proven<Fits<Asked, Size>>(true), proven<Fits<Size, Asked>>(true)];
