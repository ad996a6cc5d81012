import { Migration } from '@mikro-orm/migrations';

export class Migration20261122120000_menu_in_order extends Migration {

  override name = 'Migration20261122120000_menu_in_order';

  override up(): void | Promise<void> {
    this.addSql(`create table \`menu_item__new\` (\`id\` text not null primary key, \`created_at\` datetime not null, \`updated_at\` datetime not null, \`deleted_at\` datetime null, \`version\` integer not null default 1, \`restaurant_id\` text not null, \`category_id\` text not null, \`category_position\` integer not null, \`name\` text not null, \`sort_name\` text not null, \`slug\` text not null, \`description\` text not null, \`price\` bigint not null, \`tax_bps\` integer not null, \`featured\` integer not null, \`available\` integer not null, \`allergens\` json not null, \`station\` text null, \`prep_minutes\` integer null, \`photo_id\` text null, \`recipe_id\` text null, \`options\` json not null, \`mealtimes\` json null, \`stock_mode\` text check (\`stock_mode\` in ('none', 'count', 'out')) not null, \`stock_left\` integer not null, \`stock_low\` integer not null, constraint \`menu_item_category_id_foreign\` foreign key (\`category_id\`) references \`category\` (\`id\`));`);
    this.addSql(`insert into \`menu_item__new\` (\`id\`, \`created_at\`, \`updated_at\`, \`deleted_at\`, \`version\`, \`restaurant_id\`, \`category_id\`, \`name\`, \`sort_name\`, \`slug\`, \`description\`, \`price\`, \`tax_bps\`, \`featured\`, \`available\`, \`allergens\`, \`station\`, \`prep_minutes\`, \`photo_id\`, \`recipe_id\`, \`options\`, \`mealtimes\`, \`stock_mode\`, \`stock_left\`, \`stock_low\`, \`category_position\`) select \`id\`, \`created_at\`, \`updated_at\`, \`deleted_at\`, \`version\`, \`restaurant_id\`, \`category_id\`, \`name\`, \`sort_name\`, \`slug\`, \`description\`, \`price\`, \`tax_bps\`, \`featured\`, \`available\`, \`allergens\`, \`station\`, \`prep_minutes\`, \`photo_id\`, \`recipe_id\`, \`options\`, \`mealtimes\`, \`stock_mode\`, \`stock_left\`, \`stock_low\`, (select \`c\`.\`position\` from \`category\` as \`c\` where \`c\`.\`id\` = \`menu_item\`.\`category_id\`) from \`menu_item\`;`);
    this.addSql(`drop table \`menu_item\`;`);
    this.addSql(`alter table \`menu_item__new\` rename to \`menu_item\`;`);
    this.addSql(`create index \`menu_item_category_id_index\` on \`menu_item\` (\`category_id\`);`);
    this.addSql(`create index \`menu_item_restaurant_id_sort_name_id_index\` on \`menu_item\` (\`restaurant_id\`, \`sort_name\`, \`id\`);`);
    this.addSql(`create index \`menu_item_restaurant_id_price_id_index\` on \`menu_item\` (\`restaurant_id\`, \`price\`, \`id\`);`);
    this.addSql(`create unique index \`menu_item_slug_unique\` on \`menu_item\` (\`restaurant_id\`, \`slug\`);`);
    this.addSql(`create index \`menu_item_in_order_index\` on \`menu_item\` (\`restaurant_id\`, \`category_position\`, \`category_id\`, \`sort_name\`, \`id\`);`);
    this.addSql(`create index \`menu_item_dearest_first_index\` on \`menu_item\` (\`restaurant_id\`, \`price\` desc, \`id\`);`);
    this.addSql(`create table \`menu_word__new\` (\`item_id\` text not null, \`restaurant_id\` text not null, \`word\` text not null, primary key (\`item_id\`, \`restaurant_id\`, \`word\`));`);
    this.addSql(`insert into \`menu_word__new\` (\`item_id\`, \`restaurant_id\`, \`word\`) select \`item_id\`, \`restaurant_id\`, \`word\` from \`menu_word\`;`);
    this.addSql(`drop table \`menu_word\`;`);
    this.addSql(`alter table \`menu_word__new\` rename to \`menu_word\`;`);
    this.addSql(`create index \`menu_word_restaurant_id_word_item_id_index\` on \`menu_word\` (\`restaurant_id\`, \`word\`, \`item_id\`);`);
    this.addSql(`create index \`cart_restaurant_id_updated_at_id_index\` on \`cart\` (\`restaurant_id\`, \`updated_at\`, \`id\`);`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop index \`cart_restaurant_id_updated_at_id_index\`;`);
    this.addSql(`create table \`menu_item__new\` (\`id\` text not null primary key, \`created_at\` datetime not null, \`updated_at\` datetime not null, \`deleted_at\` datetime null, \`version\` integer not null default 1, \`restaurant_id\` text not null, \`category_id\` text not null, \`name\` text not null, \`sort_name\` text not null, \`slug\` text not null, \`description\` text not null, \`price\` bigint not null, \`tax_bps\` integer not null, \`featured\` integer not null, \`available\` integer not null, \`allergens\` json not null, \`station\` text null, \`prep_minutes\` integer null, \`photo_id\` text null, \`recipe_id\` text null, \`options\` json not null, \`mealtimes\` json null, \`stock_mode\` text check (\`stock_mode\` in ('none', 'count', 'out')) not null, \`stock_left\` integer not null, \`stock_low\` integer not null, constraint \`menu_item_category_id_foreign\` foreign key (\`category_id\`) references \`category\` (\`id\`));`);
    this.addSql(`insert into \`menu_item__new\` (\`id\`, \`created_at\`, \`updated_at\`, \`deleted_at\`, \`version\`, \`restaurant_id\`, \`category_id\`, \`name\`, \`sort_name\`, \`slug\`, \`description\`, \`price\`, \`tax_bps\`, \`featured\`, \`available\`, \`allergens\`, \`station\`, \`prep_minutes\`, \`photo_id\`, \`recipe_id\`, \`options\`, \`mealtimes\`, \`stock_mode\`, \`stock_left\`, \`stock_low\`) select \`id\`, \`created_at\`, \`updated_at\`, \`deleted_at\`, \`version\`, \`restaurant_id\`, \`category_id\`, \`name\`, \`sort_name\`, \`slug\`, \`description\`, \`price\`, \`tax_bps\`, \`featured\`, \`available\`, \`allergens\`, \`station\`, \`prep_minutes\`, \`photo_id\`, \`recipe_id\`, \`options\`, \`mealtimes\`, \`stock_mode\`, \`stock_left\`, \`stock_low\` from \`menu_item\`;`);
    this.addSql(`drop table \`menu_item\`;`);
    this.addSql(`alter table \`menu_item__new\` rename to \`menu_item\`;`);
    this.addSql(`create index \`menu_item_category_id_index\` on \`menu_item\` (\`category_id\`);`);
    this.addSql(`create index \`menu_item_restaurant_id_sort_name_id_index\` on \`menu_item\` (\`restaurant_id\`, \`sort_name\`, \`id\`);`);
    this.addSql(`create index \`menu_item_restaurant_id_price_id_index\` on \`menu_item\` (\`restaurant_id\`, \`price\`, \`id\`);`);
    this.addSql(`create unique index \`menu_item_slug_unique\` on \`menu_item\` (\`restaurant_id\`, \`slug\`);`);
    this.addSql(`create index \`menu_item_restaurant_id_category_id_index\` on \`menu_item\` (\`restaurant_id\`, \`category_id\`);`);
    this.addSql(`create table \`menu_word__new\` (\`item_id\` text not null, \`word\` text not null, \`restaurant_id\` text not null, primary key (\`item_id\`, \`word\`));`);
    this.addSql(`insert into \`menu_word__new\` (\`item_id\`, \`restaurant_id\`, \`word\`) select \`item_id\`, \`restaurant_id\`, \`word\` from \`menu_word\`;`);
    this.addSql(`drop table \`menu_word\`;`);
    this.addSql(`alter table \`menu_word__new\` rename to \`menu_word\`;`);
    this.addSql(`create index \`menu_word_restaurant_id_word_item_id_index\` on \`menu_word\` (\`restaurant_id\`, \`word\`, \`item_id\`);`);
  }

}
