import { Migration } from '@mikro-orm/migrations';

export class Migration20261122140000_lighter_orders extends Migration {

  override name = 'Migration20261122140000_lighter_orders';

  override up(): void | Promise<void> {
    this.addSql(`drop index \`cart_updated_at_index\`;`);
    this.addSql(`drop index \`order_item_order_id_index\`;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`create index \`order_item_order_id_index\` on \`order_item\` (\`order_id\`);`);
    this.addSql(`create index \`cart_updated_at_index\` on \`cart\` (\`updated_at\`);`);
  }

}
