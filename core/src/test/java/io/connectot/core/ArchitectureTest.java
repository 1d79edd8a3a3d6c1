// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
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

  /** Which packages of core a package may use: docs/architecture.md draws the same. */
  @ArchTest
  static final ArchRule layers =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("io.connectot.core..")
          .layer("model")
          .definedBy("io.connectot.core.model..")
          .layer("spi")
          .definedBy("io.connectot.core.spi..")
          .layer("filter")
          .definedBy("io.connectot.core.filter..")
          .layer("mapping")
          .definedBy("io.connectot.core.mapping..")
          .layer("config")
          .definedBy("io.connectot.core.config..")
          .layer("tls")
          .definedBy("io.connectot.core.tls..")
          .layer("metrics")
          .definedBy("io.connectot.core.metrics..")
          .layer("connection")
          .definedBy("io.connectot.core.connection")
          .optionalLayer("connection loop")
          .definedBy("io.connectot.core.connection.loop..")
          .layer("delivery")
          .definedBy("io.connectot.core.delivery..")
          .layer("source")
          .definedBy("io.connectot.core.source..")
          .layer("sink")
          .definedBy("io.connectot.core.sink..")
          .layer("version")
          .definedBy("io.connectot.core")
          .whereLayer("model")
          .mayNotAccessAnyLayer()
          .whereLayer("spi")
          .mayOnlyAccessLayers("model", "metrics", "connection")
          .whereLayer("filter")
          .mayOnlyAccessLayers("model", "spi")
          .whereLayer("mapping")
          .mayOnlyAccessLayers("model", "spi")
          .whereLayer("config")
          .mayOnlyAccessLayers("model", "spi", "mapping")
          .whereLayer("tls")
          .mayOnlyAccessLayers("config", "spi")
          .whereLayer("metrics")
          .mayNotAccessAnyLayer()
          .whereLayer("connection")
          .mayNotAccessAnyLayer()
          .whereLayer("connection loop")
          .mayOnlyAccessLayers("model", "spi", "metrics", "connection")
          .whereLayer("delivery")
          .mayOnlyAccessLayers("model", "spi", "mapping", "filter", "metrics", "connection")
          .whereLayer("sink")
          .mayOnlyAccessLayers(
              "model",
              "spi",
              "mapping",
              "config",
              "metrics",
              "connection",
              "connection loop",
              "tls",
              "version")
          .whereLayer("source")
          .mayNotBeAccessedByAnyLayer()
          .because("data flows one way, and sinks do without what delivers records");

  @ArchTest
  static final ArchRule packagesDoNotDependOnEachOtherInCircles =
      slices().matching("io.connectot.core.(**)").should().beFreeOfCycles();
}
