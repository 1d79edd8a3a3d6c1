// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.docs.DocPage;
import io.connectot.core.model.Measurement;
import io.connectot.plc4x.testing.AdsProgram;
import io.connectot.plc4x.testing.AdsProgram.Member;
import io.connectot.plc4x.testing.AdsServer;
import io.connectot.plc4x.testing.LogixServer;
import io.connectot.plc4x.testing.LogixTags;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The device and tag lines of the page are read from peers that have these tags. */
class DriverExamplesTest {
  private static final String PAGE = "docs/plc4x-source.md";
  private static final Map<String, String> PATIENT =
      Map.of("plc4x.request.timeout.ms", "20000", "plc4x.connect.timeout.ms", "20000");

  /** The example of a driver, by keys. */
  private static Map<String, String> example(String driver) throws Exception {
    for (DocPage.Block block : DocPage.of(PAGE).blocks("properties")) {
      Properties lines = new Properties();
      lines.load(new StringReader(block.text()));
      Map<String, String> example = new TreeMap<>();
      lines.forEach((key, value) -> example.put((String) key, (String) value));
      if (example.entrySet().stream()
          .anyMatch(
              line -> line.getKey().startsWith("devices.") && line.getValue().startsWith(driver))) {
        return example;
      }
    }
    throw new AssertionError("no example of " + driver);
  }

  private static void assertRead(String driver, String host) throws Exception {
    Map<String, String> example = example(driver);
    String url =
        example.entrySet().stream()
            .filter(line -> line.getKey().startsWith("devices."))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElseThrow()
            .replaceFirst("//[^?]*", "//" + host);
    List<String> addresses =
        example.entrySet().stream()
            .filter(line -> line.getKey().startsWith("tags."))
            .map(line -> line.getValue().split(" ", 2)[0])
            .toList();
    try (PlcClient client = new PlcClient(url, PATIENT)) {
      client.connect();
      assertThat(client.read(client.tags(addresses)))
          .hasSizeGreaterThan(5)
          .allSatisfy(m -> assertThat(m.value()).as(describe(m)).isNotNull());
    }
  }

  private static String describe(Measurement measurement) {
    return measurement.tag().name() + " " + measurement.status();
  }

  @Test
  void twinCat() throws Exception {
    AdsProgram program = new AdsProgram(4096);
    program.structure(
        "ST_Motor", 8, new Member("speed", "REAL", 4, 0), new Member("mode", "INT", 2, 4));
    program.array("ARRAY [1..5] OF INT", "INT", 10, new int[] {1, 5});
    program.array("ARRAY [0..1,0..2] OF INT", "INT", 12, new int[] {0, 2}, new int[] {0, 3});
    program.array("ARRAY [1..2] OF ST_Motor", "ST_Motor", 16, new int[] {1, 2});
    program.symbol("MAIN.temperature", "REAL", 4);
    program.symbol("MAIN.name", "STRING(20)", 21);
    program.symbol("MAIN.counts", "ARRAY [1..5] OF INT", 10);
    program.symbol("MAIN.table", "ARRAY [0..1,0..2] OF INT", 12);
    program.symbol("MAIN.motors", "ARRAY [1..2] OF ST_Motor", 16);
    program.symbol("MAIN.motor", "ST_Motor", 8);
    try (AdsServer server = new AdsServer(program)) {
      assertRead("ads", server.host());
    }
  }

  @Test
  void logix() throws Exception {
    LogixTags tags =
        new LogixTags()
            .addReal("Temperature", 20)
            .add("Total", LogixTags.UDINT, new byte[4])
            .addString("Name", "Press")
            .addDints("Table", new int[6], 2, 3)
            .addDints("Counts", new int[20], 20)
            .addDints("Motors", new int[4], 4)
            .addDint("Motors[3].speed", 5)
            .addDint("Program:Main.parts", 7)
            .add("Alarms", LogixTags.DWORD, new byte[8], 2)
            .addDint("Status", 32);
    try (LogixServer server = new LogixServer(tags, true)) {
      assertRead("logix", server.host());
    }
  }
}
