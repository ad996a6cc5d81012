import type { ItemView } from '@comanda/client';
import { clockTime, price } from '../../house/figures.ts';
import { useMay } from '../../house/who.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Photo } from '../../parts/photo.tsx';
import { SaleSwitch } from './sale-switch.tsx';
import { stockInWords } from './stock-sheet.tsx';

/** What is to be done with an item. */
export type Doing = 'edit' | 'stock' | 'options' | 'remove' | 'restore';

interface ItemRowProps {
  item: ItemView;
  house: { currency: string; timeZone: string | undefined };
  onDo: (doing: Doing) => void;
}

/** One item of the menu, as the people see it who make it. */
export function ItemRow({ item, house, onDo }: ItemRowProps) {
  const may = useMay();
  const isRemoved = item.removedAt !== null;
  return (
    <li className="office-menu-item card">
      <Photo pictureId={item.photoId} alt="" className="office-menu-photo" />
      <div className="office-menu-words">
        <h3>{item.name}</h3>
        <p className="aside">
          <span className="amount">{price(item.price, house.currency)}</span>
          {item.staff?.station && ` · ${item.staff.station}`}
        </p>
        <p className="row office-menu-signs">
          <Signs item={item} timeZone={house.timeZone} />
        </p>
      </div>
      <div className="office-menu-doings">
        {isRemoved ? (
          <Button onClick={() => onDo('restore')}>
            Put back<span className="unseen"> {item.name}</span>
          </Button>
        ) : (
          <Doings item={item} onDo={onDo} />
        )}
      </div>
      {!isRemoved && may('menu.availability') && <SaleSwitch item={item} />}
    </li>
  );
}

function Doings({ item, onDo }: Pick<ItemRowProps, 'item' | 'onDo'>) {
  const may = useMay();
  const count = item.options.reduce((sum, { options }) => sum + options.length, 0);
  const about = <span className="unseen"> of {item.name}</span>;
  return (
    <>
      {count > 0 && may('menu.availability') && (
        <Button kind="quiet" onClick={() => onDo('options')}>
          Options{about}
        </Button>
      )}
      {may('inventory.manage') && (
        <Button kind="quiet" onClick={() => onDo('stock')}>
          Stock{about}
        </Button>
      )}
      {may('menu.write') && (
        <>
          <Button kind="quiet" onClick={() => onDo('edit')}>
            Edit<span className="unseen"> {item.name}</span>
          </Button>
          <Button kind="quiet" onClick={() => onDo('remove')}>
            Remove<span className="unseen"> {item.name}</span>
          </Button>
        </>
      )}
    </>
  );
}

/** What is not as usual with an item. */
function Signs({ item, timeZone }: { item: ItemView; timeZone: string | undefined }) {
  const isCounted = item.staff?.stockMode === 'count';
  const off = item.options.flatMap(({ options }) => options).filter((each) => !each.available);
  const { because, until } = item.now;
  return (
    <>
      {item.removedAt !== null && <Badge tone="bad">Removed</Badge>}
      {!item.available && <Badge tone="bad">86: off</Badge>}
      {item.stock === 'out' && <Badge tone="bad">None left</Badge>}
      {item.stock === 'low' && <Badge tone="warn">Low: {stockInWords(item)}</Badge>}
      {item.stock === 'plenty' && isCounted && <Badge>{stockInWords(item)}</Badge>}
      {item.featured && <Badge tone="good">Featured</Badge>}
      {because === 'OFF_MENU_TIME' && (
        <Badge>Not at this hour{until && `, from ${clockTime(until, timeZone)}`}</Badge>
      )}
      {off.length > 0 && (
        <Badge tone="warn">Without {off.map(({ name }) => name).join(', ')}</Badge>
      )}
    </>
  );
}
