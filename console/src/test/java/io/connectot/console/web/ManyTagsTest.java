// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.connectot.console.plant.ManyTags;
import io.connectot.console.plant.PlantView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many tags, and five viewers while their values arrive. */
class ManyTagsTest {
  private static final int VIEWERS = 5;
  private static final int LOOKS = 10;
  private static final int SCANS = 10;
  private static final long MIB = 1024 * 1024;

  private final PlantView view = new PlantView();
  private final PlantJson json = new PlantJson(view);

  @Test
  void answersFiveViewersWhileValuesArriveWithAnswersOfBoundedSize() throws Exception {
    ManyTags plant = new ManyTags(view, 5_000);
    plant.scan();
    ExecutorService viewers = Executors.newFixedThreadPool(VIEWERS);
    List<Future<?>> looks = new ArrayList<>();
    for (int viewer = 0; viewer < VIEWERS; viewer++) {
      int tag = viewer * 1_000;
      looks.add(viewers.submit(() -> look(tag)));
    }
    for (int scan = 0; scan < SCANS; scan++) {
      plant.scan();
    }
    for (Future<?> look : looks) {
      look.get();
    }
    viewers.shutdown();

    assertThat(view.tagCount()).isEqualTo(5_000);
    assertThat(view.tag(ManyTags.path(4_999)).orElseThrow().points()).hasSize(SCANS + 1);
  }

  /** What a person looks at. */
  private void look(int tag) {
    for (int looks = 0; looks < LOOKS; looks++) {
      ObjectNode root = json.level("acme/munich");
      assertThat(root.path("folders")).hasSize(5);
      assertThat(root.at("/folders/0/good").asInt()).isEqualTo(1_000);
      assertThat(json.level("acme/munich/area0").path("folders")).hasSize(20);
      assertThat(json.level("acme/munich/area0/device0").path("tags")).hasSize(50);
      ObjectNode found = json.search("TEMPERATURE");
      assertThat(found.path("tags")).hasSize(500);
      assertThat(found.path("omitted").asInt()).isEqualTo(4_500);
      assertThat(json.tag(ManyTags.path(tag)).path("points")).isNotEmpty();
    }
  }

  @Test
  @Tag("campaign")
  void measuresFiftyThousandTags() throws Exception {
    int tags = 50_000;
    long before = heap();
    ManyTags plant = new ManyTags(view, tags);
    plant.scan();
    time("values of all tags", 20, () -> scanned(plant));
    System.out.printf("heap of %d tags: %d MiB%n", view.tagCount(), (heap() - before) / MIB);
    time("the tree's root", 50, () -> json.level("").toString().length());
    time("the tree's folders of areas", 50, () -> json.level("acme/munich").toString().length());
    time("a device", 50, () -> json.level("acme/munich/area7/device140").toString().length());
    time("a search", 50, () -> json.search("ature49").toString().length());
    time("a tag", 50, () -> json.tag(ManyTags.path(7_000)).toString().length());
    assertThat(view.tagCount()).isEqualTo(tags);
  }

  private static int scanned(ManyTags plant) {
    plant.scan();
    return 0;
  }

  private static void time(String what, int times, Callable<Integer> answer) throws Exception {
    List<Long> took = new ArrayList<>();
    int length = 0;
    for (int i = 0; i < times; i++) {
      long start = System.nanoTime();
      length = answer.call();
      took.add((System.nanoTime() - start) / 1_000);
    }
    took.sort(null);
    System.out.printf(
        "%s: median %d us, longest %d us, %d characters%n",
        what, took.get(times / 2), took.get(times - 1), length);
  }

  private static long heap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
