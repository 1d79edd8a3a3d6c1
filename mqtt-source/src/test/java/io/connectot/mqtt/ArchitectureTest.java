// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

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
  static final ArchRule nothingKnowsTheProtocolLibrary =
      noClasses().should().dependOnClassesThat().resideInAnyPackage("org.eclipse.paho..");

  @ArchTest
  static final ArchRule sessionsDoNotKnowConnect =
      noClasses()
          .that()
          .resideInAnyPackage("io.connectot.mqtt.source", "io.connectot.mqtt.source.session..")
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
  static final ArchRule aProtocolKnowsCoreOnly =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.slf4j..",
              "org.apache.kafka..",
              "com.fasterxml.jackson..",
              "io.connectot.core..",
              "io.connectot.mqtt..");

  @ArchTest
  static final ArchRule packagesBuildOnEachOther =
      slices().matching("io.connectot.mqtt.source.(*)..").should().beFreeOfCycles();
}
