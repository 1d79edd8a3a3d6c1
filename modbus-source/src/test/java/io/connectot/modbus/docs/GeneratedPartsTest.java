// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.docs;

import io.connectot.core.config.SourceConfig;
import io.connectot.core.docs.DocPage;
import io.connectot.core.docs.MetricsTable;
import io.connectot.core.docs.OptionsTable;
import io.connectot.modbus.ModbusProtocol;
import org.junit.jupiter.api.Test;

/** What the documentation has from the code. With {@code -Ddocs.update} it is written anew. */
class GeneratedPartsTest {
  private static final String PAGE = "docs/modbus.md";

  @Test
  void keysAreThoseOfTheConnector() {
    String tables = OptionsTable.markdown(SourceConfig.definition(new ModbusProtocol()));
    check("options", "\n" + tables + "\n");
  }

  @Test
  void metricsAreThoseOfTheTasks() {
    check("metrics", "\n" + MetricsTable.markdown() + "\n");
  }

  @Test
  void measurementsAreAsTheMapperMakesThem() {
    String sample = new SampleRecords("measurement").scan("temperature");
    check("measurement", sample);
    DocPage.of("README.md").assertGenerated("measurement", sample);
    check("bad measurement", new SampleRecords("measurement").scan("broken"));
  }

  @Test
  void valuesAreAsTheMapperMakesThem() {
    check("value", new SampleRecords("value").scan("temperature", "broken"));
  }

  @Test
  void rowsAreAsTheMapperMakesThem() {
    check("row", new SampleRecords("row").scan("temperature", "strokes", "broken"));
  }

  @Test
  void newsOfADeviceAreAsTheMapperMakesThem() {
    check("status", new SampleRecords("measurement").status());
    check("gap", new SampleRecords("measurement").gap());
  }

  private static void check(String name, String expected) {
    DocPage.of(PAGE).assertGenerated(name, expected);
  }
}
