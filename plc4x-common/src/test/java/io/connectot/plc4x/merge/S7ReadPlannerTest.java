// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.plc4x.value.PlcType;
import io.connectot.plc4x.value.RawValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class S7ReadPlannerTest {
  private static final S7ReadPlanner PLANNER = new S7ReadPlanner(16, 222);

  @Test
  void fourHundredNeighboursTakeAsManyReadsAsTheirBytesNeed() {
    List<String> tags = IntStream.range(0, 400).mapToObj(i -> "%DB1.DBW" + 2 * i + ":INT").toList();

    assertThat(addresses(tags))
        .containsExactly(
            "%DB1:0:BYTE[222]", "%DB1:222:BYTE[222]", "%DB1:444:BYTE[222]", "%DB1:666:BYTE[134]");
  }

  @Test
  void joinsWhatLiesTogetherInWhateverOrderAndNotation() {
    assertThat(
            addresses(
                List.of("%DB1.DBX9.3:BOOL", "%DB1:4:REAL", "%DB1.DBW0:INT", "%DB1:4.0:BOOL[17]")))
        .containsExactly("%DB1:0:BYTE[10]");
  }

  @Test
  void goesOverGapsUpToTheLimit() {
    assertThat(addresses(List.of("%DB1:0:INT", "%DB1:18:INT"))).containsExactly("%DB1:0:BYTE[20]");
    assertThat(addresses(List.of("%DB1:0:INT", "%DB1:19:INT")))
        .containsExactly("%DB1:0:BYTE[2]", "%DB1:19:BYTE[2]");
  }

  @Test
  void aNumberNeverSpansTwoReads() {
    List<String> tags =
        IntStream.range(0, 100).mapToObj(i -> "%DB1:" + (1 + 8 * i) + ":LREAL").toList();

    for (MergedRead read : PLANNER.plan(tags)) {
      assertThat(length(read)).isLessThanOrEqualTo(222).matches(length -> length % 8 == 0);
    }
  }

  @Test
  void aTagLargerThanAReadHasOneOfItsOwn() {
    assertThat(addresses(List.of("%DB1:0:INT[200]", "%DB1:400:INT", "%DB1:2:INT")))
        .containsExactly("%DB1:0:BYTE[400]", "%DB1:2:BYTE[2]", "%DB1:400:BYTE[2]");
  }

  @Test
  void areasAreReadSeparately() {
    assertThat(
            addresses(List.of("%DB1:0:INT", "%DB2:0:INT", "%MD20:DINT", "%I0.3:BOOL", "%QB1:BYTE")))
        .containsExactly(
            "%DB1:0:BYTE[2]", "%DB2:0:BYTE[2]", "%MB20:BYTE[4]", "%IB0:BYTE[1]", "%QB1:BYTE[1]");
  }

  @Test
  void leavesToTheDriverWhatHasNoSizeInItsAddress() {
    List<String> tags = List.of("%DB1:0:STRING", "%T5:TIMER", "%C1:COUNTER", "SZL_ID=16#0011");

    assertThat(addresses(tags)).isEqualTo(tags);
  }

  @Test
  void everyTagIsReadOnceAndHasWhatItAsksFor() {
    Random random = new Random(7);
    byte[] memory = new byte[3000];
    random.nextBytes(memory);
    for (int round = 0; round < 200; round++) {
      S7ReadPlanner planner = new S7ReadPlanner(random.nextInt(20), 8 + random.nextInt(300));
      List<String> tags = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        int start = random.nextInt(2000);
        tags.add(
            switch (random.nextInt(5)) {
              case 0 -> "%DB7.DBW" + start + ":INT";
              case 1 -> "%DB7:" + start + ":DINT";
              case 2 -> "%DB7.DBX" + start + "." + random.nextInt(8) + ":BOOL";
              case 3 -> "%DB7:" + start + ":LINT";
              default -> "%DB7:" + start + ":UINT[" + (1 + random.nextInt(30)) + "]";
            });
      }
      Map<Integer, RawValue> values = new HashMap<>();
      for (MergedRead read : planner.plan(tags)) {
        int start = Integer.parseInt(read.address().split(":")[1]);
        byte[] bytes = Arrays.copyOfRange(memory, start, start + length(read));
        RawValue whole = new RawValue(PlcType.RAW_BYTE_ARRAY, bytes);
        read.parts()
            .forEach(
                part -> assertThat(values.put(part.tag(), part.extract().apply(whole))).isNull());
      }
      for (int i = 0; i < tags.size(); i++) {
        assertThat(values.get(i))
            .isEqualTo(S7Decoder.decode(S7Address.parse(tags.get(i)).orElseThrow(), memory, 0));
      }
    }
  }

  @Test
  void aSingleByteComesAsANumber() {
    MergedRead read = PLANNER.plan(List.of("%M3.7:BOOL")).get(0);

    assertThat(read.parts().get(0).extract().apply(new RawValue(PlcType.BYTE, (short) 0x80)))
        .isEqualTo(new RawValue(PlcType.BOOL, true));
  }

  @Test
  void anAnswerThatIsTooShortHasNoValues() {
    MergedRead read = PLANNER.plan(List.of("%MW0:INT", "%MW2:INT")).get(0);
    RawValue whole = new RawValue(PlcType.RAW_BYTE_ARRAY, new byte[3]);

    assertThat(read.parts())
        .allSatisfy(part -> assertThat(part.extract().apply(whole).object()).isNull());
  }

  @Test
  void onlyS7IsMerged() {
    List<String> tags = List.of("%DB1:0:INT", "%DB1:2:INT");

    assertThat(ReadPlanners.of("s7-light", 16).plan(tags)).hasSize(1);
    assertThat(ReadPlanners.of("s7", 16).plan(tags)).hasSize(1);
    assertThat(ReadPlanners.of("simulated", 16).plan(tags)).hasSize(2);
  }

  private static List<String> addresses(List<String> tags) {
    return PLANNER.plan(tags).stream().map(MergedRead::address).toList();
  }

  private static int length(MergedRead read) {
    String address = read.address();
    return Integer.parseInt(address.substring(address.lastIndexOf('[') + 1, address.length() - 1));
  }
}
