import { Migration } from '@mikro-orm/migrations';

export class Migration20261122120000_menu_in_order extends Migration {

  override name = 'Migration20261122120000_menu_in_order';

  override up(): void | Promise<void> {
    this.addSql(`alter table \`menu_item\` add \`category_position\` int not null;`);
    this.addSql(`update \`menu_item\` as \`i\` inner join \`category\` as \`c\` on \`c\`.\`id\` = \`i\`.\`category_id\` set \`i\`.\`category_position\` = \`c\`.\`position\`;`);
    this.addSql(`alter table \`menu_item\` add index \`menu_item_in_order_index\` (\`restaurant_id\`, \`category_position\`, \`category_id\`, \`sort_name\`, \`id\`);`);
    this.addSql(`alter table \`menu_item\` add index \`menu_item_dearest_first_index\` (\`restaurant_id\`, \`price\` desc, \`id\`);`);
    this.addSql(`alter table \`menu_item\` drop index \`menu_item_restaurant_id_category_id_index\`;`);
    this.addSql(`alter table \`menu_word\` drop primary key, add primary key (\`item_id\`, \`restaurant_id\`, \`word\`);`);
    this.addSql(`alter table \`cart\` add index \`cart_restaurant_id_updated_at_id_index\` (\`restaurant_id\`, \`updated_at\`, \`id\`);`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table \`cart\` drop index \`cart_restaurant_id_updated_at_id_index\`;`);
    this.addSql(`alter table \`menu_word\` drop primary key, add primary key (\`item_id\`, \`word\`);`);
    this.addSql(`alter table \`menu_item\` add index \`menu_item_restaurant_id_category_id_index\` (\`restaurant_id\`, \`category_id\`);`);
    this.addSql(`alter table \`menu_item\` drop index \`menu_item_dearest_first_index\`;`);
    this.addSql(`alter table \`menu_item\` drop index \`menu_item_in_order_index\`;`);
    this.addSql(`alter table \`menu_item\` drop column \`category_position\`;`);
  }

}
