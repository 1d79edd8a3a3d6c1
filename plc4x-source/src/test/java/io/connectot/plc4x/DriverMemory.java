// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.model.Measurement;
import io.connectot.core.model.Quality;
import io.connectot.core.model.Tag;
import io.connectot.modbus.testing.SimulatedModbusServer;
import io.connectot.plc4x.session.Plc4xTag;
import io.connectot.plc4x.testing.AdsProgram;
import io.connectot.plc4x.testing.AdsServer;
import io.connectot.plc4x.testing.LogixServer;
import io.connectot.plc4x.testing.LogixTags;
import io.connectot.plc4x.testing.S7Server;
import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocatorMetric;
import io.netty.util.internal.PlatformDependent;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads from a peer of each driver, and checks that the memory stays the same. */
final class DriverMemory {
  private static final int WARM_UP = 2_000;

  /** Less than a byte per read in the campaign. */
  private static final long MAX_HEAP = 2 << 20;

  /** The pool of buffers grows by 4 MiB at a time, and threads have small ones of their own. */
  private static final long MAX_DIRECT = (4 << 20) + (1 << 18);

  /** Buffers in use: some are kept per thread. */
  private static final long MAX_BUFFERS = 100;

  private static final Map<String, String> PATIENT =
      Map.of("plc4x.request.timeout.ms", "30000", "plc4x.connect.timeout.ms", "60000");

  private DriverMemory() {}

  /** Reads by a driver; skips the test when there is no peer on this machine. */
  static void check(String driver, int reads) throws Exception {
    switch (driver) {
      case "simulated" -> check("simulated://plc", List.of("RANDOM/a:INT"), reads);
      case "ads" -> ads(reads);
      case "modbus-tcp" -> modbus(reads);
      case "s7-light" -> s7(reads);
      default -> logix(driver, reads);
    }
  }

  private static void ads(int reads) throws Exception {
    AdsProgram program = new AdsProgram(4096);
    program.symbol("MAIN.a", "DINT", 4);
    try (AdsServer server = new AdsServer(program)) {
      check(server.url(), List.of("MAIN.a"), reads);
    }
  }

  private static void logix(String driver, int reads) throws Exception {
    try (LogixServer server = new LogixServer(new LogixTags().addDint("A", 1), true)) {
      check(server.url(driver), List.of("A:DINT"), reads);
    }
  }

  private static void modbus(int reads) throws Exception {
    try (SimulatedModbusServer server = SimulatedModbusServer.tcp()) {
      server.unit(1);
      String host = server.url().substring("tcp://".length());
      check(
          "modbus-tcp://" + host + "?default-unit-identifier=1",
          List.of("holding-register:1:UINT"),
          reads);
    }
  }

  private static void s7(int reads) throws Exception {
    try (S7Server server = S7Server.startOrSkip(Map.of("DB1", new byte[16]))) {
      check("s7-light://127.0.0.1:" + server.port(), List.of("%DB1.DBW0:INT"), reads);
    }
  }

  private static void check(String url, List<String> addresses, int reads) throws Exception {
    try (PlcClient client = new PlcClient(url, PATIENT)) {
      client.connect();
      List<Tag<Plc4xTag>> tags = client.tags(addresses);
      read(client, tags, WARM_UP);
      long heap = heap();
      long direct = direct();
      long buffers = buffers();

      read(client, tags, reads);

      assertThat(buffers() - buffers).as("buffers in use").isLessThan(MAX_BUFFERS);
      assertThat(direct() - direct).as("growth of direct memory").isLessThanOrEqualTo(MAX_DIRECT);
      assertThat(heap() - heap).as("growth of the heap").isLessThan(MAX_HEAP);
    }
  }

  private static void read(PlcClient client, List<Tag<Plc4xTag>> tags, int reads) throws Exception {
    for (int i = 0; i < reads; i++) {
      for (Measurement measurement : client.read(tags)) {
        assertThat(measurement.quality()).isEqualTo(Quality.GOOD);
      }
    }
  }

  private static long heap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long direct() {
    long buffers = 0;
    for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      buffers += pool.getMemoryUsed();
    }
    return Math.max(0, PlatformDependent.usedDirectMemory()) + buffers;
  }

  private static long buffers() {
    PooledByteBufAllocatorMetric metric = PooledByteBufAllocator.DEFAULT.metric();
    return Stream.concat(metric.directArenas().stream(), metric.heapArenas().stream())
        .mapToLong(PoolArenaMetric::numActiveAllocations)
        .sum();
  }
}
