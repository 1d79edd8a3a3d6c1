// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import io.connectot.core.architecture.CommonModuleRules;
import io.connectot.core.architecture.ConnectorRules;

/** Which package may use which. */
@AnalyzeClasses(
    packages = "io.connectot.opcua",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest static final ArchTests commonRules = ArchTests.in(CommonModuleRules.class);

  @ArchTest
  static final ArchRule addressesAndKeysDoNotUseMilo =
      noClasses()
          .that()
          .resideInAnyPackage("..opcua.address..", "..opcua.config..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.eclipse.milo..");

  @ArchTest
  static final ArchRule onlyTheClientUsesTransportAndCertificates =
      ConnectorRules.onlyTransportUsesTheLibrary(
          "io.connectot.opcua.client..",
          "io.netty.channel..",
          "org.bouncycastle..",
          "org.eclipse.milo.opcua.stack.transport..");

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
          .layer("address")
          .definedBy("io.connectot.opcua.address..")
          .layer("config")
          .definedBy("io.connectot.opcua.config..")
          .layer("client")
          .definedBy("io.connectot.opcua.client..")
          .layer("select")
          .definedBy("io.connectot.opcua.select..")
          .layer("value")
          .definedBy("io.connectot.opcua.value..")
          .whereLayer("address")
          .mayNotAccessAnyLayer()
          .whereLayer("config")
          .mayOnlyAccessLayers("address")
          .whereLayer("client")
          .mayOnlyAccessLayers("config")
          .whereLayer("select")
          .mayOnlyAccessLayers("address", "config", "client")
          .whereLayer("value")
          .mayOnlyAccessLayers("config", "client");
}
