import { Migration } from '@mikro-orm/migrations';

export class Migration20261122090000_reports extends Migration {

  override name = 'Migration20261122090000_reports';

  override up(): void | Promise<void> {
    this.addSql(`alter table \`customer_order\` add index \`customer_order_restaurant_id_placed_at_index\` (\`restaurant_id\`, \`placed_at\`);`);
    this.addSql(`alter table \`payment\` add index \`payment_restaurant_id_created_at_index\` (\`restaurant_id\`, \`created_at\`);`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table \`customer_order\` drop index \`customer_order_restaurant_id_placed_at_index\`;`);
    this.addSql(`alter table \`payment\` drop index \`payment_restaurant_id_created_at_index\`;`);
  }

}
