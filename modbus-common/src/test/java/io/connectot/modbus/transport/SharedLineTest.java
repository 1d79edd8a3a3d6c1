// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.connection.Clock;
import io.connectot.core.spi.ProtocolException;
import io.connectot.modbus.address.ModbusTable;
import io.connectot.modbus.testing.ServerFraming;
import io.connectot.modbus.transport.channel.ChannelOpener;
import io.connectot.modbus.transport.channel.CloseGuard;
import io.connectot.modbus.transport.channel.TestChannels;
import io.connectot.modbus.transport.frame.ByteStream;
import io.connectot.modbus.transport.frame.Framing;
import io.connectot.modbus.transport.frame.ModbusExceptionResponse;
import io.connectot.modbus.transport.frame.ReadRequest;
import io.connectot.modbus.transport.frame.ResponseChecks;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Masters that share a line never take each other's values, and all get their own. */
@Execution(ExecutionMode.CONCURRENT)
class SharedLineTest {
  private static final int SCANS = 10_000;
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  @ParameterizedTest(name = "{0}, serial port {1}, {2} masters, {3} requests a scan, drops {4}")
  @CsvSource({
    "RTU, false, 2, 1, false",
    "RTU, false, 2, 4, false",
    "RTU, false, 3, 2, false",
    "RTU, true, 2, 2, false",
    "ASCII, true, 2, 2, false",
    "RTU, false, 2, 2, true"
  })
  void noMasterTakesTheValuesOfAnother(
      Framing framing, boolean serial, int masters, int requests, boolean drops) throws Exception {
    scan(framing, serial, masters, requests, drops, false);
  }

  @ParameterizedTest(name = "server drops requests while busy: {0}")
  @ValueSource(booleans = {false, true})
  void connectionsOfOneProcessTakeTurns(boolean drops) throws Exception {
    scan(Framing.RTU, false, 3, 2, drops, true);
  }

