package io.holdfast.cli.command;

import io.holdfast.cli.local.SystemFailure;
import io.holdfast.task.client.Trust;
import java.io.IOException;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import picocli.CommandLine.Option;

/** {@code --ca}. */
final class TrustOption {

  private static final String CA = "HOLDFAST_CA";

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = {
        "Certificate (PEM) of the authority to trust over https beside the public ones,",
        "such as a company's own (default: the variable " + CA + ")."
      })
  private Path file = System.getenv(CA) == null ? null : Path.of(System.getenv(CA));

  /**
   * Whom to trust.
   *
   * @throws SystemFailure when the file is of no use
   */
  SSLContext trust() {
    try {
      return file == null ? Trust.system() : Trust.systemAnd(file);
    } catch (IOException e) {
      throw new SystemFailure("The file of --ca cannot be used: %s.".formatted(e.getMessage()));
    }
  }
}
