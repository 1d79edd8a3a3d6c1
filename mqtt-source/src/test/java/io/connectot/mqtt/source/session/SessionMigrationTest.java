// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.core.connection.Clock;
import io.connectot.core.source.TaskAssignment;
import io.connectot.mqtt.source.session.ScriptedTransports.Connection;
import io.connectot.mqtt.source.subscription.RetainedPolicy;
import io.connectot.mqtt.source.subscription.SourceSubscription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionMigrationTest {
  private final SessionRig rig = new SessionRig();
  private final SessionRig formerRig = new SessionRig();
  private final Map<String, SessionOffset> kept = new HashMap<>();
  private final AtomicLong now = new AtomicLong(1_000_000);
  private final Clock clock = new Clock(() -> Instant.ofEpochMilli(now.get()), System::nanoTime);

  /** Two tasks; "mine" belongs to the first, "theirs" to the second. */
  private final String mine;

  private final String theirs;
  private final SubscriptionAssignment layout;

  SessionMigrationTest() {
    Map<String, Integer> owners = TaskAssignment.assign(List.of("x", "y"), 2);
    mine = owners.get("x") == 0 ? "x" : "y";
    theirs = owners.get("x") == 0 ? "y" : "x";
    layout =
        new SubscriptionAssignment(
            "client",
            "c",
            SubscriptionSharing.SPLIT,
            2,
            List.of(
                new SourceSubscription("x", "x", 1, RetainedPolicy.TAKE),
                new SourceSubscription("y", "y", 1, RetainedPolicy.TAKE)));
    rig.subscriptions = layout.of(0);
    rig.broker.sessionPresent = true;
    formerRig.subscriptions = List.of();
    formerRig.broker.sessionPresent = true;
  }

  @AfterEach
  void close() {
    rig.close();
    formerRig.close();
  }

  private SessionMigration handover(List<String> left, List<OrphanedSession> former) {
    return new SessionMigration(layout, 0, rig.session, left, former, () -> kept, clock);
  }

  private void awaitConnected(SessionRig which) {
    await().atMost(Duration.ofSeconds(30)).until(which.session::isConnected);
  }

  private static List<String> unsubscribed(SessionRig which) {
    return which.broker.log().stream().filter(entry -> entry.startsWith("unsub")).toList();
  }

  @Test
  void whatNobodyWantsIsLeftAtOnce() throws Exception {
    rig.start();
    awaitConnected(rig);

    assertThat(handover(List.of("old"), List.of()).step()).isTrue();

    assertThat(unsubscribed(rig)).containsExactly("unsubscribe old");
  }

  @Test
  void whatMovedIsLeftWhenTheNewOwnerProvesToReceive() throws Exception {
    rig.leftovers = List.of(theirs);
    rig.start();
    awaitConnected(rig);
    SessionMigration handover = handover(List.of(theirs), List.of());
    kept.put("client-1", new SessionOffset(List.of(theirs), now.get() - 1000, 2, 1));
    assertThat(handover.step()).isFalse();

    now.addAndGet(60_000);
    kept.put("client-1", new SessionOffset(List.of("other"), now.get(), 2, 1));
    assertThat(handover.step()).isFalse();
    assertThat(unsubscribed(rig)).isEmpty();

    kept.put("client-1", new SessionOffset(List.of(theirs), now.get(), 2, 1));
    assertThat(handover.step()).isTrue();
    assertThat(unsubscribed(rig)).containsExactly("unsubscribe " + theirs);
  }

  @ParameterizedTest
  @ValueSource(longs = {-3_600_000, 0, 3_600_000})
  void theClocksOfOtherWorkersDoNotMatter(long skew) throws Exception {
    rig.leftovers = List.of(theirs);
    rig.start();
    awaitConnected(rig);
    SessionMigration migration = handover(List.of(theirs), List.of());
    SessionOffset old = new SessionOffset(List.of(theirs), now.get() + skew, 2, 1);
    kept.put("client-1", old);
    assertThat(migration.step()).isFalse();
    now.addAndGet(600_000);
    assertThat(migration.step()).isFalse();
    assertThat(unsubscribed(rig)).isEmpty();

    kept.put("client-1", new SessionOffset(List.of(theirs), old.seenMillis() + 10_000, 2, 1));

    assertThat(migration.step()).isTrue();
    assertThat(unsubscribed(rig)).containsExactly("unsubscribe " + theirs);
  }

  @Test
  void aFormerSessionIsEmptiedAndEnded() throws Exception {
    rig.start();
    awaitConnected(rig);
    formerRig.leftovers = List.of(mine);
    Connection connection = formerRig.startUnsubscribed();
    awaitConnected(formerRig);
    ScriptedTransports ending = new ScriptedTransports();
    SessionMigration handover =
        handover(
            List.of(),
            List.of(
                new OrphanedSession(
                    formerRig.session,
                    new ArrayList<>(List.of(mine)),
                    SessionRig.BROKERS,
                    ending)));
    connection.send(1, false, "a", "queued");
    now.addAndGet(60_000_000);
    assertThat(handover.step()).isFalse();
    assertThat(unsubscribed(formerRig)).containsExactly("unsubscribe " + mine);
    assertThat(connection.closed).isFalse();

    SessionRig.commit(formerRig.poll(1).get(0));
    assertThat(handover.step()).isTrue();

    assertThat(connection.acknowledged()).containsExactly(1);
    assertThat(connection.farewell).isTrue();
    assertThat(ending.connects()).isEqualTo(1);
  }
}
