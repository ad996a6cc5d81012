import { type LimitNode, SqliteQueryCompiler } from 'kysely';

/**
 * A limit that is a bare parameter is looked into by SQLite's planner, which then plans the statement anew
 * each time that it is bound. A sum is not looked into: what is prepared stays prepared.
 */
export class LastingCompiler extends SqliteQueryCompiler {
  protected override visitLimit(node: LimitNode): void {
    super.visitLimit(node);
    this.append(' + 0');
  }
}
