package io.holdfast.kit.work;

import com.github.kagkarlsson.scheduler.jdbc.JdbcTaskRepositoryContext;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.Execution;
import java.time.Instant;
import java.util.List;

/**
 * Claims items of one kind at a cost that does not depend on how many wait.
 *
 * <p>db-scheduler's own statement asks for items of any kind and has {@code picked} as a parameter,
 * so that no index of ours fits it: with 100,000 waiting items each claim sorted all of them, half
 * a second. Naming the kind and {@code not picked} makes it one step on the index {@code
 * kit_work_due}, and rows of other kinds are no longer picked and given back.
 */
final class ClaimByKind extends PostgreSqlJdbcCustomization {

  private final String kind;

  ClaimByKind(String kind) {
    super(false, false);
    this.kind = kind;
  }

  /**
   * Parameters: kind, now, who, now. The limit is part of the text: a plan for any limit reads the
   * whole table. What is due is chosen in a query of its own, which runs once: as {@code in (select
   * …)} the planner may run it again for each row, and as a row that this statement has changed is
   * passed over then, it would claim more than the limit.
   */
  static String sql(int limit) {
    return """
    with due as materialized (
      select task_name, task_instance from kit_work
      where task_name = ? and not picked and execution_time <= ?
      order by priority desc, execution_time
      for update skip locked
      limit %d),
    claimed as (
      update kit_work
      set picked = true, picked_by = ?, last_heartbeat = ?, version = kit_work.version + 1
      from due
      where kit_work.task_name = due.task_name and kit_work.task_instance = due.task_instance
      returning kit_work.*)
    select * from claimed order by priority desc, execution_time\
    """
        .formatted(limit);
  }

  @Override
  public List<Execution> lockAndFetchSingleStatement(
      JdbcTaskRepositoryContext context, Instant now, int limit, boolean orderByPriority) {
    return context.jdbcRunner.query(
        sql(limit),
        statement -> {
          statement.setString(1, kind);
          setInstant(statement, 2, now);
          statement.setString(3, context.schedulerName.getName());
          setInstant(statement, 4, now);
        },
        context.resultSetMapper.get());
  }
}
