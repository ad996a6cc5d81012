import { comanda } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { Button } from '../../parts/button.tsx';
import type { Plan } from './plan.ts';

const AT_ONCE = 100;

interface PublishingProps {
  plan: Plan;
  onChoose: (chosen: ReadonlySet<string> | null) => void;
}

/** Lets those who work them see the drafts of the week: all, or those that were picked. */
export function Publishing({ plan, onChoose }: PublishingProps) {
  const { shifts, chosen } = plan;
  const drafts = shifts.filter(({ state }) => state === 'draft').map(({ id }) => id);
  const publish = useDoing({
    call: (shiftIds: string[]) =>
      comanda.shifts.publish.mutate({ shiftIds: shiftIds.slice(0, AT_ONCE) }),
    said: ({ items }) => `${items.length} published.`,
    touches: ['shifts'],
    onDone: () => onChoose(null),
  });
  if (chosen !== null) {
    return (
      <>
        <Button
          kind="main"
          busy={publish.busy}
          disabled={chosen.size === 0}
          onClick={() => publish.run([...chosen])}
        >
          Publish {chosen.size} chosen
        </Button>
        <Button onClick={() => onChoose(null)}>Choose none</Button>
      </>
    );
  }
  return (
    <>
      <Button
        kind="main"
        busy={publish.busy}
        disabled={drafts.length === 0}
        onClick={() => publish.run(drafts)}
      >
        {drafts.length === 0 ? 'All is published' : `Publish all ${drafts.length}`}
      </Button>
      {drafts.length > 1 && <Button onClick={() => onChoose(new Set())}>Choose drafts</Button>}
    </>
  );
}
