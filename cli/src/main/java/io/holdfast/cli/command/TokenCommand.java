package io.holdfast.cli.command;

import io.holdfast.cli.local.SystemFailure;
import io.holdfast.contracts.access.AccessToken;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdfast token}. */
@Command(
    name = "token",
    header = "Make a token for a system that others reach too.",
    description = {
      "",
      "Prints a new token, and beside it (on the error output) what to do with it. Nothing is stored:"
          + " it is good once you have given it to the services. On one machine none is needed; the"
          + " services make their own, in the file token of the home."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./holdfast token --file admin-token",
      "  kubectl -n holdfast create secret generic holdfast-security \\",
      "    --from-literal=admin-token=$(./holdfast token) --from-literal=service-token=$(./holdfast token)",
      "  ./holdfast status --server https://holdfast.example.org --token-file admin-token"
    })
public final class TokenCommand implements Callable<Integer> {

  private static final String USE =
      """
      The first admin's token, for frontier-service:  HOLDFAST_SECURITY_MODE=token HOLDFAST_SECURITY_TOKEN=<token>
      How all services know each other, another one:  HOLDFAST_SECURITY_SERVICE_TOKEN=<token>
      Commands use the admin's:                       HOLDFAST_TOKEN=<token> ./holdfast status --server URL
      A machine gets its own, with fewer rights:      POST /api/tokens, see docs/guides/security.md""";

  @Spec private CommandSpec spec;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Write it there, readable to you alone, and print it nowhere.")
  private Path file;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    String token = AccessToken.random();
    if (file == null) {
      out.println(token);
      out.flush();
    } else {
      write(token);
    }
    spec.commandLine().getErr().println(USE);
    return 0;
  }

  private void write(String token) {
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, token + "\n");
    } catch (FileAlreadyExistsException e) {
      throw new SystemFailure(
          "%s is there already, and may hold a token that is in use: give another name."
              .formatted(file));
    } catch (IOException e) {
      throw new SystemFailure("%s cannot be written: %s.".formatted(file, e.getMessage()));
    }
  }
}
