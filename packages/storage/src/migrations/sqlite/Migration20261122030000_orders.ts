import { Migration } from '@mikro-orm/migrations';

export class Migration20261122030000_orders extends Migration {

  override name = 'Migration20261122030000_orders';

  override up(): void | Promise<void> {
    this.addSql(`create table \`cart\` (\`id\` text not null primary key, \`created_at\` datetime not null, \`updated_at\` datetime not null, \`deleted_at\` datetime null, \`version\` integer not null default 1, \`restaurant_id\` text not null, \`owner_id\` text not null, \`guest\` integer not null, \`lines\` json not null);`);
    this.addSql(`create index \`cart_owner_id_index\` on \`cart\` (\`owner_id\`);`);
    this.addSql(`create index \`cart_updated_at_index\` on \`cart\` (\`updated_at\`);`);
    this.addSql(`create unique index \`cart_owner_unique\` on \`cart\` (\`restaurant_id\`, \`owner_id\`);`);

    this.addSql(`create table \`dining_table\` (\`id\` text not null primary key, \`created_at\` datetime not null, \`updated_at\` datetime not null, \`deleted_at\` datetime null, \`version\` integer not null default 1, \`restaurant_id\` text not null, \`name\` text not null, \`section\` text null, \`seats_min\` integer not null, \`seats_max\` integer not null, \`join_group\` text null, \`active\` integer not null);`);
    this.addSql(`create unique index \`dining_table_name_unique\` on \`dining_table\` (\`restaurant_id\`, \`name\`);`);

    this.addSql(`create table \`keyed_answer\` (\`id\` text not null primary key, \`restaurant_id\` text null, \`procedure\` text not null, \`asked\` text not null, \`answer\` json not null, \`at\` datetime not null);`);
    this.addSql(`create index \`keyed_answer_at_index\` on \`keyed_answer\` (\`at\`);`);

    this.addSql(`create table \`customer_order\` (\`id\` text not null primary key, \`created_at\` datetime not null, \`updated_at\` datetime not null, \`deleted_at\` datetime null, \`version\` integer not null default 1, \`restaurant_id\` text not null, \`number\` integer not null, \`origin\` text not null, \`type\` text check (\`type\` in ('dine_in', 'pickup', 'delivery')) not null, \`state\` text check (\`state\` in ('pending', 'confirmed', 'preparing', 'ready', 'served', 'out_for_delivery', 'completed', 'cancelled')) not null, \`payment\` text check (\`payment\` in ('unpaid', 'authorized', 'paid', 'part_refunded', 'refunded', 'failed')) not null, \`customer_id\` text null, \`guest_id\` text null, \`customer_name\` text not null, \`phone\` text null, \`address\` text null, \`instructions\` text not null, \`taken_by\` text null, \`table_id\` text null, \`table_name\` text null, \`assignee_id\` text null, \`assignee_name\` text null, \`currency\` text not null, \`total\` bigint not null, \`paid\` bigint not null, \`refunded\` bigint not null, \`totals\` json not null, \`units\` integer not null, \`rounds\` integer not null, \`changes\` integer not null, \`placed_at\` datetime not null, \`promised_at\` datetime null, \`closed_at\` datetime null);`);
    this.addSql(`create index \`customer_order_restaurant_id_id_index\` on \`customer_order\` (\`restaurant_id\`, \`id\`);`);
    this.addSql(`create index \`customer_order_restaurant_id_state_id_index\` on \`customer_order\` (\`restaurant_id\`, \`state\`, \`id\`);`);
    this.addSql(`create index \`customer_order_restaurant_id_customer_id_id_index\` on \`customer_order\` (\`restaurant_id\`, \`customer_id\`, \`id\`);`);
    this.addSql(`create index \`customer_order_restaurant_id_assignee_id_id_index\` on \`customer_order\` (\`restaurant_id\`, \`assignee_id\`, \`id\`);`);
    this.addSql(`create index \`customer_order_guest_id_index\` on \`customer_order\` (\`guest_id\`);`);
    this.addSql(`create unique index \`customer_order_number_unique\` on \`customer_order\` (\`restaurant_id\`, \`number\`);`);
    this.addSql(`create unique index \`customer_order_origin_unique\` on \`customer_order\` (\`restaurant_id\`, \`origin\`);`);

    this.addSql(`create table \`order_item\` (\`id\` text not null primary key, \`created_at\` datetime not null, \`updated_at\` datetime not null, \`deleted_at\` datetime null, \`version\` integer not null default 1, \`restaurant_id\` text not null, \`order_id\` text not null, \`position\` integer not null, \`round\` integer not null, \`item_id\` text not null, \`name\` text not null, \`options\` json not null, \`note\` text null, \`quantity\` integer not null, \`unit\` bigint not null, \`options_delta\` bigint not null, \`tax_bps\` integer not null, \`station\` text null, \`prep_minutes\` integer null, \`skips_kitchen\` integer not null, \`state\` text check (\`state\` in ('queued', 'cooking', 'done', 'served', 'voided')) not null, \`counted\` integer not null, \`started_at\` datetime null, \`done_at\` datetime null, constraint \`order_item_order_id_foreign\` foreign key (\`order_id\`) references \`customer_order\` (\`id\`));`);
    this.addSql(`create index \`order_item_order_id_index\` on \`order_item\` (\`order_id\`);`);
    this.addSql(`create unique index \`order_item_position_unique\` on \`order_item\` (\`order_id\`, \`position\`);`);

    this.addSql(`create table \`order_step\` (\`id\` text not null primary key, \`restaurant_id\` text not null, \`order_id\` text not null, \`at\` datetime not null, \`by_id\` text null, \`by_name\` text null, \`what\` text not null, \`from\` text null, \`to\` text null, \`reason\` text null);`);
    this.addSql(`create index \`order_step_order_id_id_index\` on \`order_step\` (\`order_id\`, \`id\`);`);

    this.addSql(`create table \`outbox_event\` (\`restaurant_id\` text not null, \`seq\` integer not null, \`at\` datetime not null, \`topic\` text not null, \`data\` json not null, primary key (\`restaurant_id\`, \`seq\`));`);
    this.addSql(`create index \`outbox_event_at_index\` on \`outbox_event\` (\`at\`);`);

    this.addSql(`create table \`payment\` (\`id\` text not null primary key, \`created_at\` datetime not null, \`updated_at\` datetime not null, \`deleted_at\` datetime null, \`version\` integer not null default 1, \`restaurant_id\` text not null, \`order_id\` text not null, \`kind\` text check (\`kind\` in ('payment', 'refund')) not null, \`amount\` bigint not null, \`method\` text not null, \`reason\` text null, \`by_id\` text null, \`by_name\` text null);`);
    this.addSql(`create index \`payment_order_id_id_index\` on \`payment\` (\`order_id\`, \`id\`);`);

    this.addSql(`create table \`stream_head\` (\`restaurant_id\` text not null primary key, \`epoch\` text not null, \`seq\` integer not null, \`trimmed\` integer not null, \`orders\` integer not null);`);

    this.addSql(`alter table \`restaurant\` add column \`ordering\` json null;`);
  }

  override down(): void | Promise<void> {

    this.addSql(`drop table if exists \`cart\`;`);
    this.addSql(`drop table if exists \`dining_table\`;`);
    this.addSql(`drop table if exists \`keyed_answer\`;`);
    this.addSql(`drop table if exists \`customer_order\`;`);
    this.addSql(`drop table if exists \`order_item\`;`);
    this.addSql(`drop table if exists \`order_step\`;`);
    this.addSql(`drop table if exists \`outbox_event\`;`);
    this.addSql(`drop table if exists \`payment\`;`);
    this.addSql(`drop table if exists \`stream_head\`;`);

    this.addSql(`alter table \`restaurant\` drop column \`ordering\`;`);
  }

}
