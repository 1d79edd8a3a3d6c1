// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.mqtt.config.ClientIds;
import io.connectot.mqtt.source.session.SubscriptionAssignment.Successor;
import io.connectot.mqtt.source.subscription.RetainedPolicy;
import io.connectot.mqtt.source.subscription.SourceSubscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SubscriptionAssignmentTest {
  private static SubscriptionAssignment layout(
      SubscriptionSharing scale, int tasks, String... filters) {
    return new SubscriptionAssignment(
        new ClientIds(Optional.of("id"), "my/plant"),
        scale,
        tasks,
        Stream.of(filters)
            .map(filter -> new SourceSubscription("n", filter, 1, RetainedPolicy.TAKE))
            .toList());
  }

  private static List<String> filters(SubscriptionAssignment layout, int task) {
    return layout.of(task).stream().map(SourceSubscription::filter).toList();
  }

  @Test
  void splitGivesEveryFilterToOneTask() {
    SubscriptionAssignment layout = layout(SubscriptionSharing.SPLIT, 3, "a", "b", "c", "d", "e");
    List<String> all = new ArrayList<>();
    for (int task = 0; task < 3; task++) {
      assertThat(filters(layout, task)).isNotEmpty().hasSizeLessThanOrEqualTo(2);
      all.addAll(filters(layout, task));
    }
    assertThat(all).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
    assertThat(layout.clientIds()).startsWith("id", "id-1", "id-2");
  }

  @Test
  void sharedGivesEveryFilterToAGroupOfAllTasks() {
    SubscriptionAssignment layout = layout(SubscriptionSharing.SHARED, 2, "a/#", "$share/theirs/b");
    assertThat(filters(layout, 0)).containsExactly("$share/my%2Fplant/a/#", "$share/theirs/b");
    assertThat(filters(layout, 1)).isEqualTo(filters(layout, 0));
  }

  @Test
  void knowsWhoHasWhatSomebodyHadBefore() {
    SubscriptionAssignment split = layout(SubscriptionSharing.SPLIT, 1, "a/#");
    assertThat(split.successors("$share/my%2Fplant/a/#"))
        .containsExactly(new Successor("a/#", OptionalInt.of(0)));
    assertThat(split.successors("a/#")).containsExactly(new Successor("a/#", OptionalInt.of(0)));
    assertThat(split.successors("b")).isEmpty();
    assertThat(layout(SubscriptionSharing.SHARED, 2, "a/#").successors("a/#"))
        .containsExactly(new Successor("$share/my%2Fplant/a/#", OptionalInt.empty()));
  }

  @Test
  void knowsWhoHasTheMessagesOfAFilterThatWasReplaced() {
    SubscriptionAssignment split = layout(SubscriptionSharing.SPLIT, 1, "a/#", "+/b", "c");
    assertThat(split.successors("a/b")).extracting(Successor::filter).containsExactly("a/#", "+/b");
    assertThat(split.successors("$share/other/c"))
        .extracting(Successor::filter)
        .containsExactly("c");
    assertThat(split.successors("no/#/filter")).isEmpty();
    assertThat(layout(SubscriptionSharing.SHARED, 2, "a/#").successors("a"))
        .containsExactly(new Successor("$share/my%2Fplant/a/#", OptionalInt.empty()));
  }

  @Test
  void leavesWhatTheSessionHadAndShouldNotHave() {
    SubscriptionAssignment layout = layout(SubscriptionSharing.SPLIT, 1, "a", "b");
    assertThat(layout.leftovers(0, Optional.of(new SessionOffset(List.of("a", "old"), 1, 1, 0))))
        .containsExactly("old");
    assertThat(layout.leftovers(0, Optional.empty()))
        .containsExactlyInAnyOrder("$share/my%2Fplant/a", "$share/my%2Fplant/b");
    assertThat(layout.leftovers(3, Optional.of(new SessionOffset(List.of("a"), 1, 4, 0))))
        .containsExactly("a");
  }

  @Test
  void theFirstTaskKnowsFormerOnesUntilItSaysOtherwise() {
    SubscriptionAssignment layout = layout(SubscriptionSharing.SPLIT, 2, "a", "b");
    SessionOffset ofFour = new SessionOffset(List.of("a"), 100, 4, 7);
    assertThat(layout.formerTasks(Map.of())).isEqualTo(2);
    assertThat(layout.formerTasks(Map.of("id", ofFour))).isEqualTo(4);
    assertThat(layout.formerTasks(Map.of("id-3", ofFour))).isEqualTo(4);
    SessionOffset ended = new SessionOffset(List.of("a"), 50, 2, 8);
    assertThat(layout.formerTasks(Map.of("id", ended, "id-3", ofFour))).isEqualTo(2);
  }

  @Test
  void theGenerationOfATaskDoesNotDependOnClocks() {
    assertThat(SubscriptionAssignment.generation(List.of())).isEqualTo(1);
    assertThat(
            SubscriptionAssignment.generation(
                List.of(
                    new SessionOffset(List.of(), 900, 1, 4),
                    new SessionOffset(List.of(), 100, 1, 6))))
        .isEqualTo(7);
  }

  @Test
  void connectorsWithDifferentNamesHaveDifferentGroups() {
    assertThat(group("plant.a_b-1")).isEqualTo("plant.a_b-1");
    assertThat(Stream.of("a_b", "a/b", "a+b", "a#b", "a%b", "a%2Fb").map(this::group))
        .doesNotHaveDuplicates()
        .noneMatch(group -> group.matches(".*[/+#].*"));
  }

  /** The group of the shared subscriptions of a connector. */
  private String group(String connector) {
    String filter =
        new SubscriptionAssignment(
                new ClientIds(Optional.of("id"), connector),
                SubscriptionSharing.SHARED,
                1,
                List.of(new SourceSubscription("n", "f", 1, RetainedPolicy.TAKE)))
            .of(0)
            .get(0)
            .filter();
    return filter.substring("$share/".length(), filter.length() - "/f".length());
  }
}
