// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.it.fixture.RecordReader;
import io.connectot.it.fixture.RecordReader.Received;
import io.connectot.it.fixture.Sequences;
import io.connectot.it.fixture.Site;
import io.connectot.it.fixture.WorkerJmx;
import io.connectot.opcua.testing.PlantOptions;
import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Large numbers of monitored items, including invalid ones. With {@code -Dcampaign} 50,000 on one
 * task and on four, otherwise 10,000 on four.
 */
@Tag("full")
class OpcUaScaleIT {
  private static final boolean FULL = Boolean.getBoolean("campaign");
  private static final int COUNTERS = FULL ? 49_000 : 9_800;
  private static final int BAD = COUNTERS / 49;
  private static final int EACH = FULL ? 20 : 10;

  static IntStream tasks() {
    return FULL ? IntStream.of(1, 4) : IntStream.of(4);
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void readsEveryItemButTheBadOnes(int tasks) throws Exception {
    PlantOptions options = PlantOptions.DEFAULT.withCounters(COUNTERS).withHistory(false);
    try (Site site = Site.start(worker -> worker.jvmOptions(List.of("-Xmx768m")));
        CountedPlant plant = new CountedPlant(site, options, EACH)) {
      Path tags = Path.of(plant.config().get("tags.file"));
      try (BufferedWriter out = Files.newBufferedWriter(tags, StandardOpenOption.APPEND)) {
        for (int bad = 0; bad < BAD; bad++) {
          out.write("bad" + bad + ",\"nsu=urn:connectot:plant;s=None" + bad + "\"\n");
        }
      }
      // A busy machine can respond late, and a lost session would make every tag BAD.
      plant.config().put("opcua.session.timeout.ms", "120000");
      plant.config().put("opcua.keepalive.interval.ms", "10000");
      plant.config().put("opcua.connect.timeout.ms", "60000");
      plant.config().put("opcua.sampling.interval.ms", "1000");
      plant.config().put("opcua.publishing.interval.ms", "1000");
      long start = System.nanoTime();
      plant.create(tasks);
      System.out.printf(
          "%,d items, %,d of them bad, %d tasks: all read after %,d ms%n",
          COUNTERS + BAD, BAD, tasks, Duration.ofNanos(System.nanoTime() - start).toMillis());
      Duration before = cpu(site);
      long begin = System.nanoTime();
      plant.count(Duration.ofSeconds(1));

      Sequences.Count count = plant.awaitEnd(COUNTERS + " counters at 1 s, " + tasks + " tasks");
      try (WorkerJmx jmx = site.worker().jmx()) {
        System.out.printf(
            "the worker's heap after a collection: %,d MiB; processor time meanwhile: %.2f of %.2f"
                + " s%n",
            jmx.heapUsedAfterCollection() / 1024 / 1024,
            seconds(cpu(site).minus(before).toNanos()),
            seconds(System.nanoTime() - begin));
      }
      assertThat(count.lost()).as("lost").isZero();
      assertThat(count.foreign()).as("not counted by the plant").isZero();
      try (RecordReader all = site.reader(plant.name())) {
        all.awaitAll(
            "every bad node to be BAD", CountedPlant.LIMIT, received -> bad(received) == BAD);
      }
    }
  }

  /** How many of the nodes that the server does not have are BAD. */
  private static long bad(List<Received> records) {
    return records.stream()
        .filter(record -> record.text("quality").equals("BAD"))
        .map(record -> record.text("tag"))
        .filter(tag -> tag.startsWith("bad"))
        .distinct()
        .count();
  }

  private static Duration cpu(Site site) {
    return ProcessHandle.of(site.worker().pid())
        .flatMap(process -> process.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }
}
