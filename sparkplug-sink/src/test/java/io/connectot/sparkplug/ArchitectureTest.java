// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.connectot.core.architecture.ConnectorModuleRules;
import io.connectot.core.architecture.ConnectorRules;
import io.connectot.core.architecture.ModuleClasses;

/** Who may know whom: docs/architecture.md. */
@AnalyzeClasses(packages = "io.connectot.sparkplug", importOptions = ModuleClasses.class)
class ArchitectureTest {
  @ArchTest static final ArchTests connectorRules = ArchTests.in(ConnectorModuleRules.class);

  @ArchTest static final ArchRule sinksUseNoSource = ConnectorRules.sinksUseNoSource();

  @ArchTest
  static final ArchRule nothingUsesPaho =
      noClasses().should().dependOnClassesThat().resideInAnyPackage("org.eclipse.paho..");

  @ArchTest
  static final ArchRule theSinkKnowsCoreMqttAndSparkplugOnly =
      ConnectorRules.usesCoreAnd("io.connectot.mqtt..", "io.connectot.sparkplug..");
}
