// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.connectot.core.architecture.ConnectorModuleRules;
import io.connectot.core.architecture.ConnectorRules;
import io.connectot.core.architecture.DoNotIncludeTestArchives;

/** Which classes the Modbus source may use: docs/architecture.md. */
@AnalyzeClasses(
    packages = "io.connectot.modbus",
    importOptions = {ImportOption.DoNotIncludeTests.class, DoNotIncludeTestArchives.class})
class ArchitectureTest {
  @ArchTest static final ArchTests connectorRules = ArchTests.in(ConnectorModuleRules.class);

  @ArchTest
  static final ArchRule onlyTransportUsesTheProtocolLibraries =
      ConnectorRules.onlyTransportUsesTheLibrary(
          "io.connectot.modbus.transport..", "com.ghgande..", "com.fazecast..");

  @ArchTest
  static final ArchRule usesCoreOnly =
      ConnectorRules.usesCoreAnd(
          "javax.net..", "com.ghgande..", "com.fazecast..", "io.connectot.modbus..");

  @ArchTest
  static final ArchRule planningUsesNoConfigurationKeys =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..modbus.plan..", "..modbus.codec..", "..modbus.type..", "..modbus.address..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..", "io.connectot.core.config..");

  @ArchTest
  static final ArchRule packagesBuildOnEachOther =
      ConnectorRules.packagesBuildOnEachOther("io.connectot.modbus");

  @ArchTest static final ArchRule aPackageIsInOneModule = ConnectorRules.aPackageIsInOneModule();
}
