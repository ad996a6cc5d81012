import { Migration } from '@mikro-orm/migrations';

/** Audit rows stay as they are; what tells of a person can be taken out of them, and nothing put in its place. */
export class Migration20261122060000_audit extends Migration {

  override name = 'Migration20261122060000_audit';

  override up(): void | Promise<void> {
    this.addSql(`create trigger \`audit_entry_is_kept\` before delete on \`audit_entry\` for each row signal sqlstate '45000' set message_text = 'audit rows stay';`);
    this.addSql(`create trigger \`audit_entry_is_not_changed\` before update on \`audit_entry\` for each row begin if not (new.\`id\` <=> old.\`id\` and new.\`at\` <=> old.\`at\` and new.\`actor_id\` <=> old.\`actor_id\` and new.\`role\` <=> old.\`role\` and new.\`restaurant_id\` <=> old.\`restaurant_id\` and new.\`action\` <=> old.\`action\` and new.\`change\` <=> old.\`change\` and new.\`target\` <=> old.\`target\` and new.\`target_id\` <=> old.\`target_id\` and new.\`request_id\` <=> old.\`request_id\` and (new.\`actor_name\` is null or new.\`actor_name\` <=> old.\`actor_name\`) and (new.\`before\` is null or new.\`before\` <=> old.\`before\`) and (new.\`after\` is null or new.\`after\` <=> old.\`after\`) and (new.\`address\` is null or new.\`address\` <=> old.\`address\`)) then signal sqlstate '45000' set message_text = 'audit rows stay'; end if; end;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop trigger \`audit_entry_is_kept\`;`);
    this.addSql(`drop trigger \`audit_entry_is_not_changed\`;`);
  }

}
