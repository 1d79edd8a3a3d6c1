// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.connectot.core.architecture.ConnectorRules;

/** Which classes the shared part of Sparkplug may use: docs/architecture.md. */
@AnalyzeClasses(
    packages = "io.connectot.sparkplug",
    importOptions = ImportOption.DoNotIncludeTests.class)
class SparkplugCommonArchitectureTest {
  @ArchTest
  static final ArchRule usesNeitherMqttNorConnect =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.slf4j..",
              "com.google.protobuf..",
              "io.connectot.core.model..",
              "io.connectot.sparkplug..");

  @ArchTest
  static final ArchRule onlyTheCodecUsesProtobuf =
      ConnectorRules.onlyTransportUsesTheLibrary(
          "io.connectot.sparkplug.codec..", "com.google.protobuf..");

  @ArchTest
  static final ArchRule payloadsUseNothingElse =
      noClasses()
          .that()
          .resideInAPackage("io.connectot.sparkplug.payload..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.connectot.core..", "org.slf4j..");

  @ArchTest
  static final ArchRule packagesBuildOnEachOther =
      ConnectorRules.packagesBuildOnEachOther("io.connectot.sparkplug");
}
