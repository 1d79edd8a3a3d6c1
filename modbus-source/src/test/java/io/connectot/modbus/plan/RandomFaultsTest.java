// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Quality;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.testing.Points;
import io.connectot.modbus.FakeConnection;
import io.connectot.modbus.config.ModbusDevice;
import io.connectot.modbus.config.ModbusTag;
import io.connectot.modbus.testing.TestTags;
import io.connectot.modbus.transport.frame.ModbusExceptionCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Registers that come and go in every way, at random: a scan has a true result for every tag. */
class RandomFaultsTest {
  private static final Duration RECHECK = Duration.ofMinutes(5);
  private static final int RUNS = 150;
  private static final int SCANS = 80;
  private static final int ADDRESSES = 400;

  @ParameterizedTest
  @EnumSource(Isolation.class)
  void everyScanHasAResultForEveryTag(Isolation isolation) {
    for (int seed = 0; seed < RUNS; seed++) {
      run(isolation, new Random(seed), seed);
    }
  }

  private static void run(Isolation isolation, Random random, int seed) {
    FakeConnection connection = new FakeConnection();
    WrappingClock time = new WrappingClock();
    List<Integer> addresses =
        random
            .ints(0, ADDRESSES)
            .distinct()
            .limit(1 + random.nextInt(60))
            .sorted()
            .boxed()
            .toList();
    List<Tag<ModbusTag>> tags = new ArrayList<>();
    addresses.forEach(address -> tags.add(TestTags.tag("holding:" + address)));
    Device<ModbusDevice> device = TestTags.device();
    DeviceScan scan =
        new DeviceScan(
            device,
            new BlockSettings(125, 2000, random.nextInt(20), false, isolation, RECHECK),
            Points.of(device, tags),
            Map.of(),
            connection,
            new UnitHealth(Duration.ofSeconds(60)),
            time.clock());
    for (int i = 0; i < SCANS; i++) {
      disturb(connection, random);
      time.pass(random.nextInt(4) == 0 ? RECHECK : Duration.ofSeconds(random.nextInt(100)));
      if (random.nextInt(20) == 0) {
        scan.forgetLearned();
      }
      check(scan, addresses, "seed " + seed + ", scan " + i);
    }
    connection.fill(1);
    connection.maxQuantity(2000).silentAbove(2000).accepting(1);
    connection.speaking(1);
    connection.loseAfter(-1);
    int scans = 0;
    while (!allGood(scan)) {
      time.pass(RECHECK);
      scans++;
      assertThat(scans).as("scans until all is good again, seed %d", seed).isLessThan(200);
    }
  }

  private static void disturb(FakeConnection connection, Random random) {
    switch (random.nextInt(12)) {
      case 0 -> connection.hole(1, random.nextInt(ADDRESSES));
      case 1 -> connection.fill(1);
      case 2 -> connection.holeCode(ModbusExceptionCode.of(1 + random.nextInt(11)));
      case 3 -> connection.holesAreSilent();
      case 4 -> connection.maxQuantity(1 + random.nextInt(130));
      case 5 -> connection.silentAbove(1 + random.nextInt(130));
      case 6 -> connection.silent(1);
      case 7 -> connection.speaking(1);
      case 8 -> connection.loseAfter(random.nextInt(5));
      case 9 -> connection.refusing(1, ModbusExceptionCode.of(1 + random.nextInt(11)));
      case 10 -> connection.accepting(1);
      default -> connection.maxQuantity(2000).silentAbove(2000);
    }
  }

  private static void check(DeviceScan scan, List<Integer> addresses, String when) {
    List<Measurement> read;
    try {
      read = scan.run();
    } catch (ProtocolException e) {
      return;
    }
    assertThat(read).as(when).hasSameSizeAs(addresses).doesNotContainNull();
    for (int i = 0; i < read.size(); i++) {
      if (read.get(i).quality() == Quality.GOOD) {
        assertThat(read.get(i).value()).as(when).isEqualTo(new LongValue(addresses.get(i)));
      }
    }
  }

  private static boolean allGood(DeviceScan scan) {
    try {
      return scan.run().stream().allMatch(read -> read.quality() == Quality.GOOD);
    } catch (ProtocolException e) {
      return false;
    }
  }
}
