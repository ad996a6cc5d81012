import { Migration } from '@mikro-orm/migrations';

export class Migration20261122140000_lighter_orders extends Migration {

  override name = 'Migration20261122140000_lighter_orders';

  override up(): void | Promise<void> {
    this.addSql(`alter table \`cart\` drop index \`cart_updated_at_index\`;`);
    this.addSql(`alter table \`order_item\` drop index \`order_item_order_id_index\`;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table \`order_item\` add index \`order_item_order_id_index\` (\`order_id\`);`);
    this.addSql(`alter table \`cart\` add index \`cart_updated_at_index\` (\`updated_at\`);`);
  }

}
