package io.holdfast.benchmarks.pods;

import io.agroal.api.AgroalDataSource;
import io.holdfast.contracts.event.StageRequested;
import io.holdfast.contracts.json.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The stages that were asked for. Each call joins the caller's transaction. */
@ApplicationScoped
public class SimulatedStages {

  private final AgroalDataSource database;

  @Inject
  SimulatedStages(AgroalDataSource database) {
    this.database = database;
  }

  /** Stores a request; false when it is known. */
  public boolean store(StageRequested request) {
    return update(
            "insert into simulated_stage (id, request) values (?, ?) on conflict do nothing",
            request.stageId(),
            Json.write(request))
        == 1;
  }

  /** The stage's request, unless it is done. */
  public Optional<StageRequested> open(String id) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "select request from simulated_stage where id = ? and not done")) {
      statement.setString(1, id);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(Json.read(row.getString(1), StageRequested.class))
            : Optional.empty();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Marks a stage as done. */
  public void finish(String id) {
    update("update simulated_stage set done = true where id = ?", id);
  }

  private int update(String sql, String... parameters) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
