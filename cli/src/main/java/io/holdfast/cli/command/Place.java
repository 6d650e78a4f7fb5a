package io.holdfast.cli.command;

import io.holdfast.cli.local.Home;
import java.net.URI;
import javax.net.ssl.SSLContext;

/** Where the studies are that a command is about. */
sealed interface Place {

  /** Folder for what a command writes beside the studies themselves. */
  Home home();

  /** In a home on this machine, whose system may have to be started. */
  record Here(Home home) implements Place {}

  /**
   * In a system that somebody else runs, such as one on a cluster.
   *
   * @param address of its frontier-service
   * @param trust whose certificates are taken for good there
   */
  record Elsewhere(URI address, String token, SSLContext trust, Home home) implements Place {

    /** The token is nobody's to read. */
    @Override
    public String toString() {
      return address.toString();
    }
  }
}
