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
  static final ArchRule onlyConnectorTaskAndMappingKnowConnect =
      ConnectorRules.onlyConnectorAndTaskUseConnect("io.connectot.mqtt.sink.mapping..");

  @ArchTest
  static final ArchRule nothingUsesKafkasInternals = ConnectorRules.nothingUsesKafkasInternals();

  @ArchTest
  static final ArchRule theSinkKnowsCoreAndMqttOnly =
      ConnectorRules.usesCoreAnd(
          "com.fasterxml.jackson..",
          "io.connectot.mqtt",
          "io.connectot.mqtt.connection..",
          "io.connectot.mqtt.paho..",
          "io.connectot.mqtt.transport..",
          "io.connectot.mqtt.connection..",
          "io.connectot.mqtt.paho..",
          "io.connectot.mqtt.config..",
          "io.connectot.mqtt.sink..");

  @ArchTest static final ArchRule sinksUseNoSource = ConnectorRules.sinksUseNoSource();

  @ArchTest
  static final ArchRule publishingKnowsNoConfigurationKeys =
      noClasses()
          .that()
          .resideInAPackage("io.connectot.mqtt.sink.publish..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka.common.config..");

  @ArchTest
  static final ArchRule packagesBuildOnEachOther =
      ConnectorRules.packagesBuildOnEachOther("io.connectot.mqtt.sink");
}
