// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.connectot.core.architecture.ConnectorModuleRules;
import io.connectot.core.architecture.ConnectorRules;
import io.connectot.core.architecture.DoNotIncludeTestArchives;

/** Which classes the PLC4X sink may use: docs/architecture.md. */
@AnalyzeClasses(
    packages = "io.connectot.plc4x",
    importOptions = {ImportOption.DoNotIncludeTests.class, DoNotIncludeTestArchives.class})
class SinkArchitectureTest {
  @ArchTest static final ArchTests connectorRules = ArchTests.in(ConnectorModuleRules.class);

  @ArchTest
  static final ArchRule onlyTheAdapterUsesTheProtocolLibrary =
      ConnectorRules.onlyTransportUsesTheLibrary(
          "io.connectot.plc4x.adapter..", "org.apache.plc4x..", "io.netty..");

  @ArchTest static final ArchRule usesNothingOfTheSource = ConnectorRules.sinksUseNoSource();

  @ArchTest
  static final ArchRule packagesBuildOnEachOther =
      ConnectorRules.packagesBuildOnEachOther("io.connectot.plc4x");
}
