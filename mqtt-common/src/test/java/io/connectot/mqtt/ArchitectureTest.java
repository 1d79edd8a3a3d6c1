// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.connectot.core.architecture.CommonModuleRules;
import io.connectot.core.architecture.ConnectorRules;

/** Who may know whom. */
@AnalyzeClasses(
    packages = "io.connectot.mqtt",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest static final ArchTests commonRules = ArchTests.in(CommonModuleRules.class);

  @ArchTest
  static final ArchRule onlyOnePackageUsesPaho =
      ConnectorRules.onlyTransportUsesTheLibrary("io.connectot.mqtt.paho..", "org.eclipse.paho..");

  @ArchTest
  static final ArchRule transportIsIndependentOfItsImplementation =
      noClasses()
          .that()
          .resideInAPackage("io.connectot.mqtt.transport..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.connectot.mqtt.packet..",
              "io.connectot.mqtt.socket..",
              "io.connectot.mqtt.inbound..",
              "io.connectot.mqtt.paho..",
              "io.connectot.mqtt.connection..");

  @ArchTest
  static final ArchRule itKnowsCoreOnly =
      ConnectorRules.usesCoreAnd("javax.net..", "org.eclipse.paho..", "io.connectot.mqtt..");

  @ArchTest
  static final ArchRule packagesBuildOnEachOther =
      ConnectorRules.packagesBuildOnEachOther("io.connectot.mqtt");
}
