import type { ItemView } from '@comanda/client';
import { Switch } from '@base-ui/react/switch';
import { comanda } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { keepItem } from './item-cache.ts';

interface SaleSwitchProps {
  item: ItemView;
  /** Left out: the item itself. */
  option?: { id: string; name: string; available: boolean };
}

/** The 86 switch: off means that nobody can order it until somebody switches it on again. */
export function SaleSwitch({ item, option }: SaleSwitchProps) {
  const about = option ?? item;
  const { run, busy, input } = useDoing({
    call: (available: boolean) => {
      const named = option === undefined ? {} : { optionId: option.id };
      return comanda.menu.items.setAvailability.mutate({ itemId: item.id, ...named, available });
    },
    said: (_, available) => `${about.name} is ${available ? 'on sale again' : 'off, for now'}.`,
    onDone: keepItem,
  });
  const isOn = busy ? (input ?? about.available) : about.available;
  return (
    <Switch.Root
      className="office-menu-switch"
      aria-label={`${about.name}: on sale`}
      checked={isOn}
      onCheckedChange={run}
    >
      <Switch.Thumb className="office-menu-thumb" />
    </Switch.Root>
  );
}
