import type { AuditView } from '@comanda/client';
import { spoken } from '../../house/figures.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { differenceOf } from './difference.ts';
import type { Filter } from './filters.tsx';

interface EntryProps {
  entry: AuditView;
  timeZone: string;
  onSeek: (part: Partial<Filter>) => void;
}

/** One thing that somebody did, and what it changed. */
export function Entry({ entry, timeZone, onSeek }: EntryProps) {
  const { at, actor, role, action, change, target, targetId, address } = entry;
  const isAlarm = action.startsWith('SECRET_VAULT');
  return (
    <li className="card audit-entry">
      <p className="row">
        <time className="amount" dateTime={at.toISOString()}>
          {momentInWords(at, timeZone)}
        </time>
        <strong>{actor ?? 'The house'}</strong>
        <span className="aside">{spoken(role)}</span>
        <Badge tone={isAlarm ? 'bad' : 'plain'}>{action}</Badge>
      </p>
      <p className="row">
        <span>
          {spoken(change)} {target}
        </span>
        <Button kind="quiet" onClick={() => onSeek({ target, targetId })}>
          Its whole story
        </Button>
      </p>
      <Difference entry={entry} />
      <p className="aside audit-foot">
        {target} {targetId}
        {address !== null && `, from ${address}`}
      </p>
    </li>
  );
}

function momentInWords(at: Date, timeZone: string): string {
  return at.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium', timeZone });
}

function Difference({ entry }: { entry: AuditView }) {
  const lines = differenceOf(entry);
  if (lines.length === 0) return null;
  return (
    <details className="audit-details">
      <summary>
        {lines.length === 1 ? 'One value' : `${lines.length} values`}:{' '}
        {lines.map(({ name }) => name).join(', ')}
      </summary>
      <div className="table-frame">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Before</th>
              <th scope="col">After</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ name, before, after }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{before === null ? '–' : <del>{before}</del>}</td>
                <td>{after === null ? '–' : <ins>{after}</ins>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
