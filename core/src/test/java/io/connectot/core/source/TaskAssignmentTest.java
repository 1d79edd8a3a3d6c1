// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.model.Device;
import io.connectot.core.source.polling.Plants;
import io.connectot.core.spi.EndpointPart;
import io.connectot.core.spi.RendezvousHash;
import io.connectot.core.spi.TaskAssignment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskAssignmentTest {

  @ParameterizedTest
  @CsvSource({"1,1", "1,4", "3,2", "7,7", "10,3", "200,7", "200,8", "1000,13"})
  void noTaskOwnsMoreThanItsShareRoundedUp(int endpoints, int tasks) {
    Map<String, Integer> owners = TaskAssignment.assign(endpoints(endpoints), tasks);

    Map<Integer, Integer> load = new HashMap<>();
    owners.values().forEach(task -> load.merge(task, 1, Integer::sum));
    assertThat(owners).hasSize(endpoints);
    assertThat(load.keySet()).allMatch(task -> task >= 0 && task < tasks);
    assertThat(load.values()).allMatch(count -> count <= (endpoints + tasks - 1) / tasks);
  }

  @Test
  void doesNotDependOnTheOrderOfTheLines() {
    List<String> shuffled = endpoints(100);
    Collections.shuffle(shuffled, new Random(1));

    assertThat(TaskAssignment.assign(shuffled, 5))
        .isEqualTo(TaskAssignment.assign(endpoints(100), 5));
  }

  @ParameterizedTest
  @CsvSource({"200,2", "200,4", "200,7", "1000,10"})
  void oneMoreTaskMovesFew(int count, int tasks) {
    List<String> endpoints = endpoints(count);
    Map<String, Integer> before = TaskAssignment.assign(endpoints, tasks);
    Map<String, Integer> after = TaskAssignment.assign(endpoints, tasks + 1);

    long moved = endpoints.stream().filter(e -> !before.get(e).equals(after.get(e))).count();

    // The new task must take its share; the bound on the load moves some more.
    int share = count / (tasks + 1);
    assertThat(moved).isBetween((long) share / 2, 2L * share);
  }

  @Test
  void oneMoreEndpointMovesFew() {
    List<String> endpoints = endpoints(200);
    Map<String, Integer> before = TaskAssignment.assign(endpoints, 5);
    List<String> more = new ArrayList<>(endpoints);
    more.add("tcp://10.9.9.9:502");
    Map<String, Integer> after = TaskAssignment.assign(more, 5);

    long moved = endpoints.stream().filter(e -> !before.get(e).equals(after.get(e))).count();

    assertThat(moved).isLessThanOrEqualTo(20);
  }

  @Test
  void everyDeviceBelongsToExactlyOneTask() {
    List<Device<String>> devices = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      devices.add(Plants.device("unit" + i, "tcp://10.0.0." + i / 3 + ":502"));
    }

    List<Device<String>> owned = new ArrayList<>();
    Map<String, Integer> taskOfEndpoint = new HashMap<>();
    for (int task = 0; task < 4; task++) {
      for (Device<String> device : new TaskShare(task, 4).of(devices)) {
        owned.add(device);
        assertThat(taskOfEndpoint.merge(device.endpoint(), task, (first, second) -> first))
            .isEqualTo(task);
      }
    }

    assertThat(owned).containsExactlyInAnyOrderElementsOf(devices);
  }

  @Test
  void splitEndpointsWhenThereAreTasksForIt() {
    List<String> endpoints = List.of("opc.tcp://a", "opc.tcp://b", "opc.tcp://a");

    assertThat(TaskShare.tasks(2, 5, true)).isEqualTo(4);
    assertThat(TaskShare.tasks(2, 3, true)).isEqualTo(2);
    assertThat(TaskShare.tasks(2, 1, true)).isEqualTo(1);
    assertThat(TaskShare.tasks(0, 3, true)).isEqualTo(3);
    assertThat(TaskShare.tasks(2, 5, false)).isEqualTo(2);
    for (int tasks : List.of(1, 2, 4)) {
      Map<String, List<EndpointPart>> owned = new HashMap<>();
      for (int task = 0; task < tasks; task++) {
        new TaskShare(task, tasks)
            .parts(endpoints)
            .forEach(
                (endpoint, parts) ->
                    owned.computeIfAbsent(endpoint, unknown -> new ArrayList<>()).addAll(parts));
      }
      List<EndpointPart> whole = List.of(EndpointPart.WHOLE);
      List<EndpointPart> halves = List.of(new EndpointPart(0, 2), new EndpointPart(1, 2));
      assertThat(owned).containsOnlyKeys("opc.tcp://a", "opc.tcp://b");
      assertThat(owned.values())
          .allSatisfy(
              parts ->
                  assertThat(parts)
                      .containsExactlyInAnyOrderElementsOf(tasks == 4 ? halves : whole));
    }
  }

  @Test
  void partsOfAnEndpointAreAlikeInSizeAndKeepWhatTheyHave() {
    int moved = 0;
    Integer[] sizes = {0, 0, 0, 0};
    for (int i = 0; i < 10_000; i++) {
      int part = RendezvousHash.bucket("plant/tag" + i, 4);
      sizes[part]++;
      moved += RendezvousHash.bucket("plant/tag" + i, 5) == part ? 0 : 1;
    }

    assertThat(sizes).allSatisfy(size -> assertThat(size).isBetween(2_250, 2_750));
    assertThat(moved).isBetween(1_500, 2_500);
    assertThat(RendezvousHash.bucket("plant/tag", 1)).isZero();
  }

  @Test
  void aShareSurvivesTheTaskConfiguration() {
    Map<String, String> config = new HashMap<>(Map.of("name", "plant"));
    new TaskShare(2, 5).writeTo(config);

    assertThat(TaskShare.takeFrom(config)).isEqualTo(new TaskShare(2, 5));
    assertThat(config).containsOnlyKeys("name");
    assertThat(TaskShare.takeFrom(config)).isEqualTo(new TaskShare(0, 1));
  }

  private static List<String> endpoints(int count) {
    List<String> endpoints = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      endpoints.add("tcp://10.0." + i / 250 + "." + i % 250 + ":502");
    }
    return endpoints;
  }
}
