// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.source;

import io.connectot.core.config.ConfigError;
import io.connectot.core.config.Configuration;
import io.connectot.core.config.Key;
import io.connectot.core.config.Keys;
import io.connectot.core.config.common.ConnectionConfig;
import io.connectot.core.spi.line.LineException;
import io.connectot.sparkplug.host.HostRole;
import io.connectot.sparkplug.host.HostSettings;
import io.connectot.sparkplug.host.RebirthTrigger;
import io.connectot.sparkplug.topic.Groups;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/** The {@code sparkplug.*} keys. */
public final class HostConfig {
  private static final Duration MAX = Duration.ofDays(1);

  private static final String TRIGGERS =
      Arrays.stream(RebirthTrigger.values())
          .map(RebirthTrigger::configName)
          .collect(Collectors.joining(","));

  public static final Key<String> HOST_ID =
      Key.text("sparkplug.host.id", null, "an id without /, + and #", HostConfig::checkedHostId)
          .required()
          .importance(Importance.HIGH)
          .display("Host id")
          .doc(
              "Id of this Sparkplug host application: the last level of its STATE topic, and the"
                  + " name of its own device in status.topic. No two connectors of a broker may"
                  + " have the same.");

  public static final Key<HostRole> ROLE =
      Key.choice("sparkplug.role", HostRole.class, HostRole.PASSIVE)
          .importance(Importance.HIGH)
          .display("Role")
          .doc(
              "What the host does beside listening: 'passive' publishes nothing; 'active' publishes"
                  + " its STATE and requests rebirths; 'primary' does the same and takes its STATE"
                  + " offline while Kafka takes no records, so that edge nodes which name it as"
                  + " their primary host store their values and forward them later.");

  public static final Key<Groups> GROUPS =
      Key.list("sparkplug.groups", "")
          .parsedBy("group ids, or * for every group", HostConfig::parseGroups)
          .required()
          .importance(Importance.HIGH)
          .display("Groups")
          .width(Width.LONG)
          .doc(
              "The groups to listen to, separated by commas, or * alone for every group of the"
                  + " broker. There is no default: an empty list is refused.");

  public static final Key<Duration> REORDER_TIMEOUT =
      Key.millis("sparkplug.reorder.timeout.ms", 2000, 0, Duration.ofMinutes(5))
          .display("Reorder timeout (ms)")
          .doc(
              "How long messages wait for one with an earlier sequence number, in milliseconds."
                  + " After it the missing ones are a gap and, if sparkplug.rebirth.on has 'gap', a"
                  + " rebirth is requested. 0 waits for none.");

  public static final Key<Set<RebirthTrigger>> REBIRTH_ON =
      Key.commaSeparated(
              "sparkplug.rebirth.on", TRIGGERS, "of " + TRIGGERS, HostConfig::parseTrigger)
          .as(Set::copyOf)
          .visibleUnless(ROLE, HostRole.PASSIVE)
          .width(Width.LONG)
          .display("Rebirth on")
          .doc(
              "What makes the host request a rebirth of an edge node: 'gap' missing sequence"
                  + " numbers, 'unknown-alias' values whose alias or name the birth does not have,"
                  + " 'no-birth' values of an edge node or device without a birth, 'malformed'"
                  + " payloads that cannot be read. Not in the role 'passive'.");

  public static final Key<Duration> REBIRTH_MIN_INTERVAL =
      Key.millis("sparkplug.rebirth.min.interval.ms", 30_000, 100, MAX)
          .visibleUnless(ROLE, HostRole.PASSIVE)
          .display("Shortest time between rebirth requests (ms)")
          .doc(
              "The shortest time between two rebirth requests to one edge node, in milliseconds. A"
                  + " request without an answer is repeated up to four times.");

