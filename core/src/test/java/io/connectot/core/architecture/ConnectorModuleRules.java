// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.architecture;

import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Rules for every module of a connector without exceptions, by {@code ArchTests.in}. */
public final class ConnectorModuleRules {
  @ArchTest
  static final ArchRule onlyConnectorAndTaskUseConnect =
      ConnectorRules.onlyConnectorAndTaskUseConnect();

  @ArchTest
  static final ArchRule onlyConnectorAndTaskUseTheRuntime =
      ConnectorRules.onlyConnectorAndTaskUseTheRuntime();

  @ArchTest
  static final ArchRule nothingUsesKafkasInternals = ConnectorRules.nothingUsesKafkasInternals();

  private ConnectorModuleRules() {}
}
