// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.connectot.core.architecture.ConnectorRules;

/** Who may know whom: docs/architecture.md. */
@AnalyzeClasses(
    packages = "io.connectot.mqtt",
    importOptions = {
      ImportOption.DoNotIncludeTests.class,
      ImportOption.DoNotIncludeJars.class,
      ArchitectureTest.OwnClasses.class
    })
class ArchitectureTest {
  /** Classes of this module: others share the package above. */
  static final class OwnClasses implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return location.contains("/mqtt/source/") || location.contains("/mqtt/MqttSource");
    }
  }

  @ArchTest
  static final ArchRule nothingUsesPaho =
      noClasses().should().dependOnClassesThat().resideInAnyPackage("org.eclipse.paho..");

  @ArchTest
  static final ArchRule sourcesAndSinksAreIndependent =
      noClasses().should().dependOnClassesThat().resideInAPackage("io.connectot.mqtt.sink..");

  @ArchTest
  static final ArchRule onlyConnectorAndTaskUseTheRuntime =
      noClasses()
          .that()
          .haveSimpleNameNotEndingWith("Connector")
          .and()
          .haveSimpleNameNotEndingWith("Task")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.connectot.core.source..",
              "io.connectot.core.sink..",
              "io.connectot.core.delivery..",
              "io.connectot.core.filter..");

  @ArchTest
  static final ArchRule sessionsDoNotKnowConnect =
      noClasses()
          .that()
          .resideInAnyPackage("io.connectot.mqtt.source", "io.connectot.mqtt.source.session..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka.connect..");

  @ArchTest
  static final ArchRule nothingKnowsKafkasInternals = ConnectorRules.nothingKnowsKafkasInternals();

  @ArchTest
  static final ArchRule aProtocolKnowsCoreOnly =
      ConnectorRules.knowsCoreAnd(
          "com.fasterxml.jackson..", "org.apache.commons.csv..", "io.connectot.mqtt..");

  @ArchTest
  static final ArchRule packagesBuildOnEachOther =
      ConnectorRules.packagesBuildOnEachOther("io.connectot.mqtt.source");
}
