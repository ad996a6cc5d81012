import './recipes.css';
import { Link, Route, Switch, useLocation } from 'wouter';
import { Page } from '../../parts/page.tsx';
import { Book } from './book.tsx';
import { Cellar } from './cellar.tsx';
import { useReach } from './reach.ts';
import { VaultDoor } from './vault.tsx';

/** The book of recipes, and behind it the vault and the cellar, for those who may go there. */
export default function Recipes() {
  const { vault, seesCellar } = useReach();
  const [at] = useLocation();
  const rooms = [
    { to: '/office/recipes', name: 'Book' },
    ...(vault ? [{ to: '/office/recipes/vault', name: 'Vault' }] : []),
    ...(seesCellar ? [{ to: '/office/recipes/cellar', name: 'Cellar' }] : []),
  ];
  return (
    <Page title="Recipes">
      {rooms.length > 1 && (
        <nav className="recipes-rooms" aria-label="Recipes">
          {rooms.map(({ to, name }) => (
            <Link key={to} href={to} aria-current={at === to ? 'page' : undefined}>
              {name}
            </Link>
          ))}
        </nav>
      )}
      <Switch>
        {vault && (
          <Route path="/office/recipes/vault">
            <VaultDoor how={vault} />
          </Route>
        )}
        {seesCellar && <Route path="/office/recipes/cellar" component={Cellar} />}
        <Route component={Book} />
      </Switch>
    </Page>
  );
}
