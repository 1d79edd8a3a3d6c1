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

/** Who may know whom. */
@AnalyzeClasses(
    packages = "io.connectot.mqtt",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule onlyTransportKnowsTheProtocolLibrary =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.connectot.mqtt.transport..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.eclipse.paho..");

  @ArchTest
  static final ArchRule transportKnowsNoConnect =
      noClasses().should().dependOnClassesThat().resideInAPackage("org.apache.kafka.connect..");

  @ArchTest
  static final ArchRule nothingKnowsKafkasInternals =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka.common.utils..");

  @ArchTest
  static final ArchRule itKnowsCoreOnly =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "javax.net..",
              "org.slf4j..",
              "org.apache.kafka..",
              "org.eclipse.paho..",
              "io.connectot.core..",
              "io.connectot.mqtt..");

  @ArchTest
  static final ArchRule packagesBuildOnEachOther =
      slices().matching("io.connectot.mqtt.(*)..").should().beFreeOfCycles();
}
