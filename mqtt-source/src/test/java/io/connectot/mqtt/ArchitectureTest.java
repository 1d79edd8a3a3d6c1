// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.connectot.core.architecture.ConnectorRules;
import io.connectot.core.architecture.ModuleClasses;

/** Who may know whom: docs/architecture.md. */
@AnalyzeClasses(packages = "io.connectot.mqtt", importOptions = ModuleClasses.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule nothingUsesPaho =
      noClasses().should().dependOnClassesThat().resideInAnyPackage("org.eclipse.paho..");

  @ArchTest
  static final ArchRule sourcesAndSinksAreIndependent =
      noClasses().should().dependOnClassesThat().resideInAPackage("io.connectot.mqtt.sink..");

  @ArchTest
  static final ArchRule onlyConnectorAndTaskUseTheRuntime =
      ConnectorRules.onlyConnectorAndTaskUseTheRuntimeExceptMapping();

  @ArchTest
  static final ArchRule sessionsDoNotKnowConnect =
      noClasses()
          .that()
          .resideInAnyPackage("io.connectot.mqtt.source", "io.connectot.mqtt.source.session..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka.connect..");

  @ArchTest
  static final ArchRule nothingUsesKafkasInternals = ConnectorRules.nothingUsesKafkasInternals();

  @ArchTest
  static final ArchRule aProtocolKnowsCoreOnly =
      ConnectorRules.usesCoreAnd(
          "com.fasterxml.jackson..", "org.apache.commons.csv..", "io.connectot.mqtt..");

  @ArchTest
  static final ArchRule packagesBuildOnEachOther =
      ConnectorRules.packagesBuildOnEachOther("io.connectot.mqtt.source");
}
