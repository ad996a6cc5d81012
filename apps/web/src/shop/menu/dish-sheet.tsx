import './dish.css';
import type { ItemView } from '@comanda/client';
import { useEffect } from 'react';
import { useSearch } from 'wouter';
import { useRestaurant } from '../../house/restaurant.ts';
import { Badge } from '../../parts/badge.tsx';
import { Notice, Problem, Waiting } from '../../parts/notice.tsx';
import { Photo } from '../../parts/photo.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import { useCart } from '../cart/cart-data.ts';
import { useClosing, useReplacing } from '../cart/over.ts';
import { DishForm } from './dish-form.tsx';
import { useDish } from './find-dish.ts';
import { signOf, whyNot } from './signs.ts';

/** One dish over the menu. With `?line=` it changes a line of the cart, and leads back there. */
export default function DishSheet({ slug }: { slug: string }) {
  const lineKey = new URLSearchParams(useSearch()).get('line');
  const { data: item, error, refetch } = useDish(slug);
  const { data: cart } = useCart();
  const replace = useReplacing();
  const toMenu = useClosing('/');
  const line = cart?.lines.find(({ key }) => key === lineKey);
  const close = lineKey === null ? toMenu : () => replace('/?cart');
  useTitle(item?.name);
  const title = item?.name ?? (item === null ? 'Not on the menu' : 'One moment');
  const isReady = item && (lineKey === null || cart !== undefined);
  return (
    <Sheet open onClose={close} title={title}>
      <div className="dish">
        {error && <Problem error={error} retry={() => void refetch()} />}
        {item === undefined && !error && <Waiting />}
        {item === null && <p>There is no such dish, or not any more.</p>}
        {item && <About item={item} />}
        {isReady && <DishForm item={item} line={line} onDone={close} />}
      </div>
    </Sheet>
  );
}

/** The window is called by the dish as long as it is open. */
function useTitle(name: string | undefined): void {
  useEffect(() => {
    if (name === undefined) return undefined;
    const before = document.title;
    document.title = `${name} · Comanda`;
    return () => {
      document.title = before;
    };
  }, [name]);
}

function About({ item }: { item: ItemView }) {
  const { restaurant } = useRestaurant();
  const { name, description, photoId, allergens, featured, prepMinutes } = item;
  const sign = signOf(item);
  const why = item.now.orderable ? undefined : whyNot(item.now, restaurant?.timeZone);
  return (
    <>
      {photoId !== null && (
        <Photo pictureId={photoId} alt={name} size="large" className="dish-photo" />
      )}
      {description !== '' && <p>{description}</p>}
      <p className="row">
        {featured && <Badge tone="busy">House favourite</Badge>}
        {sign && <Badge tone={sign.tone}>{sign.words}</Badge>}
        {prepMinutes !== null && prepMinutes > 0 && <Badge>About {prepMinutes} min</Badge>}
      </p>
      <p className="dish-allergens">
        <strong>Allergens:</strong> {allergens.length > 0 ? allergens.join(', ') : 'none named'}
      </p>
      {why !== undefined && <Notice kind="warn">{why}</Notice>}
    </>
  );
}
