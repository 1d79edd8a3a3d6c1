// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.connectot.core.architecture.ConnectorRules;

/** Who may know whom. */
@AnalyzeClasses(
    packages = "io.connectot.mqtt",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule onlyTransportKnowsTheProtocolLibrary =
      ConnectorRules.onlyTransportKnowsTheLibrary(
          "io.connectot.mqtt.transport..", "org.eclipse.paho..");

  @ArchTest
  static final ArchRule transportKnowsNoConnect =
      noClasses().should().dependOnClassesThat().resideInAPackage("org.apache.kafka.connect..");

  @ArchTest
  static final ArchRule nothingKnowsKafkasInternals = ConnectorRules.nothingKnowsKafkasInternals();

  @ArchTest
  static final ArchRule itKnowsCoreOnly =
      ConnectorRules.knowsCoreAnd("javax.net..", "org.eclipse.paho..", "io.connectot.mqtt..");

  @ArchTest
  static final ArchRule packagesBuildOnEachOther =
      ConnectorRules.packagesBuildOnEachOther("io.connectot.mqtt");
}
