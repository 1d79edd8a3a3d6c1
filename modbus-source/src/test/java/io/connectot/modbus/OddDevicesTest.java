// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.config.Configuration;
import io.connectot.core.connection.Clock;
import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.model.Quality;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.testing.Points;
import io.connectot.modbus.config.ModbusDevice;
import io.connectot.modbus.config.ModbusEndpoint;
import io.connectot.modbus.config.ModbusTag;
import io.connectot.modbus.testing.ServerFault;
import io.connectot.modbus.testing.ServerResponse;
import io.connectot.modbus.testing.ServerTransaction;
import io.connectot.modbus.testing.SimulatedModbusServer;
import io.connectot.modbus.testing.TestTags;
import io.connectot.modbus.transport.TransportConnectionFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Devices and gateways that answer otherwise than specified: what is GOOD is right. */
class OddDevicesTest {
  private static final int SCANS = 8;

  /** Of 25 tags of three requests. */
  private static Stream<Arguments> devices() {
    AtomicInteger busy = new AtomicInteger();
    AtomicInteger odd = new AtomicInteger();
    return Stream.of(
        device("closes after each response", 25, OddDevicesTest::closing),
        device(
            "is busy for the first requests",
            25,
            transaction ->
                (busy.incrementAndGet() < 10 ? ServerFault.exception(6) : ServerFault.NONE)
                    .answer(transaction)),
        device(
            "fails for a block",
            15,
            transaction ->
                (transaction.request().address() >= 100 && transaction.request().address() < 110
                        ? ServerFault.exception(4)
                        : ServerFault.NONE)
                    .answer(transaction)),
        device("pads its responses", 0, transaction -> send(transaction, padded(transaction))),
        device(
            "sends an odd number of bytes", 0, transaction -> send(transaction, odd(transaction))),
        device("answers in the name of another unit", 0, ServerFault.WRONG_UNIT),
        device("answers function 4 with function 3", 20, OddDevicesTest::onlyFunction3),
        device(
            "loses every third request",
            25,
            transaction -> {
              if (odd.incrementAndGet() % 3 != 0) {
                ServerFault.NONE.answer(transaction);
              }
            }),
        device("answers each request twice", 25, OddDevicesTest::twice));
  }

  private static Arguments device(String description, int good, ServerFault fault) {
    return Arguments.of(description, good, fault);
  }

  private static void closing(ServerTransaction transaction) throws IOException {
    transaction.send(transaction.response());
    transaction.disconnect();
  }

  private static void twice(ServerTransaction transaction) throws IOException {
    transaction.send(transaction.response());
    transaction.send(transaction.response());
  }

  private static void onlyFunction3(ServerTransaction transaction) throws IOException {
    ServerResponse response = transaction.response();
    transaction.send(
        new ServerResponse(response.transaction(), 0, response.unit(), 3, response.body()));
  }

  private static void send(ServerTransaction transaction, byte[] body) throws IOException {
    ServerResponse response = transaction.response();
    transaction.send(
        new ServerResponse(response.transaction(), 0, response.unit(), response.function(), body));
  }

  private static byte[] padded(ServerTransaction transaction) {
    byte[] body = transaction.response().body();
    return Arrays.copyOf(body, body.length + 2);
  }

  private static byte[] odd(ServerTransaction transaction) {
    byte[] body = transaction.response().body();
    byte[] shorter = Arrays.copyOf(body, body.length - 1);
    shorter[0]--;
    return shorter;
  }

  @ParameterizedTest(name = "a device that {0}")
  @MethodSource("devices")
  void whatIsGoodIsRight(String description, int good, ServerFault fault) throws Exception {
    List<Tag<ModbusTag>> tags = new ArrayList<>(TestTags.registers(0, 10));
    tags.addAll(TestTags.registers(100, 110));
    for (int address = 200; address < 205; address++) {
      tags.add(TestTags.tag("input:" + address));
    }
    try (SimulatedModbusServer server = SimulatedModbusServer.tcp()) {
      server.unit(1).fill(0);
      server.fault(fault);
      Configuration config =
          Configuration.parse(
              ModbusSourceConfig.OVERRIDABLE.definition(),
              Map.of("modbus.request.timeout.ms", "300", "modbus.retry.backoff.ms", "1"));
      ModbusEndpoint endpoint =
          new ModbusEndpoint.Network(server.transport(), "localhost", server.port());
      Device<ModbusDevice> device =
          new Device<>(
              "odd",
              endpoint.url(),
              new ModbusDevice(endpoint, Optional.empty(), 1, config),
              Map.of());
      List<Point<ModbusTag>> points = Points.of(device, tags);
      int goodInLastScan = 0;
      try (ModbusPollingSession session = session(device)) {
        for (int scan = 0; scan < SCANS; scan++) {
          goodInLastScan = goodOf(session, device, points);
        }
      }
      assertThat(goodInLastScan).isEqualTo(good);
    }
  }

  private static int goodOf(
      ModbusPollingSession session, Device<ModbusDevice> device, List<Point<ModbusTag>> points) {
    List<Measurement> read;
    try {
      read = session.read(device, points);
    } catch (ProtocolException e) {
      return 0;
    }
    int good = 0;
    for (Measurement measurement : read) {
      if (measurement.quality() == Quality.GOOD) {
        good++;
        long address = ((ModbusTag) measurement.tag().address()).address().address();
        assertThat(measurement.value()).isEqualTo(new LongValue(address));
      }
    }
    return good;
  }

  private static ModbusPollingSession session(Device<ModbusDevice> device) {
    return new ModbusPollingSession(
        new TransportConnectionFactory(
                (socket, host, port) -> {
                  throw new IOException("no TLS");
                })
            .newConnection(device.settings()),
        false,
        false,
        Duration.ofSeconds(60),
        Clock.SYSTEM);
  }
}
