import type { Caller, QuotaPolicies, QuotaPolicy } from '@comanda/client';
import { useState } from 'react';
import { spoken } from '../../house/figures.ts';
import { useMay } from '../../house/who.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { ratesOf } from './rates.ts';
import { SetSheet } from './set.tsx';

export interface Budget {
  role: Caller;
  read: QuotaPolicy;
  write: QuotaPolicy;
}

/** How often every role may call. */
export function Policies({ policies }: { policies: QuotaPolicies }) {
  const may = useMay();
  const [open, setOpen] = useState<Budget | null>(null);
  const { anonymous, roles, scopes, preset } = policies;
  const budgets: Budget[] = [{ ...anonymous, role: 'anonymous' }, ...roles];
  return (
    <>
      <section className="stack" aria-label="Budgets of roles">
        <div className="row is-apart">
          <h2>How often every role may call</h2>
          <Badge>Preset: {preset}</Badge>
        </div>
        <ul className="quotas-list">
          {budgets.map((budget) => (
            <li key={budget.role} className="card quotas-one">
              <strong>{budget.role === 'anonymous' ? 'Not signed in' : spoken(budget.role)}</strong>
              <span className="amount">{ratesOf(budget.read).join(' and ')} reads</span>
              <span className="amount">{ratesOf(budget.write).join(' and ')} writes</span>
              {may('quota.set') && (
                <Button
                  aria-label={`Change what ${spoken(budget.role)} may use`}
                  onClick={() => setOpen(budget)}
                >
                  Change
                </Button>
              )}
            </li>
          ))}
        </ul>
      </section>
      <details className="card">
        <summary className="quotas-scopes">Budgets beside those of roles</summary>
        <ul className="quotas-list">
          {scopes.map((scope) => (
            <li key={scope.name} className="row">
              <strong>{scope.name}</strong>
              <span className="amount">
                {ratesOf(scope).join(' and ')} per {scope.per}
              </span>
              {scope.failuresOnly && <Badge>Only failures</Badge>}
              {!scope.enforced && <Badge>Not in force</Badge>}
            </li>
          ))}
        </ul>
      </details>
      {open && <SetSheet budget={open} onClose={() => setOpen(null)} />}
    </>
  );
}
