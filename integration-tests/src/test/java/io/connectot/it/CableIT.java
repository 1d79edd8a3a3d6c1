// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.it.fixture.FaultyDevice;
import io.connectot.it.fixture.FaultyDevice.Fault;
import io.connectot.it.fixture.RecordReader;
import io.connectot.it.fixture.RecordReader.Received;
import io.connectot.it.fixture.SharedSite;
import io.connectot.it.fixture.Site;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One of three devices fails and recovers. */
@Tag("full")
@ExtendWith(SharedSite.class)
class CableIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String FAULTY = "device2";
  private static final int TAGS = 40;
  private static final int SCANS_WHILE_FAULTY = 6;
  private static final int INTERVAL_MS = 500;

  private final List<FaultyDevice> devices =
      List.of(new FaultyDevice(), new FaultyDevice(), new FaultyDevice());
  private final FaultyDevice faulty = devices.get(1);
  private final Site site;
  private RecordReader reader;
  private String name;

  CableIT(Site site) {
    this.site = site;
  }

  @BeforeEach
  void readAllDevices() {
    name = site.uniqueName("cable");
    Map<String, String> config = ModbusSetup.connector(name, devices);
    config.put("status.topic", name + ".status");
    config.put("gap.topic", name + ".gaps");
    // Tests count the changes of states.
    config.put("status.heartbeat.ms", "86400000");
    config.put("poll.interval.ms", Integer.toString(INTERVAL_MS));
    // Two blocks: the reply to one request must never be used for the other.
    ModbusSetup.addPattern(config, devices, 0, TAGS / 2);
    ModbusSetup.addPattern(config, devices, 300, TAGS / 2);
    reader = site.reader(name + "(\\.(status|gaps))?");
    site.create(name, config, 1);
    reader.awaitAll("three scans of every device", LIMIT, all -> scans(all, FAULTY).size() >= 3);
  }

  @AfterEach
  void cleanUp() {
    site.rest().delete(name);
    reader.close();
    devices.forEach(FaultyDevice::close);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void deviceAnswersWronglyAndRecovers(Fault fault) {
    faulty.fail(fault);
    awaitBadThenOtherScans();
    int position = reader.position();
    faulty.heal();
    checkRecovery(position);
  }

  @Test
  void deviceIsSwitchedOffAndOn() {
    faulty.switchOff();
    awaitBadThenOtherScans();
    int position = reader.position();
    faulty.switchOn();
    checkRecovery(position);
  }

  private void awaitBadThenOtherScans() {
    reader.awaitAll("all tags to be BAD", LIMIT, all -> bad(all, FAULTY).size() >= TAGS);
    int before = scans(reader.all(), "device1").size();
    reader.awaitAll(
        "the other devices to be scanned on",
        LIMIT,
        all -> scans(all, "device1").size() >= before + SCANS_WHILE_FAULTY);
  }

  private void checkRecovery(int position) {
    reader.awaitOne("a gap", LIMIT, position, record -> isGap(record, FAULTY));
    int scansBefore = scans(reader.all(), FAULTY).size();
    List<Received> all =
        reader.awaitAll(
            "scans after the recovery",
            LIMIT,
            records -> scans(records, FAULTY).size() >= scansBefore + 3);

    assertThat(all.stream().filter(CableIT::isMeasurement).filter(CableIT::isGood))
        .as("values that are not those of their register")
        .allSatisfy(
            record ->
                assertThat(record.json().get("value_long").asInt())
                    .isEqualTo(ModbusSetup.expected(record.text("device"), record.text("tag"))));
    assertThat(bad(all, FAULTY)).as("BAD records of the faulty device").hasSize(TAGS);
    assertThat(bad(all, FAULTY).stream().map(record -> record.text("tag")).distinct())
        .as("tags that turned BAD, each once")
        .hasSize(TAGS);
    assertThat(states(all, FAULTY)).startsWith("ONLINE").endsWith("ONLINE").hasSizeGreaterThan(2);
    checkGap(all);
    for (String other : List.of("device1", "device3")) {
      assertThat(bad(all, other)).as("BAD records of %s", other).isEmpty();
      assertThat(states(all, other)).as("states of %s", other).containsExactly("ONLINE");
      assertThat(
              all.stream()
                  .filter(record -> isGap(record, other))
                  .mapToLong(record -> record.json().get("missed_scans").asLong())
                  .sum())
          .as("scans that %s missed because of the faulty device", other)
          .isLessThanOrEqualTo(1);
    }
    assertThat(site.rest().status(name).isRunning(1)).isTrue();
  }

  private void checkGap(List<Received> all) {
    long firstBad = bad(all, FAULTY).get(0).json().get("event_time").asLong();
    NavigableMap<Long, List<Received>> good = scans(all, FAULTY);
    long firstGoodAgain = good.tailMap(firstBad, true).firstKey();
    // A scan that is late on a busy machine is also reported as a gap, but before or after the
    // outage.
    List<Received> gaps =
        all.stream()
            .filter(record -> isGap(record, FAULTY))
            .filter(gap -> gap.json().get("gap_end").asLong() >= firstBad)
            .filter(gap -> gap.json().get("gap_start").asLong() < firstGoodAgain)
            .toList();
    assertThat(gaps).as("gaps of the faulty device").hasSize(1);
    long from = gaps.get(0).json().get("gap_start").asLong();
    long to = gaps.get(0).json().get("gap_end").asLong();
    assertThat(from)
        .as("last instant of known values")
        .isEqualTo(lastReceived(good.headMap(firstBad)));
    assertThat(to)
        .as("first instant of new values")
        .isEqualTo(lastReceived(firstOf(good.tailMap(firstBad, true))));
    assertThat(gaps.get(0).json().get("missed_scans").asLong())
        .as("scans missed between %s and %s", from, to)
        .isBetween((to - from) / INTERVAL_MS - 2, (to - from) / INTERVAL_MS + 1);
    assertThat(gaps.get(0).text("cause")).isNotBlank();
  }

  private static long lastReceived(Map<Long, List<Received>> scans) {
    return scans.values().stream()
        .flatMap(List::stream)
        .mapToLong(record -> record.json().get("ingest_time").asLong())
        .max()
        .orElseThrow();
  }

  private static Map<Long, List<Received>> firstOf(NavigableMap<Long, List<Received>> scans) {
    return scans.headMap(scans.firstKey(), true);
  }

  private static boolean isMeasurement(Received record) {
    return record.json().has("quality");
  }

  private static boolean isGood(Received record) {
    return record.text("quality").equals("GOOD");
  }

  private static boolean isGap(Received record, String device) {
    return record.json().has("missed_scans") && record.text("device").equals(device);
  }

  private static List<Received> bad(List<Received> all, String device) {
    return all.stream()
        .filter(CableIT::isMeasurement)
        .filter(record -> record.text("device").equals(device))
        .filter(record -> record.text("quality").equals("BAD"))
        .toList();
  }

  /** GOOD values of a device by the time of their block's read. */
  private static NavigableMap<Long, List<Received>> scans(List<Received> all, String device) {
    return all.stream()
        .filter(CableIT::isMeasurement)
        .filter(record -> record.text("device").equals(device))
        .filter(CableIT::isGood)
        .collect(
            Collectors.groupingBy(
                record -> record.json().get("event_time").asLong(),
                TreeMap::new,
                Collectors.toList()));
  }

  private static List<String> states(List<Received> all, String device) {
    return all.stream()
        .filter(record -> record.json().has("state"))
        .filter(record -> record.text("device").equals(device))
        .map(record -> record.text("state"))
        .toList();
  }
}
