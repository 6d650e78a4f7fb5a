package io.holdfast.kit.security;

import io.holdfast.kit.security.SecurityConfig.Mode;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Quarkus OIDC is on in its mode and off in all others, so that there is one switch. */
public final class SecuritySettings implements ConfigSourceFactory {

  private static final int ABOVE_DEFAULTS = 150;

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    ConfigValue mode = context.getValue("holdfast.security.mode");
    boolean oidc =
        mode != null
            && mode.getValue() != null
            && Mode.OIDC.name().equalsIgnoreCase(mode.getValue());
    return List.of(
        new PropertiesConfigSource(
            Map.of("quarkus.oidc.tenant-enabled", Boolean.toString(oidc)),
            "holdfast.security.mode",
            ABOVE_DEFAULTS));
  }
}
