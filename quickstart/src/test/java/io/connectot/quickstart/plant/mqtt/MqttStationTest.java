// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.quickstart.plant.broker.DeviceMessage;
import io.connectot.quickstart.plant.broker.MqttLink;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class MqttStationTest {
  private static final DeviceMessage VALUE = DeviceMessage.of("t", "7");
  private static final DeviceMessage BIRTH = DeviceMessage.of("t", "hello");

  private final FakeLink link = new FakeLink();
  private final FakeDevice device = new FakeDevice();
  private final MqttStation station = new MqttStation(device, link);

  @Test
  void connectsGreetsAndReportsOncePerInterval() {
    for (double seconds = 0; seconds < 4; seconds += 0.1) {
      step(seconds);
    }

    assertThat(link.events).containsExactly("connect", "hello", "7", "7");
  }

  @Test
  void vanishesWithoutGoodbyeAndGreetsAgainWhenBack() {
    step(0);
    device.reachable = false;
    step(3);
    step(5);
    device.reachable = true;
    step(7);

    assertThat(link.events)
        .containsExactly("connect", "hello", "7", "cut", "cut", "connect", "hello", "7");
  }

  @Test
  void triesOnceASecondWhileThereIsNoBroker() {
    link.refuses = true;
    for (double seconds = 0; seconds < 2.95; seconds += 0.1) {
      step(seconds);
    }
    assertThat(link.events).filteredOn("refused"::equals).hasSize(3);

    link.refuses = false;
    step(10);
    assertThat(link.events).endsWith("connect", "hello", "7");
  }

  @Test
  void losesAConnectionThatTakesNoMessage() {
    step(0);
    link.breaks = true;
    step(2);
    assertThat(link.isConnected()).isFalse();

    link.breaks = false;
    step(4);
    assertThat(link.isConnected()).isTrue();
    assertThat(link.events).endsWith("connect", "hello", "7");
  }

  private void step(double seconds) {
    station.step(seconds, Instant.EPOCH);
  }

  private static final class FakeDevice implements MqttDevice {
    private boolean reachable = true;

    @Override
    public String name() {
      return "fake";
    }

    @Override
    public MqttLink.Version version() {
      return MqttLink.Version.V5;
    }

    @Override
    public Duration interval() {
      return Duration.ofSeconds(2);
    }

    @Override
    public List<DeviceMessage> report(double seconds, Instant time) {
      return List.of(VALUE);
    }

    @Override
    public Optional<DeviceMessage> birth() {
      return Optional.of(BIRTH);
    }

    @Override
    public boolean isReachable(double seconds) {
      return reachable;
    }
  }

  private static final class FakeLink implements MqttLink {
    private final List<String> events = new ArrayList<>();
    private boolean connected;
    private boolean refuses;
    private boolean breaks;

    @Override
    public boolean isConnected() {
      return connected;
    }

    @Override
    public void connect(
        Optional<DeviceMessage> will, Optional<String> commandTopic, Consumer<byte[]> commands)
        throws IOException {
      if (refuses) {
        events.add("refused");
        throw new IOException("refused");
      }
      events.add("connect");
      connected = true;
    }

    @Override
    public void publish(DeviceMessage message) throws IOException {
      if (breaks) {
        throw new IOException("broken");
      }
      events.add(message.payload());
    }

    @Override
    public void cut() {
      events.add("cut");
      connected = false;
    }

    @Override
    public void close() {
      connected = false;
    }
  }
}