  /**
   * A master that was not heard before the first request, beside a server that drops requests while
   * it is busy: then nothing but the response to the other master arrives.
   */
  @Test
  void doesNotBelieveTheFirstResponsesBesideAMasterThatPollsSeldom() throws Exception {
    int sessions = 1000;
    VirtualTime time = new VirtualTime(2);
    TransparentLine line = new TransparentLine(time, ServerFraming.RTU, true, 7);
    AtomicInteger right = new AtomicInteger();
    AtomicInteger wrong = new AtomicInteger();
    AtomicBoolean ended = new AtomicBoolean();
    Thread seldom =
        new Thread(
            () -> {
              ByteStream client = line.newClient();
              byte[] request =
                  Framing.RTU.encode(new ReadRequest(0, 1, ModbusTable.HOLDING_REGISTER, 500, 10));
              while (!ended.get()) {
                long next = time.now() + Duration.ofSeconds(4).toNanos();
                time.waitUntil(() -> next);
                try {
                  client.send(request, null);
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              }
              time.end();
            });
    Thread own =
        new Thread(
            () -> {
              Random phase = new Random(11);
              for (int i = 0; i < sessions; i++) {
                long begin = time.now() + (long) (phase.nextDouble() * 4e9);
                time.waitUntil(() -> begin);
                ChannelOpener opener =
                    TestChannels.connections(line::newClient, Framing.RTU, time.clock());
                try (ModbusConnection connection = connection(opener, time, new LineLock(), i)) {
                  for (int scan = 0; scan < 4; scan++) {
                    List<byte[]> read = Master.scan(connection, 1, 0);
                    if (!read.isEmpty()) {
                      (read.get(0)[19] == 9 ? right : wrong).incrementAndGet();
                    }
                    long due = time.now() + INTERVAL.toNanos();
                    time.waitUntil(() -> due);
                  }
                }
              }
              ended.set(true);
              time.end();
            });
    seldom.start();
    own.start();
    own.join();
    seldom.join();
    assertThat(wrong).hasValue(0);
    assertThat(right).as("values still arrive").hasValueGreaterThan(3 * sessions);
  }

  /** Measured values differ between any two requests, also in the first seconds. */
  @Test
  void readsValuesThatChangeWithEveryRequest() {
    VirtualTime time = new VirtualTime(1);
    TransparentLine line = new TransparentLine(time, ServerFraming.RTU, false, 7).changing();
    ChannelOpener opener = TestChannels.connections(line::newClient, Framing.RTU, time.clock());
    try (ModbusConnection connection = connection(opener, time, new LineLock(), 3)) {
      for (int scan = 0; scan < 100; scan++) {
        assertThat(Master.scan(connection, 4, 0)).as("scan %d", scan).hasSize(4);
      }
    } finally {
      time.end();
    }
    assertThat(time.now()).isLessThan(Duration.ofSeconds(60).toNanos());
  }

  private static void scan(
      Framing framing, boolean serial, int masters, int requests, boolean drops, boolean oneProcess)
      throws Exception {
    VirtualTime time = new VirtualTime(masters);
    TransparentLine line =
        new TransparentLine(time, ServerFraming.valueOf(framing.name()), drops, 7);
    LineLock lock = new LineLock();
    List<Master> all = new ArrayList<>();
    for (int i = 0; i < masters; i++) {
      Clock clock = time.clock();
      ChannelOpener opener =
          serial
              ? TestChannels.port(line.newClient(), framing, clock)
              : TestChannels.connections(line::newClient, framing, clock);
      LineLock own = oneProcess ? lock : new LineLock();
      all.add(new Master(connection(opener, time, own, i), time, 1000 * i, requests));
    }
    List<Thread> threads = all.stream().map(Thread::new).toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    for (Master master : all) {
      assertThat(master.wrong).hasValue(0);
      assertThat(master.right).as("values still arrive").hasValueGreaterThan(SCANS / 2);
    }
  }

  private static ModbusConnection connection(
      ChannelOpener opener, VirtualTime time, LineLock lock, int seed) {
    RequestPacer pacer = new RequestPacer(Duration.ZERO, Duration.ZERO, time.clock());
    RequestSender sender = new RequestSender(opener, false, TIMEOUT, pacer, time.clock());
    LineGuard guard =
        new LineGuard(
            sender, Optional.of(lock), TIMEOUT, time.clock(), new Random(seed)::nextDouble);
    return new RetryingConnection(
        ResponseChecks.STRICT, sender, guard, 1, Duration.ofMillis(100), new CloseGuard(time));
  }

  /**
   * Begins after the others, and then scans the same number of registers, at the same instants,
   * each its own.
   */
  private static final class Master implements Runnable {
    private final ModbusConnection connection;
    private final VirtualTime time;
    private final int start;
    private final int requests;
    private final AtomicInteger right = new AtomicInteger();
    private final AtomicInteger wrong = new AtomicInteger();

    Master(ModbusConnection connection, VirtualTime time, int start, int requests) {
      this.connection = connection;
      this.time = time;
      this.start = start;
      this.requests = requests;
    }

    @Override
    public void run() {
      long interval = INTERVAL.toNanos();
      try {
        long began = interval * (start / 100);
        time.waitUntil(() -> began);
        for (int scan = 0; scan < SCANS; scan++) {
          long due = (time.now() / interval + 1) * interval;
          time.waitUntil(() -> due);
          count(scan(connection, requests, start));
        }
      } finally {
        time.end();
      }
    }

    private void count(List<byte[]> values) {
      if (values.isEmpty()) {
        return;
      }
      boolean equal = true;
      for (int i = 0; i < requests; i++) {
        int address = start + 20 * i;
        equal &= values.get(i)[0] == (byte) (address >> 8) && values.get(i)[1] == (byte) address;
      }
      (equal ? right : wrong).incrementAndGet();
    }

    private static List<byte[]> scan(ModbusConnection connection, int requests, int start) {
      for (int attempt = 0; attempt < 3; attempt++) {
        try {
          List<byte[]> values = new ArrayList<>();
          for (int i = 0; i < requests; i++) {
            values.add(connection.read(1, ModbusTable.HOLDING_REGISTER, start + 20 * i, 10));
          }
          if (connection.confirm()) {
            return values;
          }
        } catch (ProtocolException | ModbusExceptionResponse e) {
          return List.of();
        }
      }
      return List.of();
    }
  }
}
