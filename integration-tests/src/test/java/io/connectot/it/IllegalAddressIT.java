// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.it.fixture.FaultyDevice;
import io.connectot.it.fixture.FaultyDevice.Request;
import io.connectot.it.fixture.Pattern;
import io.connectot.it.fixture.RecordReader;
import io.connectot.it.fixture.RecordReader.Received;
import io.connectot.it.fixture.SharedSite;
import io.connectot.it.fixture.Site;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One register of five hundred does not exist. */
@ExtendWith(SharedSite.class)
class IllegalAddressIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int REGISTERS = 500;
  private static final int ILLEGAL = 173;
  private static final String ILLEGAL_TAG = "r" + ILLEGAL;

  /** 0-124, 125-172, 174-249, 250-374, 375-499: the four blocks, one of them in two parts. */
  private static final int REQUESTS_PER_SCAN = 5;

  private static final int SCANS = 10;

  @Test
  void onlyItsTagIsBadAndTheRestCostsOneRequestMore(Site site) {
    String name = site.uniqueName("illegal");
    try (FaultyDevice device = new FaultyDevice();
        RecordReader reader = site.reader(name)) {
      Map<String, String> config = ModbusSetup.connector(name, List.of(device));
      for (int address = 0; address < REGISTERS; address++) {
        config.put("tags.r" + address, "holding:" + address + " uint16");
      }
      Pattern.fill(device, 1, 0, ILLEGAL);
      Pattern.fill(device, 1, ILLEGAL + 1, REGISTERS - ILLEGAL - 1);
      site.create(name, config, 1);
      reader.awaitAll("two scans", LIMIT, all -> all.size() >= 2 * REGISTERS);

      device.forgetRequests();
      Awaitility.await("scans after the isolation")
          .atMost(LIMIT)
          .until(() -> scanLengths(device.requests()).size() >= SCANS);
      assertThat(scanLengths(device.requests()))
          .as("requests per scan")
          .containsOnly(REQUESTS_PER_SCAN);
      assertThat(device.requests()).noneMatch(IllegalAddressIT::asksForTheIllegalOne);

      List<Received> records = reader.all();
      Set<String> badTags =
          records.stream()
              .filter(record -> !record.text("quality").equals("GOOD"))
              .map(record -> record.text("tag"))
              .collect(Collectors.toSet());
      assertThat(badTags).containsExactly(ILLEGAL_TAG);
      assertThat(records)
          .filteredOn(record -> record.text("tag").equals(ILLEGAL_TAG))
          .allSatisfy(
              record -> assertThat(record.text("status")).isEqualTo("2 ILLEGAL_DATA_ADDRESS"));
      assertThat(records)
          .filteredOn(record -> record.text("quality").equals("GOOD"))
          .allSatisfy(
              record ->
                  assertThat(record.json().get("value_long").asInt())
                      .isEqualTo(ModbusSetup.expected("device1", record.text("tag"))));
    } finally {
      site.rest().delete(name);
    }
  }

  private static boolean asksForTheIllegalOne(Request request) {
    return request.address() <= ILLEGAL && ILLEGAL < request.address() + request.count();
  }

  /**
   * The number of requests of every complete scan; a scan begins with the request for register 0.
   */
  private static List<Integer> scanLengths(List<Request> requests) {
    List<Integer> lengths = new ArrayList<>();
    int begin = -1;
    for (int i = 0; i < requests.size(); i++) {
      if (requests.get(i).address() == 0) {
        if (begin >= 0) {
          lengths.add(i - begin);
        }
        begin = i;
      }
    }
    return lengths;
  }
}
