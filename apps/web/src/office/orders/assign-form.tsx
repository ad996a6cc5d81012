import type { OrderView } from '@comanda/client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { calls, comanda } from '../../house/comanda.ts';
import { Button } from '../../parts/button.tsx';
import { Choice } from '../../parts/field.tsx';
import { Waiting } from '../../parts/notice.tsx';
import { FormCard } from './form-card.tsx';
import { useOrderDoing } from './use-order.ts';

/** Who brings it: somebody of the crew, those at work first. */
export function AssignForm({ order, onClose }: { order: OrderView; onClose: () => void }) {
  const asked = { role: 'delivery_crew', active: true, limit: 100 } as const;
  const { data: crew } = useQuery(calls.people.list.queryOptions(asked));
  const { data: onNow } = useQuery(calls.shifts.onNow.queryOptions());
  const [assigneeId, setAssigneeId] = useState(order.assigneeId ?? '');
  const { run, busy } = useOrderDoing({
    order,
    call: () =>
      comanda.orders.assign.mutate({
        orderId: order.id,
        expectedVersion: order.version,
        assigneeId: assigneeId || null,
      }),
    said: assigneeId === '' ? 'Nobody has it now.' : 'They have it now.',
    onDone: onClose,
  });
  if (!crew || !onNow) return <Waiting rows={1} />;
  const isHere = (personId: string) => onNow.items.some((each) => each.personId === personId);
  const sorted = crew.items.toSorted(
    (one, other) => Number(isHere(other.id)) - Number(isHere(one.id)),
  );
  return (
    <FormCard title="Give to the crew" onClose={onClose} onSubmit={run}>
      <Choice
        label="Who brings it"
        value={assigneeId}
        onChange={({ target }) => setAssigneeId(target.value)}
      >
        <option value="">Nobody yet</option>
        {sorted.map(({ id, firstName, lastName, username }) => (
          <option key={id} value={id}>
            {`${firstName} ${lastName}`.trim() || username}
            {isHere(id) ? ', at work' : ', not at work'}
          </option>
        ))}
      </Choice>
      <Button kind="main" type="submit" busy={busy}>
        Save
      </Button>
    </FormCard>
  );
}
