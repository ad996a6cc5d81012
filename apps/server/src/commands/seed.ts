import { readConfig } from '../config.ts';
import { peopleOf } from './banner.ts';
import { plantDemo } from './demo.ts';
import { withHouse } from './premises.ts';
import { Refusal } from './start-failures.ts';

/** Plants the demo restaurant as the first start would, for a database that several servers will share. */
export async function seed(): Promise<void> {
  if (readConfig().production) {
    throw new Refusal('This is a production server: no demo restaurant is planted here.');
  }
  await withHouse('seed', async (house) => {
    const planted = await plantDemo(house);
    console.log(
      planted ? peopleOf(planted).join('\n') : 'There is a restaurant already: nothing is planted.',
    );
  });
}
