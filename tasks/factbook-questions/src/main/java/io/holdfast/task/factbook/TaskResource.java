package io.holdfast.task.factbook;

import io.holdfast.contracts.json.Json;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.Map;
import org.jboss.resteasy.reactive.RestPath;

/** The task protocol: see docs/guides/tasks.md. */
@Path("/")
public class TaskResource {

  private static final String NDJSON = "application/x-ndjson";

  private final FactbookTask task;

  TaskResource(FactbookTask task) {
    this.task = task;
  }

  @GET
  @Path("health")
  @Produces(MediaType.APPLICATION_JSON)
  public String health() {
    return "{}";
  }

  @GET
  @Path("task")
  @Produces(MediaType.APPLICATION_JSON)
  public String description() {
    return Json.write(task.description());
  }

  @GET
  @Path("documents/{split}")
  @Produces(NDJSON)
  public InputStream documents(
      @RestPath String split, @QueryParam("offset") @DefaultValue("0") String offset) {
    return from(task.documents(), split, offset);
  }

  @GET
  @Path("requests/{split}")
  @Produces(NDJSON)
  public InputStream requests(
      @RestPath String split, @QueryParam("offset") @DefaultValue("0") String offset) {
    return from(task.requests(), split, offset);
  }

  private static InputStream from(Map<String, Lines> splits, String split, String offset) {
    Lines lines = splits.get(split);
    if (lines == null) {
      throw new Refusal(
          404, "split", split, "There is no such split.", "See /task for the splits.");
    }
    if (!offset.matches("[0-9]{1,9}") || Integer.parseInt(offset) > lines.count()) {
      throw new Refusal(
          400,
          "offset",
          offset,
          "An offset is a number from 0 to %,d.".formatted(lines.count()),
          "Give one.");
    }
    return lines.from(Integer.parseInt(offset));
  }
}
