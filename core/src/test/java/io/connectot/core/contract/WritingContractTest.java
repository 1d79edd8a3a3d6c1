// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.core.spi.Protocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.connect.data.Struct;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every protocol has to keep whose devices can be written to: extend it and supply a protocol
 * and a device. Each test has a device of its own.
 */
public abstract class WritingContractTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final AtomicInteger CONNECTORS = new AtomicInteger();

  /** A lifetime that no command of a test reaches by accident. */
  private static final String LONG = "600000";

  private final PublishedResults results = new PublishedResults();
  private final List<RunningSink> sinks = new ArrayList<>();
  private WritingDeviceHarness device;

  /** The protocol, whose drivers are {@link io.connectot.core.spi.WritingDriver}s. */
  protected abstract Protocol protocol();

  /** A device of the protocol, not started, of which this test is the only user. */
  protected abstract WritingDeviceHarness newDevice() throws Exception;

  /** The device of the test at hand. */
  protected final WritingDeviceHarness device() {
    return device;
  }

  /** What the sinks of the test at hand published. */
  protected final PublishedResults results() {
    return results;
  }

  @BeforeEach
  void startDevice() throws Exception {
    device = newDevice();
    device.start();
    for (String tag : WritingDeviceHarness.TAGS) {
      device.set(tag, 0);
    }
  }

  @AfterEach
  void stopEverything() throws Exception {
    for (RunningSink sink : sinks) {
      sink.stop();
    }
    // It is null where the test was skipped for want of a device.
    if (device != null) {
      device.dispose();
    }
  }

  @Test
  void writesValuesAndReportsThem() throws Exception {
    RunningSink sink = run();

    long speed = sink.send("speed", 11);
    long count = sink.send("count", 22);

    Struct result = awaitResult(speed, "speed");
    assertThat(result.getString("state")).as(result.toString()).isEqualTo("DONE");
    assertThat(result.getString("device")).isEqualTo(WritingDeviceHarness.DEVICE);
    assertThat(result.getString("path")).isEqualTo("press/speed");
    assertThat(result.getString("command_topic")).isEqualTo("commands");
    assertThat(result.getString("asked_value")).isEqualTo("11");
    awaitState(count, "count", "DONE");
    awaitTrue(() -> assertThat(device.value("speed")).isEqualTo(11));
    awaitTrue(() -> assertThat(device.value("count")).isEqualTo(22));
    awaitTrue(() -> assertThat(sink.committed()).isEqualTo(count + 1));
    awaitTrue(() -> assertThat(results.states()).containsExactly("ONLINE"));
  }

  @Test
  void writesSeveralTagsOfOneCommand() throws Exception {
    RunningSink sink = run();

    long offset =
        sink.send("{\"device\":\"press\",\"id\":\"a7\",\"values\":{\"speed\":1,\"level\":2}}");

    awaitState(offset, "speed", "DONE");
    awaitState(offset, "level", "DONE");
    assertThat(results.results()).extracting(result -> result.get("command_id")).containsOnly("a7");
    awaitTrue(() -> assertThat(device.value("speed")).isEqualTo(1));
    awaitTrue(() -> assertThat(device.value("level")).isEqualTo(2));
  }

  @Test
  void readsBackWhatItWrote() throws Exception {
    RunningSink sink = run("write=true write.verify=until");

    Struct result = awaitResult(sink.send("speed", 17), "speed");

    assertThat(result.getString("state")).as(result.toString()).isEqualTo("DONE");
    assertThat(result.getBoolean("is_verified")).isTrue();
  }

  @Test
  void keepsTheOrderOfADevice() throws Exception {
    RunningSink sink = run();
    List<Long> sent = new ArrayList<>();
    long last = 0;
    for (long value = 1; value <= 50; value++) {
      last = sink.send("speed", value);
      sent.add(value);
    }

    awaitState(last, "speed", "DONE");

    awaitTrue(() -> assertThat(device.written("speed")).containsExactlyElementsOf(sent));
    assertThat(results.results())
        .extracting(result -> result.getInt64("command_offset"))
        .isSorted()
        .hasSize(50);
  }

  @Test
  void sendsNothingThatIsNotAllowed() throws Exception {
    RunningSink sink = run("write=true min=0 max=100 step=5");
    List<Long> offsets = new ArrayList<>();
    offsets.add(sink.send("speed", 101));
    offsets.add(sink.send("speed", -5));
    offsets.add(sink.send("speed", 7));
    offsets.add(sink.send("speed", 5.5));
    offsets.add(sink.send("speed", "\"5\""));
    offsets.add(sink.send("speed", "true"));
    offsets.add(sink.send("speed", "null"));
    offsets.add(sink.send("speeed", 5));
    offsets.add(sink.send("{\"device\":\"pres\",\"tag\":\"speed\",\"value\":5}"));
    offsets.add(sink.send("{\"device\":\"press\",\"values\":{\"count\":5,\"speed\":500}}"));
    offsets.add(sink.sendAt(Map.of("device", "press", "tag", "speed", "value", Double.NaN), now()));
    offsets.add(sink.send("no JSON"));
    long allowed = sink.send("level", 5);

    awaitState(allowed, "level", "DONE");
    awaitTrue(() -> assertThat(sink.committed()).isEqualTo(allowed + 1));
    for (long offset : offsets) {
      assertThat(results.results())
          .filteredOn(result -> result.getInt64("command_offset") == offset)
          .isNotEmpty()
          .allSatisfy(
              result -> {
                assertThat(result.getString("state")).as(result.toString()).isEqualTo("REJECTED");
                assertThat(result.getString("cause")).isNotBlank();
                assertThat(result.getInt32("attempts")).isZero();
              });
    }
    assertThat(device.written("speed")).isEmpty();
    assertThat(device.written("count")).isEmpty();
  }

  @Test
  void writesOnlyWhileTheConditionHolds() throws Exception {
    RunningSink sink = run(Map.of("speed", "write=true write.if=level<50", "count", "write=true"));
    device.set("level", 80);

    Struct refused = awaitResult(sink.send("speed", 1), "speed");
    assertThat(refused.getString("state")).as(refused.toString()).isEqualTo("REJECTED");
    assertThat(refused.getString("cause")).contains("level<50").contains("80");
    device.set("level", 20);
    awaitState(sink.send("speed", 2), "speed", "DONE");

    awaitTrue(() -> assertThat(device.written("speed")).containsExactly(2L));
  }

  @Test
  void reportsWhatTheDeviceRefuses() throws Exception {
    RunningSink sink = run();
    device.refuse("speed");

    Struct result = awaitResult(sink.send("speed", 3), "speed");
    assertThat(result.getString("state")).as(result.toString()).isEqualTo("FAILED");
    assertThat(result.getString("status")).isNotBlank();
    assertThat(result.getString("cause")).isNotBlank();

    awaitState(sink.send("count", 4), "count", "DONE");
  }

  @Test
  void doesNotRepeatAWriteWithoutAnAnswer() throws Exception {
    RunningSink sink = run();
    awaitState(sink.send("count", 1), "count", "DONE");
    device.hang();

    Struct result = awaitResult(sink.send("speed", 5), "speed");
    assertThat(result.getString("state")).as(result.toString()).isEqualTo("UNKNOWN");
    assertThat(result.getInt32("attempts")).isEqualTo(1);
    assertThat(result.getString("cause")).isNotBlank();

    device.start();
    awaitState(sink.send("count", 6), "count", "DONE");
    assertThat(device.written("speed").size()).isLessThanOrEqualTo(1);
    assertThat(sink.failure()).isEmpty();
  }

  @Test
  void doesNotRepeatAWriteWhoseConnectionIsLost() throws Exception {
    RunningSink sink = run();
    awaitState(sink.send("count", 1), "count", "DONE");
    device.cutNextWrite();

    Struct result = awaitResult(sink.send("speed", 5), "speed");
    assertThat(result.getString("state")).as(result.toString()).isEqualTo("UNKNOWN");

    awaitState(sink.send("count", 6), "count", "DONE");
    assertThat(device.written("speed")).containsExactly(5L);
  }

  @Test
  void repeatsAnIdempotentWriteWhoseConnectionIsLost() throws Exception {
    RunningSink sink = run("write=true idempotent=true");
    awaitState(sink.send("count", 1), "count", "DONE");
    device.cutNextWrite();

    Struct result = awaitResult(sink.send("speed", 5), "speed");

    assertThat(result.getString("state")).as(result.toString()).isEqualTo("DONE");
    assertThat(result.getInt32("attempts")).isEqualTo(2);
    // A protocol without answers knows no more than that the second write was sent.
    awaitTrue(() -> assertThat(device.written("speed")).containsExactly(5L, 5L));
  }

  @Test
  void waitsForADeviceThatIsAway() throws Exception {
    device.stop();
    RunningSink sink = run();
    awaitTrue(() -> assertThat(results.states()).containsExactly("OFFLINE"));

    long offset = sink.send("speed", 5);
    assertThat(sink.committed()).isLessThanOrEqualTo(offset);
    device.start();

    awaitState(offset, "speed", "DONE");
    assertThat(device.written("speed")).containsExactly(5L);
    assertThat(sink.failure()).isEmpty();
  }

  @Test
  void sendsNoCommandThatIsTooOld() throws Exception {
    device.stop();
    RunningSink sink = run(Map.of(), Map.of("command.ttl.ms", "300"));

    Struct late = awaitResult(sink.send("speed", 5), "speed");
    assertThat(late.getString("state")).as(late.toString()).isEqualTo("EXPIRED");
    device.start();
    long old =
        sink.sendAt("{\"device\":\"press\",\"tag\":\"speed\",\"value\":6}", now() - 3_600_000);
    awaitState(old, "speed", "EXPIRED");

    assertThat(device.written("speed")).isEmpty();
  }

  @Test
  void writesNothingAgainWhileKafkaIsAway() throws Exception {
    RunningSink sink = run();
    awaitState(sink.send("count", 1), "count", "DONE");
    results.goAway();
    long offset = sink.send("speed", 5);
    awaitTrue(() -> assertThat(device.written("speed")).containsExactly(5L));
    assertThat(sink.committed()).isLessThanOrEqualTo(offset);

    results.comeBack();

    awaitState(offset, "speed", "DONE");
    awaitTrue(() -> assertThat(sink.committed()).isEqualTo(offset + 1));
    assertThat(results.results())
        .filteredOn(result -> result.getInt64("command_offset") == offset)
        .hasSize(1);
    assertThat(device.written("speed")).containsExactly(5L);
  }

  @Test
  void aWriteUnderWayIsNotRepeatedWhenThePartitionComesBack() throws Exception {
    RunningSink sink = run();
    awaitState(sink.send("count", 1), "count", "DONE");
    device.hang();
    long offset = sink.send("speed", 5);
    awaitTrue(() -> assertThat(sink.consumed()).isEqualTo(offset + 1));
    sink.rebalance();

    awaitState(offset, "speed", "UNKNOWN");
    device.start();
    awaitState(sink.send("count", 6), "count", "DONE");
    assertThat(device.written("speed")).hasSizeLessThan(2);
    assertThat(results.results())
        .filteredOn(result -> result.getInt64("command_offset") == offset)
        .hasSize(1);
    assertThat(sink.failure()).isEmpty();
  }

  @Test
  void sendsNoCommandAgainThatMayHaveBeenSent() throws Exception {
    Map<String, String> once =
        Map.of("write.delivery", "at-most-once", "command.journal.topic", "journal");
    RunningSink first = run(Map.of(), once);
    awaitState(first.send("count", 1), "count", "DONE");
    device.hang();
    long offset = first.send("speed", 5);
    awaitTrue(() -> assertThat(results.note()).contains(offset + " STARTED"));
    results.goAway();
    first.stop();
    assertThat(first.committed()).isEqualTo(offset);

    results.comeBack();
    device.start();
    RunningSink second = run(Map.of(), once);
    second.startAt(offset);
    second.send("speed", 5);
    long next = second.send("speed", 6);

    awaitState(offset, "speed", "UNKNOWN");
    awaitState(next, "speed", "DONE");
    assertThat(device.written("speed")).filteredOn(value -> value == 5).hasSizeLessThan(2);
    assertThat(second.failure()).isEmpty();
  }

  @Test
  void stopsUnderLoadAndCommitsOnlyWhatHasAResult() throws Exception {
    RunningSink sink = run();
    long value = 0;
    while (results.results().size() < 20) {
      // Not without end where the device is slow.
      if (value < results.results().size() + 1_000) {
        sink.send("speed", value++ % 10_000);
      }
      Thread.onSpinWait();
    }

    sink.stop();

    awaitTrue(() -> assertThat(sink.hasThreads()).isFalse());
    List<Long> over =
        results.results().stream().map(result -> result.getInt64("command_offset")).toList();
    for (long offset = 0; offset < sink.committed(); offset++) {
      assertThat(over).contains(offset);
    }
    assertThat(over).doesNotHaveDuplicates();
    assertThat(sink.failure()).isEmpty();
  }

  @Test
  void stopsWhileTheDeviceHangs() throws Exception {
    RunningSink sink = run();
    awaitState(sink.send("count", 1), "count", "DONE");
    device.hang();
    sink.send("speed", 5);
    awaitTrue(() -> assertThat(sink.consumed()).isEqualTo(2L));

    sink.stop();

    awaitTrue(() -> assertThat(sink.hasThreads()).isFalse());
  }

  /** Runs a sink in which every tag may be written. */
  protected final RunningSink run() {
    return run("write=true");
  }

  /** Runs a sink whose tags have these options. */
  protected final RunningSink run(String options) {
    Map<String, String> all = new HashMap<>();
    WritingDeviceHarness.TAGS.forEach(tag -> all.put(tag, options));
    return run(all, Map.of());
  }

  /** Runs a sink whose tags have these options, and none if they are not mentioned. */
  protected final RunningSink run(Map<String, String> options) {
    return run(options, Map.of());
  }

  private RunningSink run(Map<String, String> options, Map<String, String> more) {
    Map<String, String> props = new HashMap<>(device.connectorProps());
    for (String tag : WritingDeviceHarness.TAGS) {
      String line = options.isEmpty() ? "write=true" : options.getOrDefault(tag, "");
      props.computeIfPresent("tags." + tag, (key, address) -> (address + " " + line).trim());
    }
    props.put("name", "writing" + CONNECTORS.incrementAndGet() + "x");
    props.put("result.topic", "results");
    props.put("result.producer.bootstrap.servers", "nowhere:9092");
    props.put("status.topic", "status");
    props.put("status.heartbeat.ms", "86400000");
    props.put("command.ttl.ms", LONG);
    props.put("reconnect.backoff.ms", "50");
    props.put("reconnect.backoff.max.ms", "200");
    props.putAll(more);
    RunningSink sink = new RunningSink(protocol(), props, results, 0);
    sinks.add(sink);
    return sink;
  }

  /** Waits for the result of a command for a tag. */
  protected final Struct awaitResult(long offset, String tag) {
    awaitTrue(() -> assertThat(results.result(offset, tag)).isPresent());
    return results.result(offset, tag).orElseThrow();
  }

  private void awaitState(long offset, String tag, String state) {
    Struct result = awaitResult(offset, tag);
    assertThat(result.getString("state")).as(result.toString()).isEqualTo(state);
  }

  private static long now() {
    return System.currentTimeMillis();
  }

  /** Waits until an assertion holds. */
  protected static void awaitTrue(ThrowingRunnable assertion) {
    await().atMost(LIMIT).pollInterval(Duration.ofMillis(20)).untilAsserted(assertion);
  }
}
