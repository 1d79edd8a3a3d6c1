// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.connectot.core.architecture.ConnectorRules;

/** Who may know whom: docs/architecture.md. */
@AnalyzeClasses(
    packages = "io.connectot.modbus",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule onlyTransportKnowsTheProtocolLibrary =
      ConnectorRules.onlyTransportKnowsTheLibrary(
          "io.connectot.modbus.transport..", "com.ghgande..", "com.fazecast..");

  @ArchTest
  static final ArchRule onlyConnectorAndTaskKnowConnect =
      ConnectorRules.onlyConnectorAndTaskKnowConnect();

  @ArchTest
  static final ArchRule nothingKnowsKafkasInternals = ConnectorRules.nothingKnowsKafkasInternals();

  @ArchTest
  static final ArchRule aProtocolKnowsCoreOnly =
      ConnectorRules.knowsCoreAnd(
          "javax.net..", "com.ghgande..", "com.fazecast..", "io.connectot.modbus..");

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
      ConnectorRules.packagesBuildOnEachOther("io.connectot.modbus");
}
