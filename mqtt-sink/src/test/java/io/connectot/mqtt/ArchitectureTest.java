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
      return location.contains("/mqtt/sink/") || location.contains("/mqtt/MqttSink");
    }
  }

  @ArchTest
  static final ArchRule onlyConnectorTaskAndMappingKnowConnect =
      ConnectorRules.onlyConnectorAndTaskKnowConnect("io.connectot.mqtt.sink.mapping..");

  @ArchTest
  static final ArchRule nothingKnowsKafkasInternals = ConnectorRules.nothingKnowsKafkasInternals();

  @ArchTest
  static final ArchRule theSinkKnowsCoreAndMqttOnly =
      ConnectorRules.knowsCoreAnd(
          "com.fasterxml.jackson..",
          "io.connectot.mqtt",
          "io.connectot.mqtt.connection..",
          "io.connectot.mqtt.paho..",
          "io.connectot.mqtt.transport..",
          "io.connectot.mqtt.connection..",
          "io.connectot.mqtt.paho..",
          "io.connectot.mqtt.config..",
          "io.connectot.mqtt.sink..");

  @ArchTest static final ArchRule sinksKnowNoSource = ConnectorRules.sinksKnowNoSource();

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
