// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.architecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.nio.file.Path;

/** The main classes of the module whose tests run, without those of other modules. */
public final class ModuleClasses implements ImportOption {
  private static final String CLASSES =
      Path.of("target", "classes").toAbsolutePath().toUri().getPath();

  @Override
  public boolean includes(Location location) {
    return location.contains(CLASSES);
  }
}
