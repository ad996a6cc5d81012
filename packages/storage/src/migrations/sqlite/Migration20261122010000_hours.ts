import { Migration } from '@mikro-orm/migrations';

export class Migration20261122010000_hours extends Migration {

  override name = 'Migration20261122010000_hours';

  override up(): void | Promise<void> {
    this.addSql(`alter table \`restaurant\` add column \`hours\` json null;`);
    this.addSql(`alter table \`restaurant\` add column \`paused_at\` datetime null;`);
    this.addSql(`alter table \`restaurant\` add column \`paused_until\` datetime null;`);
    this.addSql(`alter table \`restaurant\` add column \`pause_message\` text null;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table \`restaurant\` drop column \`hours\`;`);
    this.addSql(`alter table \`restaurant\` drop column \`paused_at\`;`);
    this.addSql(`alter table \`restaurant\` drop column \`paused_until\`;`);
    this.addSql(`alter table \`restaurant\` drop column \`pause_message\`;`);
  }

}
