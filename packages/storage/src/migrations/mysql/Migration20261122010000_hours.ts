import { Migration } from '@mikro-orm/migrations';

export class Migration20261122010000_hours extends Migration {

  override name = 'Migration20261122010000_hours';

  override up(): void | Promise<void> {
    this.addSql(`alter table \`restaurant\` add \`hours\` json null, add \`paused_at\` datetime(3) null, add \`paused_until\` datetime(3) null, add \`pause_message\` varchar(200) null;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table \`restaurant\` drop column \`hours\`, drop column \`paused_at\`, drop column \`paused_until\`, drop column \`pause_message\`;`);
  }

}
