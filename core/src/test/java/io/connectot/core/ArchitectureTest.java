// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which package may know which. */
@AnalyzeClasses(packages = "io.connectot", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule coreKnowsNoProtocolModule =
      noClasses()
          .that()
          .resideInAPackage("io.connectot.core..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.connectot..").and(not(resideInAPackage("io.connectot.core.."))))
          .because("a new protocol must not need a change in core");

  @ArchTest
  static final ArchRule nothingUsesWhatMovesBetweenKafkaVersions =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "org.apache.kafka.common.utils..", "org.apache.kafka.connect.runtime.."))
          .because("these are internal to Kafka, and one zip runs on workers from 3.6 to 4.3");

  @ArchTest
  static final ArchRule theModelKnowsNoKafka =
      noClasses()
          .that()
          .resideInAPackage("io.connectot.core.model..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka..")
          .because("what a device says does not depend on where it is sent");

  @ArchTest
  static final ArchRule protocolsDoNotSeeTheRuntime =
      noClasses()
          .that()
          .resideInAnyPackage("io.connectot.core.model..", "io.connectot.core.spi..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.connectot.core.runtime..",
              "io.connectot.core.config..",
              "io.connectot.core.mapping..",
              "io.connectot.core.filter..",
              "io.connectot.core.metrics..")
          .because("model and SPI are what the rest stands on");

  @ArchTest
  static final ArchRule onlyTheRuntimeUsesTheRuntime =
      noClasses()
          .that()
          .resideInAPackage("io.connectot.core..")
          .and(not(resideInAPackage("io.connectot.core.runtime..")))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.connectot.core.runtime..")
          .because("mapping, filter, configuration and metrics are usable without it");

  @ArchTest
  static final ArchRule packagesDoNotDependOnEachOtherInCircles =
      slices().matching("io.connectot.core.(*)..").should().beFreeOfCycles();
}
