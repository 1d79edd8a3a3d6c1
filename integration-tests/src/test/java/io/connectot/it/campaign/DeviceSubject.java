// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Values that hold until the next change, as on a machine: they keep changing while no connector
 * reads them, and while the device is down. Sender {@code n} is the tag {@code C<n>}.
 */
abstract class DeviceSubject extends Subject implements OtherSide {
  private static final ObjectReader JSON = new ObjectMapper().reader();

  private final Duration period;
  private final Collector collector;

  /** Null between phases. */
  private Ticker ticker;

  DeviceSubject(String title, String servers, String name, int senders, Duration period) {
    super(title, name, senders, 1);
    this.period = period;
    this.collector = new Collector(servers, name + "(\\.gaps)?", this::count);
  }

  /** Changes the value of a sender. */
  abstract void turn(int sender, int number);

  /** Called when all values of a turn have changed. */
  void turned() {}

  /** Called when a value of this phase or an earlier one has arrived. */
  abstract void arrived(int sender, int number, JsonNode value);

  private void count(ConsumerRecord<byte[], byte[]> record) {
    JsonNode value;
    try {
      value = JSON.readTree(record.value());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (value.has("missed_scans")) {
      if (ledger() != null) {
        ledger()
            .gap(
                value.get("gap_start").asLong(),
                value.get("gap_end").asLong(),
                value.get("filled").asBoolean());
      }
    } else if (value.path("quality").asText().equals("GOOD")
        && value.get("tag").asText().startsWith("C")) {
      int sender = Integer.parseInt(value.get("tag").asText().substring(1));
      arrived(sender);
      if (ledger() != null) {
        arrived(sender, value.get("value_long").asInt(), value);
      }
    }
  }

  @Override
  final List<NewTopic> topics() {
    return List.of(
        new NewTopic(name(), 1, (short) 1),
        new NewTopic(name() + ".status", 1, (short) 1),
        new NewTopic(name() + ".gaps", 1, (short) 1));
  }

  @Override
  final OtherSide otherSide() {
    return this;
  }

  @Override
  final Duration period() {
    return period;
  }

  @Override
  final void startSending() {
    int[] numbers = new int[senders()];
    for (int sender = 0; sender < numbers.length; sender++) {
      numbers[sender] = next(sender);
    }
    ticker =
        new Ticker(
            period,
            () -> {
              for (int sender = 0; sender < numbers.length; sender++) {
                ledger().sent(sender, numbers[sender]);
                turn(sender, numbers[sender]++);
              }
              turned();
            });
  }

  @Override
  final void stopSending() {
    ticker.stop();
    ticker = null;
  }

  @Override
  public void close() {
    if (ticker != null) {
      ticker.stop();
    }
    collector.close();
  }
}
