/**
 * What is told of an event, made once for all who are told the same of it: they are handed one and the same
 * object, by which whoever writes it to them knows that it is written already.
 */
export class Shared<Out> {
  readonly #made = new WeakMap<object, Map<string, Out>>();

  once(event: object, audience: string, make: () => Out): Out {
    let made = this.#made.get(event);
    if (!made) this.#made.set(event, (made = new Map<string, Out>()));
    const known = made.get(audience);
    if (known !== undefined || made.has(audience)) return known as Out;
    const out = make();
    made.set(audience, out);
    return out;
  }
}