  public static final Key<Duration> NODE_SILENCE =
      Key.millis("sparkplug.node.silence.ms", 0, 0, Duration.ofDays(7))
          .display("Longest silence of an edge node (ms)")
          .doc(
              "After how long without any message an edge node and its devices count as offline and"
                  + " their tags as BAD, in milliseconds, for edge nodes that vanish without"
                  + " NDEATH; 0 for never. Must be longer than the longest pause of an edge node"
                  + " that is well.");

  public static final Key<Duration> FOLLOW_KAFKA =
      Key.millis("sparkplug.state.follow.kafka.ms", 10_000, 0, MAX)
          .visibleWhen(ROLE, HostRole.PRIMARY)
          .display("STATE follows Kafka after (ms)")
          .doc(
              "How long Kafka may leave a record unconfirmed before the STATE of a primary host"
                  + " goes offline, in milliseconds; 0 for ever. It goes online again when Kafka"
                  + " has confirmed everything.");

  public static final Key<Long> QUEUE_BYTES =
      Key.number("sparkplug.queue.max.bytes", 64L * 1024 * 1024, 64 * 1024, 1L << 40)
          .importance(Importance.LOW)
          .display("Waiting messages (bytes)")
          .doc(
              "How many bytes of messages may wait per broker while Kafka takes no records. More"
                  + " are dropped and become gaps by their sequence numbers.");

  public static final Keys KEYS =
      Keys.group(
          "Sparkplug",
          HOST_ID,
          ROLE,
          GROUPS,
          REORDER_TIMEOUT,
          REBIRTH_ON,
          REBIRTH_MIN_INTERVAL,
          NODE_SILENCE,
          FOLLOW_KAFKA,
          QUEUE_BYTES);

  private HostConfig() {}

  private static String checkedHostId(String text) throws LineException {
    if (text.matches(".*[/+#\\x00].*")) {
      throw new LineException("must not contain /, + or #: it is one level of a topic");
    }
    return text;
  }

  private static Groups parseGroups(List<String> texts) throws LineException {
    try {
      return Groups.parse(texts);
    } catch (IllegalArgumentException e) {
      throw new LineException(e.getMessage());
    }
  }

  private static RebirthTrigger parseTrigger(String text) throws LineException {
    for (RebirthTrigger trigger : RebirthTrigger.values()) {
      if (trigger.configName().equals(text)) {
        return trigger;
      }
    }
    throw new LineException("'" + text + "' is none of " + TRIGGERS);
  }

  /** The contradictions between the keys. */
  static List<ConfigError> check(Configuration keys) {
    List<ConfigError> errors = new ArrayList<>();
    HostRole role = keys.get(ROLE);
    if (!role.publishes() && keys.isChanged(REBIRTH_ON)) {
      errors.add(
          new ConfigError(
              REBIRTH_ON,
              "has no effect with " + ROLE + "=passive, which publishes nothing; use active"));
    }
    if (role != HostRole.PRIMARY && keys.isChanged(FOLLOW_KAFKA)) {
      errors.add(new ConfigError(FOLLOW_KAFKA, "has no effect without " + ROLE + "=primary"));
    }
    return errors;
  }

  /** What the state machine of the host is told. */
  public static HostSettings settings(Configuration keys) {
    return new HostSettings(
        keys.get(REORDER_TIMEOUT),
        keys.get(REBIRTH_MIN_INTERVAL),
        keys.get(NODE_SILENCE),
        keys.get(ROLE).publishes() ? keys.get(REBIRTH_ON) : Set.of(),
        keys.get(ROLE).publishes() && keys.get(ConnectionConfig.QUALITY_ON_DISCONNECT));
  }

  /** After which time Kafka's silence takes STATE offline; empty for never. */
  public static Optional<Duration> followKafka(Configuration keys) {
    return keys.get(ROLE) == HostRole.PRIMARY
        ? Optional.of(keys.get(FOLLOW_KAFKA)).filter(time -> !time.isZero())
        : Optional.empty();
  }
}
