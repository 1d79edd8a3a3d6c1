// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.connectot.core.source.OtSourceTask;
import io.connectot.core.source.SourceSetup;
import io.connectot.plc4x.session.ScriptedDriverRegistry;
import io.connectot.plc4x.testing.FullBacklog;
import io.connectot.plc4x.testing.MisbehavingPeer;
import io.connectot.plc4x.testing.MisbehavingPeer.Manners;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole task whose PLC or driver behaves badly. */
class TaskUnderFaultsTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /**
   * What a worker waits for a task by default, and so what {@code stop()} must keep. It waits for
   * no driver, so it takes milliseconds.
   */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  private final ScriptedDriverRegistry scripted = new ScriptedDriverRegistry();
  private OtSourceTask task;

  /** A task with drivers that do what the test says. */
  private final class ScriptedTask extends OtSourceTask {
    @Override
    protected SourceSetup<?, ?> setup(Map<String, String> props) {
      return SourceSetup.of(new Plc4xProtocol(() -> scripted), props);
    }
  }

  @AfterEach
  void stop() {
    scripted.letGo();
    if (task != null) {
      task.stop();
    }
  }

  private static Map<String, String> props(String url, String address) {
    Map<String, String> props = new HashMap<>();
    props.put("name", "plc");
    props.put("connector.class", Plc4xSourceConnector.class.getName());
    props.put("topic", "plant");
    props.put("status.topic", "status");
    props.put("devices.press", url);
    props.put("tags.t", address);
    props.put("poll.interval.ms", "10");
    props.put("reconnect.backoff.ms", "10");
    props.put("reconnect.backoff.max.ms", "10");
    // Far beyond what stop() may take.
    props.put("plc4x.connect.timeout.ms", "600000");
    props.put("plc4x.request.timeout.ms", "600000");
    return props;
  }

  private static Map<String, String> real(String driver, String host) {
    boolean ads = driver.startsWith("ads");
    Map<String, String> props =
        props(
            driver
                + "://"
                + host
                + (ads
                    ? "?target-ams-net-id=1.2.3.4.1.1&target-ams-port=851"
                        + "&source-ams-net-id=1.2.3.5.1.1&source-ams-port=32000"
                    : ""),
            ads
                ? "0x4020/0:REAL"
                : driver.startsWith("s7")
                    ? "%DB1.DBD0:REAL"
                    : driver.equals("eip") ? "Temperature:REAL" : "holding-register:1:INT");
    if (driver.equals("s7")) {
      props.put("plc4x.mode", "subscribe");
    }
    return props;
  }

  private void assertStops() {
    OtSourceTask stopping = task;
    assertTimeoutPreemptively(STOP_LIMIT, stopping::stop);
  }

  @ParameterizedTest
  @CsvSource({
    "s7-light, SILENT",
    "s7-light, GARBAGE",
    "s7, SILENT",
    "s7, GARBAGE",
    "ads:tcp, SILENT",
    "ads:tcp, GARBAGE",
    "eip, SILENT",
    "eip, GARBAGE",
    "modbus-tcp, SILENT",
    "modbus-tcp, GARBAGE",
  })
  void stopsWhileAPeerAnswersNothingOrGarbage(String driver, Manners manners) throws IOException {
    try (MisbehavingPeer peer = new MisbehavingPeer(manners)) {
      task = new Plc4xSourceTask();
      task.start(real(driver, peer.host()));
      await().atMost(LIMIT).until(() -> peer.heard() > 0);

      assertStops();
    }
  }

  @Test
  void stopsWhileASubscriptionIsNotAnswered() throws IOException {
    try (MisbehavingPeer peer = new MisbehavingPeer(Manners.SILENT)) {
      Map<String, String> props = real("ads:tcp", peer.host());
      props.put("plc4x.mode", "subscribe");
      task = new Plc4xSourceTask();
      task.start(props);
      await().atMost(LIMIT).until(() -> peer.heard() > 0);

      assertStops();
    }
  }

  @Test
  void stopsWhileAHostTakesNoConnection() throws IOException {
    try (FullBacklog host = new FullBacklog()) {
      task = new Plc4xSourceTask();
      task.start(real("s7-light", host.address()));
      await().atMost(LIMIT).until(TaskUnderFaultsTest::isConnecting);

      assertStops();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"poll", "subscribe"})
  void stopsWhileADriverConnectsWithoutEnd(String mode) {
    scripted.hangOnOpen();
    startScripted(mode);

    assertStops();
  }

  @ParameterizedTest
  @ValueSource(strings = {"poll", "subscribe"})
  void stopsWhileADriverLooksUpAHostWithoutEnd(String mode) {
    scripted.hangOnLookup();
    startScripted(mode);

    assertStops();
  }

  private void startScripted(String mode) {
    Map<String, String> props = props("scripted://plc", "a0");
    props.put("plc4x.mode", mode);
    task = new ScriptedTask();
    task.start(props);
    await().atMost(LIMIT).until(scripted::hangs);
  }

  @Test
  void aLostSubscriptionLeavesAGap() throws InterruptedException {
    scripted.doesNotRead();

    Struct gap = gapAfterALoss();

    assertThat(gap.getString("device")).isEqualTo("press");
    assertThat(gap.getString("cause")).contains("lost its connection");
    assertThat(gap.get("gap_start")).as("no value was known before").isNull();
    assertThat(gap.get("gap_end")).isNotNull();
  }

  @Test
  void theGapOfALostSubscriptionBeginsWithWhatWasReadAtItsStart() throws InterruptedException {
    Struct gap = gapAfterALoss();

    assertThat(gap.getString("cause")).contains("lost its connection");
    assertThat((Date) gap.get("gap_start")).isBeforeOrEqualTo((Date) gap.get("gap_end"));
  }

  private Struct gapAfterALoss() throws InterruptedException {
    Map<String, String> props = props("scripted://plc", "a0");
    props.put("plc4x.mode", "subscribe");
    props.put("gap.topic", "gaps");
    task = new ScriptedTask();
    task.start(props);
    awaitStatus("io.connectot.DeviceStatus");

    scripted.loseAll();

    return awaitStatus("io.connectot.Gap");
  }

  /** Polls as a worker does until there is a record of this schema. */
  private Struct awaitStatus(String schema) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    List<String> others = new ArrayList<>();
    while (System.nanoTime() < deadline) {
      List<SourceRecord> batch = task.poll();
      for (SourceRecord found : batch == null ? List.<SourceRecord>of() : batch) {
        if (found.valueSchema().name().equals(schema)) {
          return (Struct) found.value();
        }
        others.add(found.valueSchema().name());
      }
    }
    throw new AssertionError("no " + schema + ", but " + others);
  }

  /** Whether a connection of the task is being made. */
  private static boolean isConnecting() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> thread.getKey().getName().startsWith("connect-ot-plc4x-"))
        .flatMap(thread -> List.of(thread.getValue()).stream())
        .anyMatch(frame -> frame.getMethodName().equals("probe"));
  }
}
