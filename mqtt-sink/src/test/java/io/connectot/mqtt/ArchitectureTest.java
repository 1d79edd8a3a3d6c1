// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom: docs/architecture.md. */
@AnalyzeClasses(
    packages = "io.connectot.mqtt",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule onlyConnectorTaskAndMappingKnowConnect =
      noClasses()
          .that()
          .haveSimpleNameNotEndingWith("Connector")
          .and()
          .haveSimpleNameNotEndingWith("Task")
          .and()
          .resideOutsideOfPackage("io.connectot.mqtt.sink.mapping..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka.connect..");

  @ArchTest
  static final ArchRule nothingKnowsKafkasInternals =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka.common.utils..", "org.apache.kafka.connect.runtime..");

  @ArchTest
  static final ArchRule theSinkKnowsCoreAndMqttOnly =
      classes()
          .that()
          .resideInAPackage("io.connectot.mqtt.sink..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.slf4j..",
              "org.apache.kafka..",
              "io.connectot.core..",
              "io.connectot.mqtt.transport..",
              "io.connectot.mqtt.config..",
              "io.connectot.mqtt.sink..");

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
      slices().matching("io.connectot.mqtt.sink.(*)..").should().beFreeOfCycles();
}
