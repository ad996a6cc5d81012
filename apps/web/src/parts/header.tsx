import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useRestaurant } from '../house/restaurant.ts';
import { useMay, useWho, worksHere } from '../house/who.ts';

export interface Place {
  to: string;
  name: ReactNode;
}

/** The head of every room: whose house it is, where one can go, and who one is. */
export function Header({ home, places }: { home: string; places: Place[] }) {
  const { restaurant } = useRestaurant();
  const [at] = useLocation();
  // Of a place and one below it, it is the one below.
  const current = places.findLast(({ to }) => isAt(at, to));
  return (
    <header className="header">
      <Link href={home} className="header-name">
        {restaurant?.name ?? 'Comanda'}
      </Link>
      <nav className="header-places" aria-label="Pages">
        {places.map(({ to, name }) => (
          <Link key={to} href={to} aria-current={to === current?.to ? 'page' : undefined}>
            {name}
          </Link>
        ))}
      </nav>
      <Rooms />
    </header>
  );
}

function isAt(at: string, to: string): boolean {
  return at === to || (to !== '/' && at.startsWith(`${to}/`));
}

/** The ways into the other rooms, for whoever may enter them. */
function Rooms() {
  const who = useWho();
  const may = useMay();
  const [at] = useLocation();
  const rooms: Place[] = [];
  if (who === null) rooms.push({ to: '/sign-in', name: 'Sign in' });
  if (who) {
    if (worksHere(who)) {
      rooms.push({ to: '/', name: 'Menu' }, { to: '/work', name: 'My work' });
      if (may('order.cook')) rooms.push({ to: '/kitchen', name: 'Kitchen' });
      rooms.push({ to: '/office', name: 'Office' });
    }
    rooms.push({ to: '/account', name: who.session.user.firstName || 'Account' });
  }
  return (
    <nav className="header-rooms" aria-label="Rooms">
      {rooms.map(({ to, name }) => (
        <Link key={to} href={to} aria-current={isAt(at, to) ? 'page' : undefined}>
          {name}
        </Link>
      ))}
    </nav>
  );
}
