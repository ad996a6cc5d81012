import type { RoleUsage, UsageCounts } from '@comanda/client';
import { useQuery } from '@tanstack/react-query';
import { calls } from '../../house/comanda.ts';
import { dayAndTime, spoken } from '../../house/figures.ts';
import { useWorkplace } from '../../house/workplace.ts';
import { Badge } from '../../parts/badge.tsx';
import { Bars } from '../../parts/bars.tsx';
import { Nothing, Problem, Waiting } from '../../parts/notice.tsx';

/** The calls of the last 24 hours. */
export function Usage() {
  const timeZone = useWorkplace().place?.timeZone;
  const { data, error, refetch } = useQuery(calls.quotas.usage.queryOptions({ limit: 100 }));
  if (error !== null) return <Problem error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting rows={4} />;
  const roles = [...data.roles, ...(data.visitors ?? [])];
  if (roles.length === 0) return <Nothing>Nobody has called yet.</Nothing>;
  return (
    <section className="stack" aria-label="Usage">
      <h2>Who called how often</h2>
      <p className="aside">Since {dayAndTime(data.since, timeZone)}.</p>
      <Bars title="Calls of the busiest roles" bars={busiest(roles).map(barOf)} />
      <Counts
        title="By role"
        rows={busiest(roles, roles.length).map(({ role, ...counts }) => ({
          key: role,
          name: spoken(role),
          ...counts,
        }))}
      />
      <Counts
        title="By person"
        rows={data.people.map(({ person, role, ...counts }) => ({
          key: `${person.id} ${role}`,
          name: person.name,
          role: spoken(role),
          ...counts,
        }))}
      />
    </section>
  );
}

/** As many as have room beside each other on a phone. */
const SHOWN = 5;

function busiest(roles: RoleUsage[], most = SHOWN): RoleUsage[] {
  return roles
    .toSorted((one, other) => other.reads + other.writes - one.reads - one.writes)
    .slice(0, most);
}

function barOf({ role, reads, writes }: RoleUsage) {
  return {
    label: spoken(role),
    value: reads + writes,
    told: `${reads} reads, ${writes} writes`,
  };
}

interface CountsProps {
  title: string;
  rows: (UsageCounts & { key: string; name: string; role?: string })[];
}

function Counts({ title, rows }: CountsProps) {
  return (
    <div className="table-frame">
      <table className="table quotas-counts">
        <caption className="unseen">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{title}</th>
            <th scope="col" className="is-number">
              Reads
            </th>
            <th scope="col" className="is-number">
              Writes
            </th>
            <th scope="col" className="is-number">
              Refused
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, role, reads, writes, refused }) => (
            <tr key={key}>
              <th scope="row">
                {name} {role !== undefined && <span className="aside">{role}</span>}
              </th>
              <td className="is-number">{reads}</td>
              <td className="is-number">{writes}</td>
              <td className="is-number">
                {refused > 0 ? <Badge tone="warn">{refused}</Badge> : 0}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
