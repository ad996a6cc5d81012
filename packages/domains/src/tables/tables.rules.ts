import { kernelErrors } from '@comanda/kernel/kernel.errors';

/** Refuses a table that asks for more guests than it has seats. */
export function refuseSeats({ seatsMin, seatsMax }: { seatsMin: number; seatsMax: number }): void {
  if (seatsMin <= seatsMax) return;
  const issue = { path: 'seatsMin', message: `no more than seatsMax, which is ${seatsMax}` };
  throw kernelErrors.VALIDATION({ issues: [issue], more: 0 });
}
