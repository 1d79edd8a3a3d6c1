// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.connectot.core.architecture.ConnectorModuleRules;
import io.connectot.core.architecture.ConnectorRules;
import io.connectot.core.architecture.DoNotIncludeTestArchives;

/** Which package may use which. */
@AnalyzeClasses(
    packages = "io.connectot.opcua",
    importOptions = {ImportOption.DoNotIncludeTests.class, DoNotIncludeTestArchives.class})
class SinkArchitectureTest {
  @ArchTest static final ArchTests connectorRules = ArchTests.in(ConnectorModuleRules.class);

  @ArchTest static final ArchRule usesNothingOfTheSource = ConnectorRules.sinksUseNoSource();

  @ArchTest
  static final ArchRule packagesBuildOnEachOther =
      ConnectorRules.packagesBuildOnEachOther("io.connectot.opcua");
}
