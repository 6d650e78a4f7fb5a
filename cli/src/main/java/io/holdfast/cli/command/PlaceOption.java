package io.holdfast.cli.command;

import io.holdfast.cli.local.SystemFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --home}, and {@code --server} for a system that runs elsewhere. */
final class PlaceOption {

  private static final String SERVER = "HOLDFAST_SERVER";
  private static final String TOKEN = "HOLDFAST_TOKEN";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Mixin private HomeOption home;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = {
        "Use the Holdfast that runs there, such as on a cluster, and start nothing here",
        "(default: the environment variable " + SERVER + ", if set)."
      })
  private String server = System.getenv(SERVER);

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "File with the token for --server (default: the variable " + TOKEN + ").")
  private Path tokenFile;

  @Mixin private TrustOption trust;

  /** The place, for a command that starts nothing but what it reads with. */
  Place place() {
    return place(List.of());
  }

  /**
   * The place.
   *
   * @param localOptions those given that only a system on this machine can follow
   * @throws ParameterException when one of them, or the address, makes no sense
   * @throws SystemFailure when there is no token
   */
  Place place(List<String> localOptions) {
    if (server == null || server.isBlank()) {
      return new Place.Here(home.home());
    }
    if (!localOptions.isEmpty()) {
      throw wrong(
          "%s is for a system that is started on this machine, and --server names one elsewhere: %s."
              .formatted(String.join(", ", localOptions), server));
    }
    return new Place.Elsewhere(address(), token(), trust.trust(), home.home());
  }

  private URI address() {
    URI address;
    try {
      address = URI.create(server.strip());
    } catch (IllegalArgumentException e) {
      throw notAnAddress();
    }
    boolean bare = address.getPath() == null || Set.of("", "/").contains(address.getPath());
    if (!Set.of("http", "https").contains(String.valueOf(address.getScheme()))
        || address.getHost() == null
        || address.getUserInfo() != null
        || !bare) {
      throw notAnAddress();
    }
    return address;
  }

  private String token() {
    if (tokenFile == null) {
      String token = System.getenv(TOKEN);
      if (token == null || token.isBlank()) {
        throw new SystemFailure(
            "%s asks for a token. Put it into the variable %s, or name a file that holds it with --token-file."
                .formatted(server, TOKEN));
      }
      return token.strip();
    }
    try {
      return Files.readString(tokenFile).strip();
    } catch (IOException e) {
      throw new SystemFailure("The token file %s is not readable.".formatted(tokenFile));
    }
  }

  private ParameterException notAnAddress() {
    return wrong(
        "--server takes an address such as https://holdfast.example.org or http://localhost:8080, not %s."
            .formatted(server));
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
