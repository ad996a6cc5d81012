import './account.css';
import type { ReactNode } from 'react';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';
import { useWho } from '../../house/who.ts';
import { NoPage } from '../../parts/no-page.tsx';
import { Waiting } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { Erasing } from './erasing.tsx';
import { Password } from './password.tsx';
import { Passes } from './passes.tsx';
import { Picture } from './picture.tsx';
import { Profile } from './profile.tsx';
import { Quotas } from './quotas.tsx';
import { Sessions } from './sessions.tsx';
import { SignOut } from './sign-out.tsx';
import { Workplace } from './workplace.tsx';

const PARTS = [
  { to: '/account', name: 'You' },
  { to: '/account/sign-ins', name: 'Sign-ins' },
  { to: '/account/work', name: 'Work and limits' },
];

export default function Account() {
  const who = useWho();
  const [at] = useLocation();
  if (who === undefined) return <Waiting />;
  if (who === null) return <Redirect to={`/sign-in?to=${at}`} replace />;
  return (
    <Switch>
      <Route path="/account">
        <Part title="Your account">
          <Profile />
          <Picture />
        </Part>
      </Route>
      <Route path="/account/sign-ins">
        <Part title="Sign-ins">
          <Sessions />
          <Password />
          <Passes />
          <Erasing />
        </Part>
      </Route>
      <Route path="/account/work">
        <Part title="Work and limits">
          <Workplace who={who} />
          <Quotas />
        </Part>
      </Route>
      <Route component={NoPage} />
    </Switch>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  const [at] = useLocation();
  return (
    <Page title={title} actions={<SignOut />}>
      <nav className="account-parts" aria-label="Account">
        {PARTS.map(({ to, name }) => (
          <Link key={to} href={to} aria-current={at === to ? 'page' : undefined}>
            {name}
          </Link>
        ))}
      </nav>
      {children}
    </Page>
  );
}
