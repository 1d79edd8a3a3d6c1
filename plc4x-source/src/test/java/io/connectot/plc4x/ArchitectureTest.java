// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom: docs/architecture.md. */
@AnalyzeClasses(
    packages = "io.connectot.plc4x",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule onlyTheAdapterKnowsTheProtocolLibrary =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.connectot.plc4x.adapter..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.plc4x..", "io.netty..");

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
              "org.slf4j..",
              "org.apache.kafka..",
              "org.apache.plc4x..",
              "io.netty..",
              "io.connectot.core..",
              "io.connectot.plc4x..");

  @ArchTest
  static final ArchRule valuesAndMergingStandAlone =
      noClasses()
          .that()
          .resideInAnyPackage("..plc4x.value..", "..plc4x.merge..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka..", "..plc4x.adapter..", "..plc4x.config..", "..plc4x.session..");

  @ArchTest
  static final ArchRule packagesBuildOnEachOther =
      slices().matching("io.connectot.plc4x.(*)..").should().beFreeOfCycles();
}
