// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.model.Point;
import io.connectot.core.model.Tag;
import io.connectot.modbus.address.ModbusTable;
import io.connectot.modbus.config.ModbusTag;
import io.connectot.modbus.testing.TestTags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadPlanTest {
  private static final int OWN_UNIT = 1;

  @ParameterizedTest(name = "{0} registers at {1} each: {2} requests")
  @CsvSource({"500, 125, 4", "501, 125, 5", "125, 125, 1", "126, 125, 2", "500, 60, 9", "3, 1, 3"})
  void adjacentRegistersTakeTheFewestRequests(int registers, int max, int requests) {
    assertThat(plan(settings(max, 0), TestTags.registers(0, registers))).hasSize(requests);
  }

  @Test
  void orderOfTagsDoesNotMatter() {
    List<Tag<ModbusTag>> tags = new ArrayList<>(TestTags.registers(0, 500));
    Collections.shuffle(tags, new Random(1));
    assertThat(plan(settings(125, 0), tags)).hasSize(4);
  }

  @Test
  void valuesAreNeverSplit() {
    List<Tag<ModbusTag>> tags = new ArrayList<>();
    for (int address = 0; address < 250; address += 2) {
      tags.add(TestTags.tag("holding:" + address + " float32"));
    }
    List<Block> blocks = plan(settings(125, 0), tags);
    assertThat(blocks).extracting(Block::quantity).containsExactly(124, 124, 2);
    assertThat(blocks).allSatisfy(block -> assertThat(block.start() % 2).isZero());
  }

  @Test
  void overlappingTagsShareARequest() {
    List<Block> blocks =
        plan(
            settings(125, 0),
            tags("holding:10 float32", "holding:11", "holding:10.3", "holding:8 string length=20"));
    assertThat(blocks).hasSize(1);
    assertThat(blocks.get(0).start()).isEqualTo(8);
    assertThat(blocks.get(0).quantity()).isEqualTo(10);
  }

  @ParameterizedTest(name = "gap {0}: {1} requests")
  @CsvSource({"0, 3", "8, 3", "9, 2", "99, 1"})
  void bridgesNoMoreThanAllowed(int maxGap, int requests) {
    assertThat(plan(settings(125, maxGap), tags("holding:0", "holding:10", "holding:110")))
        .hasSize(requests);
  }

  @Test
  void tablesAndUnitsAreApartAndTheOwnUnitComesFirst() {
    List<Block> blocks =
        plan(
            settings(125, 0),
            tags("holding:0 unit.id=0", "input:0", "coil:0", "discrete:0", "holding:0"));
    assertThat(blocks)
        .extracting(block -> block.unitTable().unit())
        .containsExactly(OWN_UNIT, OWN_UNIT, OWN_UNIT, OWN_UNIT, 0);
    assertThat(blocks)
        .extracting(block -> block.unitTable().table())
        .containsExactly(
            ModbusTable.COIL,
            ModbusTable.DISCRETE_INPUT,
            ModbusTable.HOLDING_REGISTER,
            ModbusTable.INPUT_REGISTER,
            ModbusTable.HOLDING_REGISTER);
  }

  @Test
  void coilsHaveTheirOwnLimit() {
    List<Tag<ModbusTag>> tags = new ArrayList<>();
    for (int address = 0; address < 4001; address++) {
      tags.add(TestTags.tag("coil:" + address));
    }
    assertThat(plan(settings(125, 0), tags))
        .extracting(Block::quantity)
        .containsExactly(2000, 2000, 1);
  }

  @Test
  void coilsBeginAtZeroWhenAsked() {
    BlockSettings settings =
        new BlockSettings(125, 100, 0, true, Isolation.BISECT, Duration.ofMinutes(5));
    List<Block> blocks = plan(settings, tags("coil:7", "coil:150", "discrete:7", "holding:7"));
    assertThat(blocks)
        .extracting(Block::start)
        .as("within reach of 0, out of reach, and other tables")
        .containsExactly(0, 150, 7, 7);
    assertThat(blocks.get(0).quantity()).isEqualTo(8);
    assertThat(blocks.get(0).offsetOf(blocks.get(0).tags().get(0))).isEqualTo(7);
  }

  @Test
  void aTagLongerThanTheLimitIsReadAlone() {
    assertThat(plan(settings(10, 0), tags("holding:0", "holding:1 string length=40")))
        .extracting(Block::quantity)
        .containsExactly(1, 20);
  }

  @Test
  void noTagsNoRequests() {
    assertThat(plan(settings(125, 0), List.of())).isEmpty();
  }

  @Test
  void neverTakesMoreRequestsThanTheBestPartition() {
    Random random = new Random(42);
    for (int round = 0; round < 400; round++) {
      int max = 2 + random.nextInt(8);
      int maxGap = random.nextInt(4);
      List<Tag<ModbusTag>> tags = new ArrayList<>();
      int count = 1 + random.nextInt(7);
      for (int i = 0; i < count; i++) {
        tags.add(
            TestTags.tag(
                "holding:" + random.nextInt(24) + " bytes registers=" + (1 + random.nextInt(max))));
      }
      List<Block> blocks = plan(settings(max, maxGap), tags);
      assertThat(blocks).as("%s in %s over %s", tags, max, maxGap).hasSize(best(tags, max, maxGap));
      assertThat(blocks.stream().mapToInt(block -> block.tags().size()).sum()).isEqualTo(count);
      for (Block block : blocks) {
        assertThat(block.quantity()).isLessThanOrEqualTo(max);
        assertThat(block.tags())
            .allSatisfy(
                item -> {
                  assertThat(item.start()).isGreaterThanOrEqualTo(block.start());
                  assertThat(item.end()).isLessThanOrEqualTo(block.start() + block.quantity());
                });
      }
    }
  }

  /** The fewest groups of any partition of the tags, by trying them all. */
  private static int best(List<Tag<ModbusTag>> tags, int max, int maxGap) {
    int size = tags.size();
    int[] fewest = new int[1 << size];
    Arrays.fill(fewest, size + 1);
    fewest[0] = 0;
    for (int set = 1; set < 1 << size; set++) {
      for (int group = set; group > 0; group = (group - 1) & set) {
        if (fewest[set & ~group] < fewest[set] && readable(tags, group, max, maxGap)) {
          fewest[set] = fewest[set & ~group] + 1;
        }
      }
    }
    return fewest[(1 << size) - 1];
  }

  private static boolean readable(List<Tag<ModbusTag>> tags, int group, int max, int maxGap) {
    boolean[] used = new boolean[64];
    boolean[] wanted = new boolean[64];
    int first = 64;
    int last = -1;
    for (int i = 0; i < tags.size(); i++) {
      ModbusTag tag = tags.get(i).address();
      int start = tag.address().address();
      int end = start + tag.codec().quantity();
      Arrays.fill(wanted, start, end, true);
      if ((group >> i & 1) != 0) {
        Arrays.fill(used, start, end, true);
        first = Math.min(first, start);
        last = Math.max(last, end);
      }
    }
    if (last - first > max) {
      return false;
    }
    int gap = 0;
    for (int address = first; address < last; address++) {
      // What another tag wants is no gap: reading it is harmless.
      gap = used[address] || wanted[address] ? 0 : gap + 1;
      if (gap > maxGap) {
        return false;
      }
    }
    return true;
  }

  private static List<Tag<ModbusTag>> tags(String... lines) {
    return Arrays.stream(lines).map(TestTags::tag).toList();
  }

  private static BlockSettings settings(int maxRegisters, int maxGap) {
    return new BlockSettings(
        maxRegisters, 2000, maxGap, false, Isolation.BISECT, Duration.ofMinutes(5));
  }

  private static List<Block> plan(BlockSettings settings, List<Tag<ModbusTag>> tags) {
    List<PlannedTag> items = new ArrayList<>();
    for (Tag<ModbusTag> tag : tags) {
      items.add(PlannedTag.of(items.size(), new Point<>(null, tag), OWN_UNIT, Map.of()));
    }
    return ReadPlan.of(items, OWN_UNIT, settings, new RefusedAddresses(1), new QuantityLimits(1))
        .blocks();
  }
}
