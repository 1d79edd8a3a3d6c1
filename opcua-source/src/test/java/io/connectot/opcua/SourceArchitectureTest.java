// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import io.connectot.core.architecture.ConnectorRules;
import io.connectot.core.architecture.DoNotIncludeTestArchives;

/** Which package may use which. */
@AnalyzeClasses(
    packages = "io.connectot.opcua",
    importOptions = {ImportOption.DoNotIncludeTests.class, DoNotIncludeTestArchives.class})
class SourceArchitectureTest {
  @ArchTest
  static final ArchRule onlyConnectorAndTaskUseConnect =
      ConnectorRules.onlyConnectorAndTaskUseConnect("io.connectot.opcua.resume..");

  @ArchTest
  static final ArchRule onlyConnectorAndTaskUseTheRuntime =
      noClasses()
          .that()
          .haveSimpleNameNotEndingWith("Connector")
          .and()
          .haveSimpleNameNotEndingWith("Task")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.connectot.core.source..");

  @ArchTest
  static final ArchRule onlyTheClientUsesTransportAndCertificates =
      ConnectorRules.onlyTransportUsesTheLibrary(
          "io.connectot.opcua.client..",
          "io.netty.channel..",
          "org.bouncycastle..",
          "org.eclipse.milo.opcua.stack.transport..");

  @ArchTest
  static final ArchRule nothingUsesKafkaInternals = ConnectorRules.nothingUsesKafkasInternals();

  @ArchTest
  static final ArchRule usesCoreOnly =
      ConnectorRules.usesCoreAnd(
          "javax.naming..",
          "javax.security.auth.x500..",
          "com.fasterxml.jackson..",
          "io.netty..",
          "org.bouncycastle..",
          "org.eclipse.milo..",
          "io.connectot.opcua..");

  @ArchTest
  static final ArchRule layers =
      Architectures.layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("client side")
          .definedBy(
              "io.connectot.opcua.address..",
              "io.connectot.opcua.config..",
              "io.connectot.opcua.client..",
              "io.connectot.opcua.select..",
              "io.connectot.opcua.value..")
          .layer("settings")
          .definedBy("io.connectot.opcua.settings..")
          .layer("resume")
          .definedBy("io.connectot.opcua.resume..")
          .layer("subscription")
          .definedBy("io.connectot.opcua.subscription..")
          .layer("event")
          .definedBy("io.connectot.opcua.event..")
          .whereLayer("client side")
          .mayNotAccessAnyLayer()
          .whereLayer("settings")
          .mayOnlyAccessLayers("client side")
          .whereLayer("resume")
          .mayOnlyAccessLayers("client side", "settings")
          .whereLayer("subscription")
          .mayOnlyAccessLayers("client side", "settings", "resume")
          .whereLayer("event")
          .mayOnlyAccessLayers("client side", "settings", "resume", "subscription");

  @ArchTest
  static final ArchRule packagesBuildOnEachOther =
      ConnectorRules.packagesBuildOnEachOther("io.connectot.opcua");
}
