import { ButtonLink } from './button.tsx';
import { Page } from './page.tsx';

/** For an address at which there is nothing. */
export function NoPage() {
  return (
    <Page title="Nothing here">
      <p>There is no page at this address.</p>
      <ButtonLink to="/">To the menu</ButtonLink>
    </Page>
  );
}
