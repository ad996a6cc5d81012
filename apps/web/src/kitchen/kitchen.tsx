import './kitchen.css';
import { Redirect } from 'wouter';
import { useMay, useWho } from '../house/who.ts';
import { ButtonLink } from '../parts/button.tsx';
import { Header } from '../parts/header.tsx';
import { Notice, Waiting } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';
import { Display } from './display.tsx';

/** The screen on the wall of the kitchen, for whoever cooks. */
export default function Kitchen() {
  const who = useWho();
  const may = useMay();
  if (who === undefined) return <Waiting />;
  if (who === null) return <Redirect to="/sign-in?to=/kitchen" replace />;
  return (
    <div className="kitchen">
      <Header home="/kitchen" places={[]} />
      {may('order.cook') ? (
        <Display />
      ) : (
        <Page title="Kitchen">
          <Notice kind="warn">
            <p>
              This screen is for whoever cooks. You are here as {who.own.title.toLowerCase()}, and
              cannot see the tickets.
            </p>
            <ButtonLink to="/work">To my work</ButtonLink>
          </Notice>
        </Page>
      )}
    </div>
  );
}
