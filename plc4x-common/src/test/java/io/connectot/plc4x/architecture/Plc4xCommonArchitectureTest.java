// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.connectot.core.architecture.CommonModuleRules;
import io.connectot.core.architecture.ConnectorRules;

/** Which classes the shared part of PLC4X may use: docs/architecture.md. */
@AnalyzeClasses(
    packages = "io.connectot.plc4x",
    importOptions = ImportOption.DoNotIncludeTests.class)
class Plc4xCommonArchitectureTest {
  @ArchTest static final ArchTests commonRules = ArchTests.in(CommonModuleRules.class);

  @ArchTest
  static final ArchRule onlyTheAdapterUsesTheProtocolLibrary =
      ConnectorRules.onlyTransportUsesTheLibrary(
          "io.connectot.plc4x.adapter..", "org.apache.plc4x..", "io.netty..");

  @ArchTest
  static final ArchRule usesCoreOnly =
      ConnectorRules.usesCoreAnd("org.apache.plc4x..", "io.netty..", "io.connectot.plc4x..");

  @ArchTest
  static final ArchRule valuesStandAlone =
      noClasses()
          .that()
          .resideInAPackage("..plc4x.value..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka..",
              "..plc4x.adapter..",
              "..plc4x.config..",
              "..plc4x.connection..");

  @ArchTest
  static final ArchRule packagesBuildOnEachOther =
      ConnectorRules.packagesBuildOnEachOther("io.connectot.plc4x");
}
