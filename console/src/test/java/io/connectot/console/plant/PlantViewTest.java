// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console.plant;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.console.record.PlantRecord;
import io.connectot.core.model.Quality;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PlantViewTest {
  private final PlantView view = new PlantView(3);

  @Test
  void keepsTheNewestValueWhateverComesLater() {
    view.accept(value("a/t", 2_000, 5, Quality.GOOD));
    view.accept(value("a/t", 1_000, 4, Quality.GOOD));
    TagState tag = view.tag("a/t").orElseThrow();
    assertThat(tag.newest().number()).isEqualTo(5);
    assertThat(tag.points())
        .containsExactly(new TagState.Point(1_000, 4), new TagState.Point(2_000, 5));
  }

  @Test
  void aBadValueBreaksTheLineOfTheChart() {
    view.accept(value("a/t", 1_000, 4, Quality.BAD));
    assertThat(view.tag("a/t").orElseThrow().points().get(0).value()).isNaN();
  }

  @Test
  void keepsABoundedNumberOfValues() {
    for (int i = 0; i < 5_000; i++) {
      view.accept(value("a/t", i, i, Quality.GOOD));
    }
    TagState tag = view.tag("a/t").orElseThrow();
    assertThat(tag.points()).hasSize(60).last().isEqualTo(new TagState.Point(4_999, 4_999));
    assertThat(view.watched("a/t")).contains(tag);
    for (int i = 5_000; i < 10_000; i++) {
      view.accept(value("a/t", i, i, Quality.GOOD));
    }
    assertThat(tag.points()).hasSize(1_200).last().isEqualTo(new TagState.Point(9_999, 9_999));
  }

  @Test
  void aTagThatIsNotViewedAnyMoreKeepsFewValuesAgain() {
    PlantView large = new PlantView(PlantView.MAX_WATCHED + 1);
    for (int tag = 0; tag <= PlantView.MAX_WATCHED; tag++) {
      large.accept(value("a/t" + tag, 0, 0, Quality.GOOD));
    }
    TagState first = large.watched("a/t0").orElseThrow();
    for (int i = 1; i < 1_000; i++) {
      large.accept(value("a/t0", i, i, Quality.GOOD));
    }
    assertThat(first.points()).hasSize(1_000);
    for (int tag = 1; tag <= PlantView.MAX_WATCHED; tag++) {
      assertThat(large.watched("a/t" + tag)).isPresent();
    }
    assertThat(first.points()).hasSize(60).last().isEqualTo(new TagState.Point(999, 999));
    large.accept(value("a/t0", 1_000, 1_000, Quality.GOOD));
    assertThat(first.points()).hasSize(60).last().isEqualTo(new TagState.Point(1_000, 1_000));
  }

  @Test
  void leavesOutTagsBeyondTheLimitAndSaysSo() {
    for (int i = 0; i < 5; i++) {
      view.accept(value("a/t" + i, 1, 1, Quality.GOOD));
    }
    assertThat(view.tagCount()).isEqualTo(3);
    assertThat(view.tagsLeftOut()).isEqualTo(2);
  }

  @Test
  void keepsABoundedNumberOfDevices() {
    for (int i = 0; i < 20_010; i++) {
      String path = "a/p" + i;
      view.accept(
          new PlantRecord.DeviceState(
              path, path, "p", "c", "ONLINE", null, "tcp://x", Instant.EPOCH, Instant.MAX));
    }
    assertThat(view.devices()).hasSize(20_000);
  }

  @Test
  void aGapOfADeviceIsAGapOfItsTagsAndOfNoOther() {
    view.accept(value("a/p1/t", 1, 1, Quality.GOOD));
    view.accept(value("a/p10/t", 1, 1, Quality.GOOD));
    view.accept(
        new PlantRecord.Gap(
            "a/p1", "p1", null, "c", Instant.ofEpochMilli(1), Instant.ofEpochMilli(9), "x", false));
    assertThat(view.tag("a/p1/t").orElseThrow().gaps()).hasSize(1);
    assertThat(view.tag("a/p10/t").orElseThrow().gaps()).isEmpty();
    assertThat(view.notices(10)).singleElement().matches(PlantView.Notice::bad);
  }

  @Test
  void reportsARepeatedStateOnce() {
    for (int i = 0; i < 3; i++) {
      view.accept(state("ONLINE", i));
    }
    view.accept(state("OFFLINE", 4));
    assertThat(view.notices(10))
        .extracting(PlantView.Notice::text)
        .containsExactly("OFFLINE: cause", "ONLINE: cause");
    assertThat(view.devices()).singleElement().extracting("state").isEqualTo("OFFLINE");
  }

  @Test
  void countsOutagesReconnectsAndGapsOfADevice() {
    view.accept(state("ONLINE", 1));
    view.accept(state("OFFLINE", 2));
    view.accept(state("OFFLINE", 3));
    view.accept(gap(null, 4, false));
    view.accept(gap("t", 3, false));
    view.accept(gap(null, 9, true));
    view.accept(state("DEGRADED", 5));
    view.accept(state("OFFLINE", 6));
    view.accept(state("ONLINE", 7));

    assertThat(view.history("c", "p1"))
        .isEqualTo(new DeviceHistory(2, 1, 2, Instant.ofEpochMilli(4)));
    assertThat(view.history("c", "p2")).isEqualTo(DeviceHistory.NONE);
    assertThat(view.device("c", "a/p1")).get().extracting("state").isEqualTo("ONLINE");
    assertThat(view.device("other", "a/p1")).isEmpty();
    view.clear();
    assertThat(view.history("c", "p1")).isEqualTo(DeviceHistory.NONE);
  }

  @Test
  void takesAQuarterOfTheHeapAtMost() {
    long mib = 1024 * 1024;
    assertThat(PlantView.maxTags(64 * mib)).isEqualTo(11_184);
    assertThat(PlantView.maxTags(1024 * mib)).isEqualTo(178_956);
    assertThat(PlantView.maxTags(8192 * mib)).isEqualTo(PlantView.MAX_TAGS);
    assertThat(PlantView.maxTags(1)).isEqualTo(5_000);
  }

  @Test
  void keepsFewerValuesOfATagWhereThereAreMany() {
    PlantView large = new PlantView(PlantView.MANY_TAGS + 1);
    for (int tag = 0; tag <= PlantView.MANY_TAGS; tag++) {
      large.accept(value("a/t" + tag, 0, 0, Quality.GOOD));
    }
    for (int i = 1; i < 100; i++) {
      large.accept(value("a/t0", i, i, Quality.GOOD));
      large.accept(value("a/t" + PlantView.MANY_TAGS, i, i, Quality.GOOD));
    }
    assertThat(large.tag("a/t0").orElseThrow().points()).hasSize(60);
    TagState last = large.watched("a/t" + PlantView.MANY_TAGS).orElseThrow();
    assertThat(last.points()).hasSize(20);
    large.accept(value("a/t" + PlantView.MANY_TAGS, 100, 100, Quality.GOOD));
    assertThat(last.points()).hasSize(21);
  }

  private static PlantRecord gap(String tag, long end, boolean filled) {
    return new PlantRecord.Gap(
        tag == null ? "a/p1" : "a/p1/" + tag,
        "p1",
        tag,
        "c",
        Instant.EPOCH,
        Instant.ofEpochMilli(end),
        "x",
        filled);
  }

  private static PlantRecord value(String path, long millis, double number, Quality quality) {
    return new PlantRecord.TagValue(
        path,
        "p1",
        "t",
        "modbus",
        "c",
        String.valueOf(number),
        number,
        "FLOAT64",
        quality,
        null,
        null,
        Instant.ofEpochMilli(millis),
        false,
        null);
  }

  private static PlantRecord state(String state, long millis) {
    return new PlantRecord.DeviceState(
        "a/p1",
        "p1",
        "modbus",
        "c",
        state,
        "cause",
        "tcp://p1",
        Instant.ofEpochMilli(millis),
        Instant.ofEpochMilli(millis + 1));
  }
}
