import { Component, type ReactNode } from 'react';
import { Button } from './button.tsx';

interface State {
  error: unknown;
}

/** Keeps a page that broke from taking the whole window with it. */
export class Broken extends Component<{ children: ReactNode }, State> {
  override state: State = { error: undefined };

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override render() {
    if (this.state.error === undefined) return this.props.children;
    return (
      <main id="main" className="page">
        <h1>This page broke</h1>
        <p>Nothing you ordered or saved is lost. Load the page again.</p>
        <Button kind="main" onClick={() => window.location.reload()}>
          Load again
        </Button>
      </main>
    );
  }
}
