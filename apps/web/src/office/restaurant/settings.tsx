import type { RestaurantDetail } from '@comanda/client';
import { createContext, type ReactNode, useContext, useState } from 'react';

interface Settings {
  /** As it was when the page was opened: everything typed is based on it. */
  opened: RestaurantDetail;
  /** The versions that were made by saving on this page. */
  mine: ReadonlySet<number>;
  onSaved: (saved: RestaurantDetail) => void;
  /** Throws away what was typed, and shows what is there. */
  startAnew: () => void;
}

const Here = createContext<Settings | undefined>(undefined);

export function useSettings(): Settings {
  const settings = useContext(Here);
  if (settings === undefined) throw new Error('There are settings in their room only.');
  return settings;
}

interface SettingsRoomProps {
  place: RestaurantDetail;
  startAnew: () => void;
  children: ReactNode;
}

/** What is saved in one part counts for all; what somebody else saved does not. */
export function SettingsRoom({ place, startAnew, children }: SettingsRoomProps) {
  const [opened] = useState(place);
  const [mine, setMine] = useState<ReadonlySet<number>>(new Set());
  const onSaved = ({ version }: RestaurantDetail) =>
    setMine((before) => new Set(before).add(version));
  return <Here value={{ opened, mine, onSaved, startAnew }}>{children}</Here>;
}
