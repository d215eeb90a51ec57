package org.ganvas.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version of Ganvas, as its jar's manifest says. */
final class VersionProvider implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Ganvas.class.getPackage().getImplementationVersion();
    return new String[] {"ganvas " + Objects.requireNonNullElse(version, "in development")};
  }
}
