/** Ours; what stands behind it says in which way. */
export const OURS = 'Comanda';
export const NAIVE = 'naive stack';
