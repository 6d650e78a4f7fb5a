package io.holdfast.cli.command;

import io.holdfast.cli.Main;
import io.holdfast.cli.task.Skeleton;
import io.holdfast.contracts.task.TaskName;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast task new}. */
@Command(
    name = "new",
    header = "Write a task service that works, to be changed into your own.",
    description = {
      "",
      "One file that needs a JDK or Python 3 and nothing else, a README, and holdfast-task.json, which"
          + " says how it is started."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./holdfast task new --lang python capitals",
      "  ./holdfast task new --lang java capitals --dir ../our-tasks/capitals"
    })
public final class TaskNewCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "Name of the task, such as capitals.")
  private String name;

  @Option(
      names = "--lang",
      required = true,
      paramLabel = "LANGUAGE",
      description = "${COMPLETION-CANDIDATES}")
  private Skeleton language;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Folder to write to (default: the task's name).")
  private Path folder;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    if (TaskName.parse(name + "@1").isEmpty()) {
      err.printf(
          "%s is no name of a task: use up to 64 lower-case letters, digits, and . _ - after the"
              + " first.%n",
          name);
      return Main.REFUSED;
    }
    Path where = folder == null ? Path.of(name) : folder;
    try {
      language.write(name, where).forEach(file -> out.printf("wrote %s%n", file));
    } catch (FileAlreadyExistsException e) {
      err.printf("%s is there already; nothing was written. Choose another --dir.%n", e.getFile());
      return Main.REFUSED;
    }
    out.printf(
        "%nNext:%n  cd %s && %s &%n  ./holdfast task check http://127.0.0.1:8700%n",
        where, language.command());
    return 0;
  }
}
