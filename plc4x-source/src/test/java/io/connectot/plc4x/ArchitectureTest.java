// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.connectot.core.architecture.ConnectorModuleRules;
import io.connectot.core.architecture.ConnectorRules;
import io.connectot.core.architecture.DoNotIncludeTestArchives;

/** Which classes the PLC4X source may use: docs/architecture.md. */
@AnalyzeClasses(
    packages = "io.connectot.plc4x",
    importOptions = {ImportOption.DoNotIncludeTests.class, DoNotIncludeTestArchives.class})
class ArchitectureTest {
  @ArchTest static final ArchTests connectorRules = ArchTests.in(ConnectorModuleRules.class);

  @ArchTest
  static final ArchRule onlyTheAdapterUsesTheProtocolLibrary =
      ConnectorRules.onlyTransportUsesTheLibrary(
          "io.connectot.plc4x.adapter..", "org.apache.plc4x..", "io.netty..");

  @ArchTest
  static final ArchRule usesCoreOnly =
      ConnectorRules.usesCoreAnd("org.apache.plc4x..", "io.netty..", "io.connectot.plc4x..");

  @ArchTest
  static final ArchRule valuesAndMergingStandAlone =
      noClasses()
          .that()
          .resideInAnyPackage("..plc4x.value..", "..plc4x.merge..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka..",
              "..plc4x.adapter..",
              "..plc4x.config..",
              "..plc4x.connection..",
              "..plc4x.session..");

  @ArchTest
  static final ArchRule packagesBuildOnEachOther =
      ConnectorRules.packagesBuildOnEachOther("io.connectot.plc4x");

  @ArchTest static final ArchRule aPackageIsInOneModule = ConnectorRules.aPackageIsInOneModule();
}
