// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Rules for every module that the source and the sink of a protocol share. */
public final class CommonModuleRules {
  @ArchTest
  static final ArchRule nothingUsesConnect =
      noClasses().should().dependOnClassesThat().resideInAPackage("org.apache.kafka.connect..");

  @ArchTest
  static final ArchRule nothingUsesKafkasInternals = ConnectorRules.nothingUsesKafkasInternals();

  @ArchTest
  static final ArchRule nothingUsesTheRuntimes =
      noClasses().should().dependOnClassesThat().resideInAnyPackage(ConnectorRules.RUNTIMES);

  private CommonModuleRules() {}
}
