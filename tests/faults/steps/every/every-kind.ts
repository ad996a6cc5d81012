import { Migration } from '@comanda/storage/migrations';

/** One statement of every kind that a step may say, and one that would do harm when done twice. */
export class EveryKind extends Migration {
  override name = 'every-kind';

  override up(): void {
    this.addSql('create table shelf (id int not null primary key, label varchar(20) not null);');
    this.addSql('create table tin (id int not null, shelf_id int not null, price int not null);');
    this.addSql('alter table tin add primary key (id);');
    this.addSql('alter table tin add index tin_shelf_id_index (shelf_id);');
    this.addSql(
      'alter table tin add constraint tin_shelf_id_foreign foreign key (shelf_id) references shelf (id);',
    );
    this.addSql("insert into shelf (id, label) values (1, 'top'), (2, 'bottom');");
    this.addSql('insert into tin (id, shelf_id, price) values (1, 1, 100), (2, 2, 250);');
    this.addSql('alter table tin add weight int null, add note varchar(20) null;');
    this.addSql('update tin set price = price * 2;');
    this.addSql('alter table shelf add unique shelf_label_unique (label);');
    this.addSql('alter table tin add constraint tin_price_check check (price > 0);');
    this.addSql('alter table tin rename column note to remark;');
    this.addSql('alter table tin modify weight bigint null;');
    this.addSql('alter table shelf rename index shelf_label_unique to shelf_name_unique;');
    this.addSql('create trigger tin_is_kept before delete on tin for each row set @kept = 1;');
    this.addSql('alter table tin drop column remark;');
    this.addSql('rename table tin to jar;');
    this.addSql('drop trigger tin_is_kept;');
    this.addSql('alter table jar drop foreign key tin_shelf_id_foreign;');
    this.addSql('alter table jar drop index tin_shelf_id_index;');
    this.addSql('drop table shelf;');
  }
}
