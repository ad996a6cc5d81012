import { Migration } from '@mikro-orm/migrations';

export class Migration20261122090000_reports extends Migration {

  override name = 'Migration20261122090000_reports';

  override up(): void | Promise<void> {
    this.addSql(`create index \`customer_order_restaurant_id_placed_at_index\` on \`customer_order\` (\`restaurant_id\`, \`placed_at\`);`);
    this.addSql(`create index \`payment_restaurant_id_created_at_index\` on \`payment\` (\`restaurant_id\`, \`created_at\`);`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop index \`customer_order_restaurant_id_placed_at_index\`;`);
    this.addSql(`drop index \`payment_restaurant_id_created_at_index\`;`);
  }

}
