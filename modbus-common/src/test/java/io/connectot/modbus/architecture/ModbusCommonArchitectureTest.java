// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.connectot.core.architecture.CommonModuleRules;
import io.connectot.core.architecture.ConnectorRules;

/** Which classes the shared part of Modbus may use: docs/architecture.md. */
@AnalyzeClasses(
    packages = "io.connectot.modbus",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ModbusCommonArchitectureTest {
  @ArchTest static final ArchTests commonRules = ArchTests.in(CommonModuleRules.class);

  @ArchTest
  static final ArchRule onlyTransportUsesTheProtocolLibraries =
      ConnectorRules.onlyTransportUsesTheLibrary(
          "io.connectot.modbus.transport..", "com.ghgande..", "com.fazecast..");

  @ArchTest
  static final ArchRule onlyConfigurationUsesKafka =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.connectot.modbus.config..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka..");

  @ArchTest
  static final ArchRule addressesTypesFramesAndChannelsUseNoKeys =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.connectot.modbus.address..",
              "io.connectot.modbus.codec..",
              "io.connectot.modbus.type..",
              "io.connectot.modbus.transport.frame..",
              "io.connectot.modbus.transport.channel..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.connectot.core.config..");

  @ArchTest
  static final ArchRule usesCoreOnly =
      ConnectorRules.usesCoreAnd(
          "javax.net..", "com.ghgande..", "com.fazecast..", "io.connectot.modbus..");

  @ArchTest
  static final ArchRule framesDoNotUseChannels =
      noClasses()
          .that()
          .resideInAPackage("io.connectot.modbus.transport.frame..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.connectot.modbus.transport", "io.connectot.modbus.transport.channel..");

  @ArchTest
  static final ArchRule channelsDoNotUseConnections =
      noClasses()
          .that()
          .resideInAPackage("io.connectot.modbus.transport.channel..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.connectot.modbus.transport");

  @ArchTest
  static final ArchRule packagesBuildOnEachOther =
      ConnectorRules.packagesBuildOnEachOther("io.connectot.modbus");
}
