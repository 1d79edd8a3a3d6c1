// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.it.fixture.FaultyDevice;
import io.connectot.it.fixture.RecordReader;
import io.connectot.it.fixture.RecordReader.Received;
import io.connectot.it.fixture.Site;
import io.connectot.quickstart.embedded.ConnectRest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where transactions end on a worker with exactly-once support. */
@Tag("full")
class TransactionBoundaryIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int TAGS = 120;

  /** What a task may have in flight when the worker confirms records as it goes. */
  private static final int MOST_IN_FLIGHT = 20_000;

  private static Site site;

  private final List<FaultyDevice> devices = Stream.generate(FaultyDevice::new).limit(4).toList();

  @BeforeAll
  static void startSite() throws IOException {
    site = Site.start(worker -> worker.property("exactly.once.source.support", "enabled"));
  }

  @AfterAll
  static void stopSite() {
    site.close();
  }

  @AfterEach
  void closeDevices() {
    devices.forEach(FaultyDevice::close);
  }

  private Map<String, String> config(String name, String boundary, String pollIntervalMs) {
    Map<String, String> config = ModbusSetup.connector(name, devices);
    config.put("exactly.once.support", "required");
    config.put("transaction.boundary", boundary);
    config.put("poll.interval.ms", pollIntervalMs);
    ModbusSetup.addPattern(config, devices, 0, TAGS);
    return config;
  }

  @Test
  void everyPollIsATransaction() {
    String name = site.uniqueName("poll");
    site.create(name, config(name, "poll", "500"), 1);

    try (RecordReader reader = site.reader(name)) {
      reader.awaitAll("ten scans", LIMIT, all -> all.size() >= 10 * 4 * TAGS);
    }
    site.rest().delete(name);
  }

  /** Kafka confirms the records of an interval when it is over: they are not bounded by number. */
  @Test
  void anIntervalTakesMoreRecordsThanMayBeInFlightOtherwise() {
    String name = site.uniqueName("interval");
    Map<String, String> config = config(name, "interval", "20");
    config.put("transaction.boundary.interval.ms", "20000");
    site.create(name, config, 1);

    try (RecordReader reader = site.reader(name)) {
      List<Received> first = reader.awaitAll("the first transaction", LIMIT, all -> !all.isEmpty());
      int size = awaitEnd(reader, first.size());

      assertThat(size).as("records of a transaction").isGreaterThan(MOST_IN_FLIGHT);

      reader.awaitAll("the next transaction", LIMIT, all -> all.size() > size + MOST_IN_FLIGHT);
    }
    site.rest().delete(name);
  }

  /** Without records, a worker does not look whether an interval is over. */
  @Test
  void anIntervalEndsWhenFewRecordsCome() {
    String name = site.uniqueName("slow");
    Map<String, String> config = config(name, "interval", "1000");
    config.put("transaction.boundary.interval.ms", "2000");
    site.create(name, config, 1);

    try (RecordReader reader = site.reader(name)) {
      reader.awaitAll("ten scans", LIMIT, all -> all.size() >= 10 * 4 * TAGS);
    }
    site.rest().delete(name);
  }

  @Test
  void aConnectorThatDefinesNoTransactionsIsRefusedAsTheirBoundary() {
    String name = site.uniqueName("own");

    ConnectRest.Response response = site.rest().put(name, config(name, "connector", "1000"));

    assertThat(response.isSuccess()).isFalse();
    assertThat(response.message())
        .contains("does not support connector-defined transaction boundaries");
  }

  /** Waits until no more records of the transaction come. */
  private static int awaitEnd(RecordReader reader, int from) {
    int[] size = {from};
    await("the end of the transaction")
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              int before = size[0];
              size[0] = reader.position();
              return size[0] == before;
            });
    return size[0];
  }
}
