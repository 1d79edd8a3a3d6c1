// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.plc4x;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.it.fixture.RecordReader;
import io.connectot.it.fixture.RecordReader.Received;
import io.connectot.it.fixture.SharedSite;
import io.connectot.it.fixture.Site;
import io.connectot.plc4x.testing.S7Line;
import io.connectot.plc4x.testing.S7Server;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of an independent S7 controller, read by the packaged plugin on a real worker. */
@Tag("peers")
@ExtendWith(SharedSite.class)
class S7IT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int NUMBERS = 400;

  private final Site site;
  private S7Server server;
  private S7Line line;
  private String name;
  private RecordReader reader;

  S7IT(Site site) {
    this.site = site;
  }

  @BeforeEach
  void start() {
    ByteBuffer types =
        ByteBuffer.allocate(64)
            .putShort(0, (short) -12345)
            .putInt(2, -123456789)
            .putFloat(6, 2.5f)
            .putDouble(10, Math.PI)
            .put(18, (byte) 0x08)
            .put(28, new byte[] {20, 5})
            .put(30, "Press".getBytes(StandardCharsets.US_ASCII))
            .putShort(50, (short) 1)
            .putShort(52, (short) -1);
    ByteBuffer numbers = ByteBuffer.allocate(2 * NUMBERS);
    for (int i = 0; i < NUMBERS; i++) {
      numbers.putShort((short) i);
    }
    ByteBuffer merkers = ByteBuffer.allocate(64).putInt(20, 0x12345678);
    server =
        S7Server.startOrSkip(
            Map.of("DB1", types.array(), "DB2", numbers.array(), "M", merkers.array()));
    line = S7Line.to(server.port());
    name = site.uniqueName("s7");
    reader = site.reader(name);
  }

  @AfterEach
  void stop() {
    if (reader != null) {
      site.rest().delete(name);
      reader.close();
      line.close();
      server.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = "s7-light")
  void everyTypeArrives(String driver) {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("int", "%DB1.DBW0:INT");
    tags.put("dint", "%DB1:2:DINT");
    tags.put("real", "%DB1.DBD6:REAL unit=bar");
    tags.put("lreal", "%DB1:10:LREAL");
    tags.put("bool", "%DB1.DBX18.3:BOOL");
    tags.put("string", "%DB1:28:STRING(20)");
    tags.put("array", "%DB1:50:INT[2]");
    tags.put("merker", "%MD20:DINT");
    create(driver, tags);

    List<Received> records = awaitEveryTag(tags.size(), record -> true);

    Map<String, String> found = new TreeMap<>();
    for (Received record : records) {
      found.put(
          record.text("tag"),
          record.text("type") + " " + record.text("quality") + " " + value(record));
      assertThat(record.text("protocol")).isEqualTo("plc4x:" + driver);
    }
    assertThat(found)
        .containsEntry("int", "INT16 GOOD -12345")
        .containsEntry("dint", "INT32 GOOD -123456789")
        .containsEntry("real", "FLOAT32 GOOD 2.5")
        .containsEntry("lreal", "FLOAT64 GOOD " + Math.PI)
        .containsEntry("bool", "BOOLEAN GOOD true")
        .containsEntry("string", "STRING GOOD Press")
        .containsEntry("array", "JSON GOOD [1,-1]")
        .containsEntry("merker", "INT32 GOOD 305419896")
        .hasSize(tags.size());
  }

  @Test
  void fourHundredNeighboursTakeOneRequestAScan() {
    Map<String, String> tags = new LinkedHashMap<>();
    for (int i = 0; i < NUMBERS; i++) {
      tags.put("n" + i, "%DB2.DBW" + 2 * i + ":INT");
    }
    create("s7-light", tags);

    List<Received> records = awaitEveryTag(NUMBERS, record -> true);
    Awaitility.await("more scans").atMost(LIMIT).until(() -> line.requests() >= 10);

    assertThat(line.items()).as("items").isLessThanOrEqualTo(4 * (line.requests() + 1));
    assertThat(records)
        .allSatisfy(record -> assertThat(value(record)).isEqualTo(record.text("tag").substring(1)));
  }

  @ParameterizedTest
  @ValueSource(strings = "s7-light")
  void aMissingBlockMakesItsTagsBadAndNoOthers(String driver) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (int i = 0; i < 20; i++) {
      tags.put("here" + i, "%DB2.DBW" + 2 * i + ":INT");
      tags.put("missing" + i, "%DB9.DBW" + 2 * i + ":INT");
    }
    create(driver, tags);

    awaitEveryTag(tags.size(), record -> true);
    int scans = line.requests();
    Awaitility.await("more scans").atMost(LIMIT).until(() -> line.requests() >= scans + 10);

    assertThat(reader.all())
        .allSatisfy(
            record ->
                assertThat(record.text("quality"))
                    .as(record.text("tag"))
                    .isEqualTo(record.text("tag").startsWith("here") ? "GOOD" : "BAD"));
  }

  @ParameterizedTest
  @ValueSource(strings = "s7-light")
  void isBackAfterTheControllerWasKilled(String driver) {
    create(driver, Map.of("int", "%DB1.DBW0:INT", "merker", "%MD20:DINT"));
    awaitEveryTag(2, S7IT::isGood);

    int before = reader.position();
    server.kill();
    awaitBad(before);
    int after = reader.position();
    server.restart();

    reader.awaitOne("values again", LIMIT, after, S7IT::isGood);
    assertThat(site.rest().status(name).isRunning(1)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(value = S7Line.Mode.class, mode = EnumSource.Mode.EXCLUDE, names = "WORKS")
  void isBackAfterTheControllerWentWrong(S7Line.Mode fault) {
    create("s7-light", Map.of("int", "%DB1.DBW0:INT", "merker", "%MD20:DINT"));
    awaitEveryTag(2, S7IT::isGood);

    int before = reader.position();
    line.set(fault);
    awaitBad(before);
    int after = reader.position();
    line.set(S7Line.Mode.WORKS);

    reader.awaitOne("values again", LIMIT, after, S7IT::isGood);
    assertThat(site.rest().status(name).isRunning(1)).isTrue();
  }

  private void awaitBad(int from) {
    reader.awaitOne("that there are no values", LIMIT, from, record -> !isGood(record));
  }

  private static boolean isGood(Received record) {
    return record.text("quality").equals("GOOD");
  }

  private void create(String driver, Map<String, String> tags) {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", "io.connectot.plc4x.Plc4xSourceConnector");
    config.put("tasks.max", "1");
    config.put("topic", name);
    config.put("report", "all");
    config.put("poll.interval.ms", "200");
    config.put("reconnect.backoff.ms", "100");
    config.put("reconnect.backoff.max.ms", "500");
    config.put("plc4x.connect.timeout.ms", "2000");
    config.put("plc4x.request.timeout.ms", "1000");
    config.put("devices.plc", driver + "://127.0.0.1:" + line.port());
    tags.forEach((tag, address) -> config.put("tags." + tag, address));
    site.create(name, config, 1);
  }

  private List<Received> awaitEveryTag(int tags, Predicate<Received> condition) {
    return reader.awaitAll(
        "a record of every tag",
        LIMIT,
        all ->
            all.stream().filter(condition).map(record -> record.text("tag")).distinct().count()
                == tags);
  }

  /**
   * The value in the field of its type; numbers other than integers are in the field for doubles.
   */
  private static String value(Received record) {
    for (String field : List.of("value_boolean", "value_long", "value_string", "value_double")) {
      if (record.json().hasNonNull(field)) {
        return record.json().get(field).asText();
      }
    }
    return "none";
  }
}
