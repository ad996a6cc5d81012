/** Smallest units of a currency as a price: `1250` of EUR is `€12.50`. */
export function price(amount: number, currency: string): string {
  const format = new Intl.NumberFormat(undefined, { style: 'currency', currency });
  const { maximumFractionDigits: digits = 2 } = format.resolvedOptions();
  return format.format(amount / 10 ** digits);
}

/** What somebody typed, `12.50` or `12,50`, in smallest units; nothing for what is no amount. */
export function amountOf(typed: string, currency: string): number | undefined {
  const plain = typed.trim().replace(',', '.');
  if (!/^\d{1,9}(\.\d{1,3})?$/.test(plain)) return undefined;
  const format = new Intl.NumberFormat(undefined, { style: 'currency', currency });
  const { maximumFractionDigits: digits = 2 } = format.resolvedOptions();
  const [whole = '0', part = ''] = plain.split('.');
  if (part.length > digits) return undefined;
  return Number(whole + part.padEnd(digits, '0'));
}

/** An amount as it is typed into a field. */
export function typedAmount(amount: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const { maximumFractionDigits: digits = 2 } = format.resolvedOptions();
  return (amount / 10 ** digits).toFixed(digits);
}

/** Times are told in the zone of the restaurant, wherever the reader is. */
export function clockTime(moment: Date, timeZone?: string): string {
  return moment.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', timeZone });
}

export function dayAndTime(moment: Date, timeZone?: string): string {
  return moment.toLocaleString(undefined, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  });
}

export function dayName(moment: Date, timeZone?: string): string {
  return moment.toLocaleDateString(undefined, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone,
  });
}

/** How long ago, or until when, in whole minutes or hours: `4 min`, `1 h 20`. */
export function span(ms: number): string {
  const minutes = Math.max(0, Math.round(Math.abs(ms) / 60_000));
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60)} h ${rest}`;
}

/** `delivery_crew` in words: `Delivery crew`. */
export function spoken(code: string): string {
  const words = code.replaceAll(/[_.]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
