import type { ItemView } from '@comanda/client';
import { price } from '../../house/figures.ts';
import { Sheet } from '../../parts/sheet.tsx';
import { SaleSwitch } from './sale-switch.tsx';

interface OptionsSheetProps {
  item: ItemView;
  currency: string;
  onClose: () => void;
}

/** Everything that an item can be ordered with, each to be switched off by itself. */
export function OptionsSheet({ item, currency, onClose }: OptionsSheetProps) {
  return (
    <Sheet open onClose={onClose} title={`Options of ${item.name}`}>
      {item.options.map(({ id, name, options }) => (
        <section key={id} className="stack" aria-label={name}>
          <h3>{name}</h3>
          <ul className="office-menu-options">
            {options.map((option) => (
              <li key={option.id} className="row is-apart">
                <span>
                  {option.name}
                  {option.priceDelta !== 0 && (
                    <span className="aside amount"> {price(option.priceDelta, currency)}</span>
                  )}
                </span>
                <SaleSwitch item={item} option={option} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Sheet>
  );
}
