import './quotas.css';
import { useQuery } from '@tanstack/react-query';
import { calls } from '../../house/comanda.ts';
import { useMay } from '../../house/who.ts';
import { Problem, Waiting } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { Policies } from './policies.tsx';
import { Usage } from './usage.tsx';

/** Who called how often, and how often they may. */
export default function Quotas() {
  const may = useMay();
  const { data, error, refetch } = useQuery(calls.quotas.policy.queryOptions());
  return (
    <Page title="Quotas">
      {may('report.read') && <Usage />}
      {error !== null && <Problem error={error} retry={() => void refetch()} />}
      {data ? <Policies policies={data} /> : <Waiting />}
    </Page>
  );
}
