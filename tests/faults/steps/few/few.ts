import { Migration } from '@comanda/storage/migrations';

/** Statements about tables and about rows, of which some would do harm when done twice. */
export class Few extends Migration {
  override name = 'few';

  override up(): void {
    this.addSql('create table shelf (id int not null primary key, label varchar(20) not null);');
    this.addSql("insert into shelf (id, label) values (1, 'top'), (2, 'bottom');");
    this.addSql('alter table shelf add price int not null default 100, add note varchar(20) null;');
    this.addSql('update shelf set price = price * 2;');
    this.addSql('alter table shelf add unique shelf_label_unique (label);');
    this.addSql('alter table shelf drop column note;');
    this.addSql('rename table shelf to rack;');
  }
}
