// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.core.connection.Clock;
import io.connectot.core.metrics.TaskMetric;
import io.connectot.core.metrics.TaskMetrics;
import io.connectot.core.spi.Delivery;
import io.connectot.core.spi.EndpointPart;
import io.connectot.core.spi.Message;
import io.connectot.core.spi.OffsetReader;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.StreamContext;
import io.connectot.core.spi.StreamSink;
import io.connectot.core.spi.TaskAssignment;
import io.connectot.mqtt.config.ClientIds;
import io.connectot.mqtt.source.session.ScriptedTransports.Connection;
import io.connectot.mqtt.source.subscription.RetainedPolicy;
import io.connectot.mqtt.source.subscription.SourceSubscription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionMigrationTest {
  private final Map<String, SessionOffset> stored = new HashMap<>();
  private final AtomicLong now = new AtomicLong(1_000_000);
  private final Clock clock = new Clock(() -> Instant.ofEpochMilli(now.get()), System::nanoTime);
  private final List<SessionConnection> connections = new ArrayList<>();
  private final AtomicInteger ended = new AtomicInteger();
  private final ScriptedTransports ending = new ScriptedTransports();

  /** Two tasks; "mine" belongs to the first, "theirs" to the second. */
  private final String mine;

  private final String theirs;
  private final SubscriptionAssignment assignment;

  private final Client task = new Client(0);

  SessionMigrationTest() {
    Map<String, Integer> owners = TaskAssignment.assign(List.of("x", "y"), 2);
    mine = owners.get("x") == 0 ? "x" : "y";
    theirs = owners.get("x") == 0 ? "y" : "x";
    assignment =
        new SubscriptionAssignment(
            new ClientIds(Optional.empty(), "client"),
            SubscriptionSharing.SPLIT,
            2,
            List.of(
                new SourceSubscription("x", "x", 1, RetainedPolicy.TAKE),
                new SourceSubscription("y", "y", 1, RetainedPolicy.TAKE)));
  }

  @AfterEach
  void close() {
    connections.forEach(SessionConnection::close);
  }

  /** A session and what it hands to the runtime. */
  private final class Client implements StreamSink {
    final ScriptedTransports broker = new ScriptedTransports();
    final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
    private final int number;
    MqttSession session; // null before start
    SessionConnection connection; // null before start

    Client(int number) {
      this.number = number;
      broker.sessionPresent = true;
    }

    /** Connects, with subscriptions of an earlier configuration. */
    void start(String... leftovers) throws Exception {
      EndpointPart part = new EndpointPart(number, 2);
      session = newSession(part, leftovers);
      // The connection has no migration of its own: tests make the steps.
      SessionMigration none = migration(newSession(new EndpointPart(0, 2)), session);
      connection = new SessionConnection(session, none, "test-");
      connections.add(connection);
      connection.awaitReady(this);
      connection.start(this);
    }

    private MqttSession newSession(EndpointPart part, String... leftovers) {
      String clientId = assignment.clientId(number);
      return new MqttSession(
          clientId,
          SessionRig.config(10, OverflowPolicy.DROP_NEWEST),
          broker,
          part.isFormer() ? List.of() : assignment.of(number),
          SessionRig.mapper(),
          new SubscriptionState(clientId, Optional.empty(), List.of(leftovers), 2, 1, now.get()),
          false,
          new StreamContext(
              "c",
              "test-",
              part,
              OffsetReader.NONE,
              TaskMetrics.unpublished(TaskMetric.Scope.MESSAGES),
              clock));
    }

    SessionMigration migration(MqttSession of, MqttSession owner) {
      return new SessionMigration(
          assignment, 0, of, owner, ending, () -> stored, ended::incrementAndGet);
    }

    List<String> unsubscribed() {
      return broker.log().stream().filter(entry -> entry.startsWith("unsub")).toList();
    }

    @Override
    public void deliver(List<Message> batch) {
      batch.forEach(message -> message.ack().accepted(new Delivery() {}));
      messages.addAll(batch);
    }

    @Override
    public void connectionLost(ProtocolException cause) {
      throw new AssertionError(cause);
    }

    @Override
    public void finished() {
      throw new AssertionError("not a former part");
    }
  }

  @Test
  void whatNobodyWantsIsLeftAtOnce() throws Exception {
    task.start("old");

    assertThat(task.migration(task.session, task.session).step(task.connection)).isTrue();

    assertThat(task.unsubscribed()).containsExactly("unsubscribe old");
  }

  @Test
  void whatMovedIsLeftWhenTheNewOwnerProvesToReceive() throws Exception {
    task.start(theirs);
    SessionMigration migration = task.migration(task.session, task.session);
    stored.put("client-1", new SessionOffset(List.of(theirs), now.get() - 1000, 2, 1));
    assertThat(migration.step(task.connection)).isFalse();

    now.addAndGet(60_000);
    stored.put("client-1", new SessionOffset(List.of("other"), now.get(), 2, 1));
    assertThat(migration.step(task.connection)).isFalse();
    assertThat(task.unsubscribed()).isEmpty();

    stored.put("client-1", new SessionOffset(List.of(theirs), now.get(), 2, 1));
    assertThat(migration.step(task.connection)).isTrue();
    assertThat(task.unsubscribed()).containsExactly("unsubscribe " + theirs);
  }

  /** Otherwise messages are lost that arrive before the other task has subscribed. */
  @ParameterizedTest
  @ValueSource(strings = {"%s/#", "+", "#", "+/#", "$share/g/%s/#"})
  void whatIsReplacedIsLeftWhenTheNewOwnerProvesToReceive(String pattern) throws Exception {
    String replaced = pattern.formatted(theirs);
    task.start(replaced);
    SessionMigration migration = task.migration(task.session, task.session);

    assertThat(migration.step(task.connection)).isFalse();
    assertThat(task.unsubscribed()).isEmpty();

    stored.put("client-1", new SessionOffset(List.of(theirs), now.get(), 2, 1));
    now.addAndGet(1_001);
    assertThat(migration.step(task.connection)).isTrue();
    assertThat(task.unsubscribed()).containsExactly("unsubscribe " + replaced);
  }

  @Test
  void whatIsReplacedByAnOwnFilterIsLeftWhenItsQueueIsDelivered() throws Exception {
    task.start(mine + "/#");
    SessionMigration migration = task.migration(task.session, task.session);

    now.addAndGet(900);
    assertThat(migration.step(task.connection)).isFalse();
    task.broker.nextConnected().send(1, false, mine + "/a", "queued while the session was away");
    Message message = task.messages.poll(30, TimeUnit.SECONDS);
    assertThat(message).isNotNull();
    now.addAndGet(1_001);
    assertThat(migration.step(task.connection)).isFalse();
    assertThat(task.unsubscribed()).isEmpty();

    message.ack().delivered();
    await().atMost(Duration.ofSeconds(30)).until(() -> task.session.unacknowledged() == 0);
    assertThat(migration.step(task.connection)).isTrue();
    assertThat(task.unsubscribed()).containsExactly("unsubscribe " + mine + "/#");
  }

  @ParameterizedTest
  @ValueSource(longs = {-3_600_000, 0, 3_600_000})
  void theClocksOfOtherWorkersDoNotMatter(long skew) throws Exception {
    task.start(theirs);
    SessionMigration migration = task.migration(task.session, task.session);
    SessionOffset old = new SessionOffset(List.of(theirs), now.get() + skew, 2, 1);
    stored.put("client-1", old);
    assertThat(migration.step(task.connection)).isFalse();
    now.addAndGet(600_000);
    assertThat(migration.step(task.connection)).isFalse();
    assertThat(task.unsubscribed()).isEmpty();

    stored.put("client-1", new SessionOffset(List.of(theirs), old.seenMillis() + 10_000, 2, 1));

    assertThat(migration.step(task.connection)).isTrue();
    assertThat(task.unsubscribed()).containsExactly("unsubscribe " + theirs);
  }

  @Test
  void aFormerSessionIsEmptiedAndEnded() throws Exception {
    task.start();
    Client former = new Client(2);
    former.start(mine);
    Connection connection = former.broker.nextConnected();
    SessionMigration migration = former.migration(former.session, task.session);
    connection.send(1, false, "a", "queued");
    Message message = former.messages.poll(30, TimeUnit.SECONDS);
    assertThat(message).isNotNull();
    now.addAndGet(60_000_000);
    assertThat(migration.step(former.connection)).isFalse();
    assertThat(former.unsubscribed()).isEmpty();
    assertThat(connection.closed).isFalse();

    message.ack().delivered();
    await().atMost(Duration.ofSeconds(30)).until(() -> former.session.unacknowledged() == 0);
    assertThat(migration.step(former.connection)).isTrue();
    assertThat(former.unsubscribed()).containsExactly("unsubscribe " + mine);

    assertThat(connection.acknowledged()).containsExactly(1);
    assertThat(connection.farewell).isTrue();
    assertThat(ending.connects()).isEqualTo(1);
    assertThat(ended).hasValue(1);
  }
}
