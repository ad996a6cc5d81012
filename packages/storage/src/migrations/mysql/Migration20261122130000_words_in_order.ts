import { Migration } from '@mikro-orm/migrations';

export class Migration20261122130000_words_in_order extends Migration {

  override name = 'Migration20261122130000_words_in_order';

  override up(): void | Promise<void> {
    this.addSql(`alter table \`menu_word\` add \`category_position\` int not null, add \`category_id\` varchar(36) not null, add \`sort_name\` varchar(200) not null;`);
    this.addSql(`update \`menu_word\` as \`w\` inner join \`menu_item\` as \`i\` on \`i\`.\`id\` = \`w\`.\`item_id\` set \`w\`.\`category_position\` = \`i\`.\`category_position\`, \`w\`.\`category_id\` = \`i\`.\`category_id\`, \`w\`.\`sort_name\` = \`i\`.\`sort_name\`;`);
    this.addSql(`alter table \`menu_word\` add index \`menu_word_in_order_index\` (\`restaurant_id\`, \`word\`, \`category_position\`, \`category_id\`, \`sort_name\`, \`item_id\`);`);
    this.addSql(`alter table \`menu_word\` drop index \`menu_word_restaurant_id_word_item_id_index\`;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table \`menu_word\` add index \`menu_word_restaurant_id_word_item_id_index\` (\`restaurant_id\`, \`word\`, \`item_id\`);`);
    this.addSql(`alter table \`menu_word\` drop index \`menu_word_in_order_index\`;`);
    this.addSql(`alter table \`menu_word\` drop column \`category_position\`, drop column \`category_id\`, drop column \`sort_name\`;`);
  }

}
