import type { RestaurantDetail } from '@comanda/client';
import { createContext, type ReactNode, useContext, useState } from 'react';

/** The state of the restaurant on which everything typed on the page is based. */
interface Settings {
  version: number;
  onSaved: (saved: RestaurantDetail) => void;
  /** Throws away what was typed, and shows what is there. */
  startAnew: () => void;
}

const Here = createContext<Settings>({
  version: 0,
  onSaved: () => undefined,
  startAnew: () => undefined,
});

export const useSettings = () => useContext(Here);

interface SettingsRoomProps {
  place: RestaurantDetail;
  startAnew: () => void;
  children: ReactNode;
}

/** What is saved in one part counts for all; what somebody else saved does not. */
export function SettingsRoom({ place, startAnew, children }: SettingsRoomProps) {
  const [version, setVersion] = useState(place.version);
  const onSaved = (saved: RestaurantDetail) => {
    // A leap by more than one: somebody else was there, and the next part to be saved is to notice.
    setVersion((before) => (saved.version <= before + 1 ? saved.version : before));
  };
  return <Here value={{ version, onSaved, startAnew }}>{children}</Here>;
}
