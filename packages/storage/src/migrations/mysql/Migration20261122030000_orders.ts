import { Migration } from '@mikro-orm/migrations';

export class Migration20261122030000_orders extends Migration {

  override name = 'Migration20261122030000_orders';

  override up(): void | Promise<void> {
    this.addSql(`create table \`cart\` (\`id\` varchar(36) not null, \`created_at\` datetime(3) not null, \`updated_at\` datetime(3) not null, \`deleted_at\` datetime(3) null, \`version\` int not null default 1, \`restaurant_id\` varchar(36) not null, \`owner_id\` varchar(36) not null, \`guest\` tinyint(1) not null, \`lines\` json not null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`);
    this.addSql(`alter table \`cart\` add index \`cart_owner_id_index\` (\`owner_id\`);`);
    this.addSql(`alter table \`cart\` add index \`cart_updated_at_index\` (\`updated_at\`);`);
    this.addSql(`alter table \`cart\` add unique \`cart_owner_unique\` (\`restaurant_id\`, \`owner_id\`);`);

    this.addSql(`create table \`dining_table\` (\`id\` varchar(36) not null, \`created_at\` datetime(3) not null, \`updated_at\` datetime(3) not null, \`deleted_at\` datetime(3) null, \`version\` int not null default 1, \`restaurant_id\` varchar(36) not null, \`name\` varchar(40) not null, \`section\` varchar(40) null, \`seats_min\` int not null, \`seats_max\` int not null, \`join_group\` varchar(40) null, \`active\` tinyint(1) not null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`);
    this.addSql(`alter table \`dining_table\` add unique \`dining_table_name_unique\` (\`restaurant_id\`, \`name\`);`);

    this.addSql(`create table \`keyed_answer\` (\`id\` varchar(32) not null, \`restaurant_id\` varchar(36) null, \`procedure\` varchar(100) not null, \`asked\` varchar(64) not null, \`answer\` json not null, \`at\` datetime(3) not null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`);
    this.addSql(`alter table \`keyed_answer\` add index \`keyed_answer_at_index\` (\`at\`);`);

    this.addSql(`create table \`customer_order\` (\`id\` varchar(36) not null, \`created_at\` datetime(3) not null, \`updated_at\` datetime(3) not null, \`deleted_at\` datetime(3) null, \`version\` int not null default 1, \`restaurant_id\` varchar(36) not null, \`number\` int not null, \`origin\` varchar(32) not null, \`type\` enum('dine_in','pickup','delivery') not null, \`state\` enum('pending','confirmed','preparing','ready','served','out_for_delivery','completed','cancelled') not null, \`payment\` enum('unpaid','authorized','paid','part_refunded','refunded','failed') not null, \`customer_id\` varchar(36) null, \`guest_id\` varchar(36) null, \`customer_name\` varchar(200) not null, \`phone\` varchar(30) null, \`address\` varchar(300) null, \`instructions\` varchar(500) not null, \`taken_by\` varchar(36) null, \`table_id\` varchar(36) null, \`table_name\` varchar(40) null, \`assignee_id\` varchar(36) null, \`assignee_name\` varchar(200) null, \`currency\` varchar(3) not null, \`total\` bigint not null, \`paid\` bigint not null, \`refunded\` bigint not null, \`totals\` json not null, \`units\` int not null, \`rounds\` int not null, \`changes\` int not null, \`placed_at\` datetime(3) not null, \`promised_at\` datetime(3) null, \`closed_at\` datetime(3) null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`);
    this.addSql(`alter table \`customer_order\` add index \`customer_order_restaurant_id_id_index\` (\`restaurant_id\`, \`id\`);`);
    this.addSql(`alter table \`customer_order\` add index \`customer_order_restaurant_id_state_id_index\` (\`restaurant_id\`, \`state\`, \`id\`);`);
    this.addSql(`alter table \`customer_order\` add index \`customer_order_restaurant_id_customer_id_id_index\` (\`restaurant_id\`, \`customer_id\`, \`id\`);`);
    this.addSql(`alter table \`customer_order\` add index \`customer_order_restaurant_id_assignee_id_id_index\` (\`restaurant_id\`, \`assignee_id\`, \`id\`);`);
    this.addSql(`alter table \`customer_order\` add index \`customer_order_guest_id_index\` (\`guest_id\`);`);
    this.addSql(`alter table \`customer_order\` add unique \`customer_order_number_unique\` (\`restaurant_id\`, \`number\`);`);
    this.addSql(`alter table \`customer_order\` add unique \`customer_order_origin_unique\` (\`restaurant_id\`, \`origin\`);`);

    this.addSql(`create table \`order_item\` (\`id\` varchar(36) not null, \`created_at\` datetime(3) not null, \`updated_at\` datetime(3) not null, \`deleted_at\` datetime(3) null, \`version\` int not null default 1, \`restaurant_id\` varchar(36) not null, \`order_id\` varchar(36) not null, \`position\` int not null, \`round\` int not null, \`item_id\` varchar(36) not null, \`name\` varchar(200) not null, \`options\` json not null, \`note\` varchar(200) null, \`quantity\` int not null, \`unit\` bigint not null, \`options_delta\` bigint not null, \`tax_bps\` int not null, \`station\` varchar(40) null, \`prep_minutes\` int null, \`skips_kitchen\` tinyint(1) not null, \`state\` enum('queued','cooking','done','served','voided') not null, \`counted\` tinyint(1) not null, \`started_at\` datetime(3) null, \`done_at\` datetime(3) null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`);
    this.addSql(`alter table \`order_item\` add index \`order_item_order_id_index\` (\`order_id\`);`);
    this.addSql(`alter table \`order_item\` add unique \`order_item_position_unique\` (\`order_id\`, \`position\`);`);

    this.addSql(`create table \`order_step\` (\`id\` varchar(36) not null, \`restaurant_id\` varchar(36) not null, \`order_id\` varchar(36) not null, \`at\` datetime(3) not null, \`by_id\` varchar(36) null, \`by_name\` varchar(200) null, \`what\` varchar(20) not null, \`from\` varchar(20) null, \`to\` varchar(20) null, \`reason\` varchar(300) null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`);
    this.addSql(`alter table \`order_step\` add index \`order_step_order_id_id_index\` (\`order_id\`, \`id\`);`);

    this.addSql(`create table \`outbox_event\` (\`restaurant_id\` varchar(36) not null, \`seq\` int unsigned not null, \`at\` datetime(3) not null, \`topic\` varchar(40) not null, \`data\` json not null, primary key (\`restaurant_id\`, \`seq\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`);
    this.addSql(`alter table \`outbox_event\` add index \`outbox_event_at_index\` (\`at\`);`);

    this.addSql(`create table \`payment\` (\`id\` varchar(36) not null, \`created_at\` datetime(3) not null, \`updated_at\` datetime(3) not null, \`deleted_at\` datetime(3) null, \`version\` int not null default 1, \`restaurant_id\` varchar(36) not null, \`order_id\` varchar(36) not null, \`kind\` enum('payment','refund') not null, \`amount\` bigint not null, \`method\` varchar(20) not null, \`reason\` varchar(300) null, \`by_id\` varchar(36) null, \`by_name\` varchar(200) null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`);
    this.addSql(`alter table \`payment\` add index \`payment_order_id_id_index\` (\`order_id\`, \`id\`);`);

    this.addSql(`create table \`stream_head\` (\`restaurant_id\` varchar(36) not null, \`epoch\` varchar(8) not null, \`seq\` int not null, \`trimmed\` int not null, \`orders\` int not null, primary key (\`restaurant_id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`);

    this.addSql(`alter table \`restaurant\` add \`ordering\` json null;`);

    this.addSql(`alter table \`order_item\` add constraint \`order_item_order_id_foreign\` foreign key (\`order_id\`) references \`customer_order\` (\`id\`);`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table \`order_item\` drop foreign key \`order_item_order_id_foreign\`;`);

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
