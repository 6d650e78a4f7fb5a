package io.holdfast.frontier.api;

import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.task.TaskName;
import io.holdfast.frontier.task.TaskDesk;
import io.holdfast.frontier.task.TaskShelf;
import io.holdfast.kit.security.Roles;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Tasks: register, look, remove. */
@Path("/api/tasks")
@RolesAllowed(Roles.VIEWER)
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "tasks")
public class TasksResource {

  private final TaskDesk desk;
  private final TaskShelf shelf;

  @Inject
  TasksResource(TaskDesk desk, TaskShelf shelf) {
    this.desk = desk;
    this.shelf = shelf;
  }

  /**
   * Body of a registration.
   *
   * @param url where the service answers {@code GET {url}/task}
   */
  public record Registration(@NotNull String url) {}

  /** Registers a task. */
  @POST
  @RolesAllowed(Roles.RUNNER)
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Register a task service",
      description =
          "Its description is fetched, checked and announced to all services; it is announced again"
              + " for as long as it answers. The same again is the same task.")
  @APIResponse(responseCode = "201", description = "Registered, and announced")
  @APIResponse(
      responseCode = "422",
      description =
          "Refused: the host is not allowed, nothing answers, or not as the protocol says")
  public Response register(@NotNull Registration registration) throws InterruptedException {
    TaskName name = desk.register(registration.url());
    return Response.created(URI.create("/api/tasks/" + name)).entity(view(name)).build();
  }

  /** All tasks. */
  @GET
  @Operation(summary = "All tasks that were heard of, by name and version")
  public List<TaskView> list() {
    return shelf.all().stream().map(TaskView::of).toList();
  }

  /** One task. */
  @GET
  @Path("/{task}")
  @Operation(summary = "One task, by name@version")
  public TaskView get(@PathParam("task") String task) {
    return view(named(task));
  }

  /** Takes a task away. */
  @DELETE
  @RolesAllowed(Roles.RUNNER)
  @Path("/{task}")
  @Operation(
      summary = "Take a task away",
      description =
          "Studies that need it pause until it is registered again. A service that announces itself"
              + " comes back with its next announcement.")
  @APIResponse(responseCode = "204", description = "It is away for everybody")
  public void remove(@PathParam("task") String task) {
    if (!desk.remove(named(task))) {
      throw new NotFoundException("No task " + task + " is registered.");
    }
  }

  private TaskView view(TaskName name) {
    return shelf.all().stream()
        .filter(shelved -> shelved.task().name().equals(name))
        .findFirst()
        .map(TaskView::of)
        .orElseThrow(() -> new NotFoundException("No task " + name + " is registered."));
  }

  private static TaskName named(String task) {
    return TaskName.parse(task)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    List.of(
                        Problem.at(
                            "task",
                            "not-a-task",
                            task,
                            "A task is named with its version.",
                            "Write name@version, such as capitals@1; the name in lower case."))));
  }
}
