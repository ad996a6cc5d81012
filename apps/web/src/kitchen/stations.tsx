import type { Station } from './cards.ts';
import { ALL } from './cards.ts';
import { stationName } from './station.ts';

interface StationsProps {
  stations: readonly string[];
  work: ReadonlyMap<Station, number>;
  chosen: Station;
  choose: (station: Station) => void;
}

/** Which tickets hang here: those of one station, or all. */
export function Stations({ stations, work, chosen, choose }: StationsProps) {
  return (
    <div className="kitchen-stations" role="group" aria-label="Station">
      {[ALL, ...stations].map((station) => (
        <button
          key={station ?? 'all of them'}
          type="button"
          className="kitchen-station"
          aria-pressed={station === chosen}
          onClick={() => choose(station)}
        >
          {stationName(station)}
          <span className="kitchen-station-count">
            {work.get(station) ?? 0}
            <span className="unseen"> to cook</span>
          </span>
        </button>
      ))}
    </div>
  );
}
