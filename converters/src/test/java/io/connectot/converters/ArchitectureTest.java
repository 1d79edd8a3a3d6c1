// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.converters;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom: docs/architecture.md. */
@AnalyzeClasses(
    packages = "io.connectot.converters",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule convertersKnowKafkaOnly =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..", "org.slf4j..", "org.apache.kafka..", "io.connectot.converters")
          .because("every connector can use the converters, and they bring no library");

  @ArchTest
  static final ArchRule nothingKnowsKafkasInternals =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka.common.utils..", "org.apache.kafka.connect.runtime..")
          .because("these are internal to Kafka, and one zip runs on workers from 3.6 to 4.3");

  @ArchTest
  static final ArchRule onlyTheConverterKnowsKafkasConverter =
      noClasses()
          .that()
          .doNotHaveSimpleName("JsonConverter")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka.connect.json..")
          .because(
              "a worker can load Kafka's converter from the folder of another plugin, which other"
                  + " classes of the package do not fit");
}
