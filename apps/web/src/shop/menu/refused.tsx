import { isFault, type ItemView, refusedWith } from '@comanda/client';
import { inWords } from '../../house/wording.ts';
import { ButtonLink } from '../../parts/button.tsx';
import { Notice } from '../../parts/notice.tsx';

/** Why it was not put into the cart, and what can be done. */
export function Refused({ error, item }: { error: unknown; item: ItemView }) {
  if (error === null || error === undefined) return null;
  return (
    <div className="dish-refused">
      <Notice kind="bad">
        <p>{told(error, item)}</p>
        {refusedWith(error, 'RESTAURANT_REQUIRED') && (
          <ButtonLink to="/at">Choose a restaurant</ButtonLink>
        )}
        {(refusedWith(error, 'CART_FULL') || isFault(error)) && (
          <ButtonLink to="/?cart">To the cart</ButtonLink>
        )}
      </Notice>
    </div>
  );
}

function told(error: unknown, item: ItemView): string {
  if (refusedWith(error, 'OPTIONS_INVALID')) {
    const names = refusedOptions(error).map((id) => optionName(item, id));
    const which = names.filter((name) => name !== undefined).join(', ');
    return `This cannot be had so any more${which && `: ${which}`}. Choose again.`;
  }
  if (refusedWith(error, 'CART_LINE_FULL')) {
    const { units, max } = error.details;
    return `That would be ${units} with what is in your cart already; ${max} is the most.`;
  }
  if (refusedWith(error, 'CART_FULL')) {
    return `Your cart is full: ${error.details.max} different things is the most. Take one out first.`;
  }
  if (refusedWith(error, 'RESTAURANT_REQUIRED')) return 'There are several restaurants here.';
  if (refusedWith(error, 'NOT_FOUND')) return 'This is not on the menu any more.';
  if (isFault(error)) return `${inWords(error)} Your cart shows whether it got there.`;
  return inWords(error);
}

/** The options, and groups of options, that do not fit. */
export function refusedOptions(error: unknown): string[] {
  return refusedWith(error, 'OPTIONS_INVALID') ? error.details.options : [];
}

function optionName({ options }: ItemView, id: string): string | undefined {
  const all = options.flatMap((group) => [group, ...group.options]);
  return all.find((one) => one.id === id)?.name;
}
