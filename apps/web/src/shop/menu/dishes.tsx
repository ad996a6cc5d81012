import type { ItemView } from '@comanda/client';
import { Link } from 'wouter';
import { price } from '../../house/figures.ts';
import { Badge } from '../../parts/badge.tsx';
import { Photo } from '../../parts/photo.tsx';
import { OVER } from '../cart/over.ts';
import { signOf } from './signs.ts';

/** Dishes side by side; each is one large link. */
export function Dishes({ items, currency }: { items: ItemView[]; currency: string }) {
  return (
    <ul className="menu-dishes">
      {items.map((item) => (
        <Dish key={item.id} item={item} currency={currency} />
      ))}
    </ul>
  );
}

function Dish({ item, currency }: { item: ItemView; currency: string }) {
  const { name, slug, description, photoId, featured } = item;
  const sign = signOf(item);
  const isOut = item.now.because === 'SOLD_OUT';
  return (
    <li className={isOut ? 'menu-dish is-out' : 'menu-dish'}>
      <div className="menu-words">
        <h3>
          <Link href={`/dish/${slug}`} state={OVER} className="menu-open">
            {name}
          </Link>
        </h3>
        <p className="menu-about">{description}</p>
        <p className="menu-facts">
          <span className="amount menu-price">{price(item.price, currency)}</span>
          {sign && <Badge tone={sign.tone}>{sign.words}</Badge>}
          {featured && !isOut && <Badge tone="busy">Favourite</Badge>}
        </p>
      </div>
      <Photo pictureId={photoId} alt="" className="menu-photo" />
    </li>
  );
}

/** As much room as dishes take. */
export function DishesWaiting({ count = 12 }: { count?: number }) {
  return (
    <div className="menu-waiting" role="status" aria-label="Loading the menu">
      {Array.from({ length: count }, (_, at) => (
        <div key={at} className="menu-dish is-waiting" />
      ))}
    </div>
  );
}
