import { Migration } from '@mikro-orm/migrations';

/** Audit rows stay as they are; what tells of a person can be taken out of them, and nothing put in its place. */
export class Migration20261122060000_audit extends Migration {

  override name = 'Migration20261122060000_audit';

  override up(): void | Promise<void> {
    this.addSql(`create trigger \`audit_entry_is_kept\` before delete on \`audit_entry\` begin select raise(abort, 'audit rows stay'); end;`);
    this.addSql(`create trigger \`audit_entry_is_not_changed\` before update on \`audit_entry\` when not (new.\`id\` is old.\`id\` and new.\`at\` is old.\`at\` and new.\`actor_id\` is old.\`actor_id\` and new.\`role\` is old.\`role\` and new.\`restaurant_id\` is old.\`restaurant_id\` and new.\`action\` is old.\`action\` and new.\`change\` is old.\`change\` and new.\`target\` is old.\`target\` and new.\`target_id\` is old.\`target_id\` and new.\`request_id\` is old.\`request_id\` and (new.\`actor_name\` is null or new.\`actor_name\` is old.\`actor_name\`) and (new.\`before\` is null or new.\`before\` is old.\`before\`) and (new.\`after\` is null or new.\`after\` is old.\`after\`) and (new.\`address\` is null or new.\`address\` is old.\`address\`)) begin select raise(abort, 'audit rows stay'); end;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop trigger \`audit_entry_is_kept\`;`);
    this.addSql(`drop trigger \`audit_entry_is_not_changed\`;`);
  }

}
