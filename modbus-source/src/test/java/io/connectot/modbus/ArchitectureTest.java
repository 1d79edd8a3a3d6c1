// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom: docs/architecture.md. */
@AnalyzeClasses(
    packages = "io.connectot.modbus",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule onlyTransportKnowsTheProtocolLibrary =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.connectot.modbus.transport..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.ghgande..", "com.fazecast..");

  @ArchTest
  static final ArchRule onlyConnectorAndTaskKnowConnect =
      noClasses()
          .that()
          .haveSimpleNameNotEndingWith("Connector")
          .and()
          .haveSimpleNameNotEndingWith("Task")
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
              "javax.net..",
              "org.slf4j..",
              "org.apache.kafka..",
              "com.ghgande..",
              "com.fazecast..",
              "io.connectot.core..",
              "io.connectot.modbus..");

  @ArchTest
  static final ArchRule planningKnowsNoConfigurationKeys =
      noClasses()
          .that()
          .resideInAnyPackage("..modbus.plan..", "..modbus.type..", "..modbus.address..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka..");

  @ArchTest
  static final ArchRule packagesBuildOnEachOther =
      slices().matching("io.connectot.modbus.(*)..").should().beFreeOfCycles();
}
