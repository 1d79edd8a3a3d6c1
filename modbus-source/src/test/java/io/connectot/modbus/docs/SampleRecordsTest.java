// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.docs;

import io.connectot.core.docs.DocPage;
import org.junit.jupiter.api.Test;

/** The records on the page are those of the mapper. {@code -Ddocs.update} writes them. */
class SampleRecordsTest {
  private static final String PAGE = "docs/modbus.md";

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
  void statusesAndGapsAreAsTheMapperMakesThem() {
    check("status", new SampleRecords("measurement").status());
    check("gap", new SampleRecords("measurement").gap());
  }

  private static void check(String name, String expected) {
    DocPage.of(PAGE).assertGenerated(name, expected);
  }
}
