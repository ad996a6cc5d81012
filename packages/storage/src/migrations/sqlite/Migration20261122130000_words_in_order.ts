import { Migration } from '@mikro-orm/migrations';

export class Migration20261122130000_words_in_order extends Migration {

  override name = 'Migration20261122130000_words_in_order';

  override up(): void | Promise<void> {
    this.addSql(`create table \`menu_word__new\` (\`item_id\` text not null, \`restaurant_id\` text not null, \`word\` text not null, \`category_position\` integer not null, \`category_id\` text not null, \`sort_name\` text not null, primary key (\`item_id\`, \`restaurant_id\`, \`word\`));`);
    this.addSql(`insert into \`menu_word__new\` (\`item_id\`, \`restaurant_id\`, \`word\`, \`category_position\`, \`category_id\`, \`sort_name\`) select \`w\`.\`item_id\`, \`w\`.\`restaurant_id\`, \`w\`.\`word\`, \`i\`.\`category_position\`, \`i\`.\`category_id\`, \`i\`.\`sort_name\` from \`menu_word\` as \`w\` inner join \`menu_item\` as \`i\` on \`i\`.\`id\` = \`w\`.\`item_id\`;`);
    this.addSql(`drop table \`menu_word\`;`);
    this.addSql(`alter table \`menu_word__new\` rename to \`menu_word\`;`);
    this.addSql(`create index \`menu_word_in_order_index\` on \`menu_word\` (\`restaurant_id\`, \`word\`, \`category_position\`, \`category_id\`, \`sort_name\`, \`item_id\`);`);
  }

  override down(): void | Promise<void> {
    this.addSql(`create table \`menu_word__new\` (\`item_id\` text not null, \`restaurant_id\` text not null, \`word\` text not null, primary key (\`item_id\`, \`restaurant_id\`, \`word\`));`);
    this.addSql(`insert into \`menu_word__new\` (\`item_id\`, \`restaurant_id\`, \`word\`) select \`item_id\`, \`restaurant_id\`, \`word\` from \`menu_word\`;`);
    this.addSql(`drop table \`menu_word\`;`);
    this.addSql(`alter table \`menu_word__new\` rename to \`menu_word\`;`);
    this.addSql(`create index \`menu_word_restaurant_id_word_item_id_index\` on \`menu_word\` (\`restaurant_id\`, \`word\`, \`item_id\`);`);
  }

}
