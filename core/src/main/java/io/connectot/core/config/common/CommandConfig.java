// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.common;

import io.connectot.core.config.ConfigError;
import io.connectot.core.config.Configuration;
import io.connectot.core.config.Key;
import io.connectot.core.config.Keys;
import io.connectot.core.mapping.template.TopicNames;
import io.connectot.core.mapping.template.Vocabulary;
import io.connectot.core.spi.line.LineException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** The keys of sinks that write the tags of devices. */
public final class CommandConfig {
  /** What the keys of the producer of results begin with. */
  public static final String PRODUCER_PREFIX = "result.producer.";

  /** What the keys of the converter of results begin with. */
  public static final String CONVERTER_PREFIX = "result.value.converter.";

  private static final String SERVERS = "bootstrap.servers";
  private static final String JSON_CONVERTER = "org.apache.kafka.connect.json.JsonConverter";

  /** How commands are written. */
  public enum Format {
    AUTO,
    UA_ACTION
  }

  /** What happens to a command whose result is not known when the worker dies. */
  public enum WriteDelivery {
    AT_LEAST_ONCE,
    AT_MOST_ONCE
  }

  public static final Key<Format> FORMAT =
      Key.choice("command.format", Format.class, Format.AUTO)
          .display("Format of commands")
          .doc(
              "How commands are written: 'auto' for the normalized measurement record and for"
                  + " objects such as {\"device\": \"press\", \"tag\": \"speed\", \"value\": 3};"
                  + " 'ua-action' for action requests in JSON as OPC UA Part 14 defines them.");

  public static final Key<Duration> TTL =
      Key.millis("command.ttl.ms", 30_000, 1, Duration.ofDays(1))
          .importance(Importance.HIGH)
          .display("Lifetime of commands (ms)")
          .doc(
              "How long after the timestamp of its record a command may still be sent to the"
                  + " device, in milliseconds, unless it has an 'expires' of its own. An older"
                  + " command is EXPIRED and never sent.");

  public static final Key<WriteDelivery> DELIVERY =
      Key.choice("write.delivery", WriteDelivery.class, WriteDelivery.AT_LEAST_ONCE)
          .display("Delivery of writes")
          .doc(
              "What happens to a command whose result is not in Kafka when the worker dies:"
                  + " 'at-least-once' sends it again unless it has expired; 'at-most-once' does"
                  + " not, if it may have been sent, and reports UNKNOWN. At-most-once needs"
                  + " result.topic and command.journal.topic, and the tasks write"
                  + " transactions.");

  public static final Key<Integer> THREADS =
      Key.integer("write.threads", 16, 1, 512)
          .importance(Importance.LOW)
          .display("Write threads")
          .doc(
              "Maximum devices that a task writes to at the same time. A device that does not"
                  + " answer occupies one thread until the timeout of the protocol.");

  public static final Key<Duration> VERIFY_TIMEOUT =
      Key.millis("write.verify.timeout.ms", 5000, 1, Duration.ofHours(1))
          .importance(Importance.LOW)
          .display("Timeout of verification (ms)")
          .doc(
              "How long a tag with write.verify=until is read after a write until it has the value"
                  + " that was written, in milliseconds. Meanwhile the device gets no other"
                  + " command.");

  public static final Key<Optional<String>> RESULT_TOPIC =
      Key.optional(
              "result.topic", null, "name of a topic, e.g. plant.results", CommandConfig::topic)
          .importance(Importance.HIGH)
          .display("Result topic")
          .doc(
              "Kafka topic of the results of commands, one record for each tag. The offset of a"
                  + " command is committed after its results. Needs"
                  + " result.producer.bootstrap.servers, because a sink does not know the Kafka"
                  + " cluster of its worker. Without it, commands that were not done are logged and"
                  + " passed to the error reporter of the worker.");

  public static final Key<String> CONVERTER =
      Key.text("result.value.converter", JSON_CONVERTER, "name of a class", text -> text)
          .importance(Importance.LOW)
          .display("Converter of results")
          .doc(
              "Converter of the values of results and statuses. Its own keys begin with"
                  + " result.value.converter.; JsonConverter writes no schemas unless"
                  + " result.value.converter.schemas.enable=true.");

  public static final Key<Optional<String>> JOURNAL_TOPIC =
      Key.optional(
              "command.journal.topic",
              null,
              "name of a topic, e.g. plant.journal",
              CommandConfig::topic)
          .importance(Importance.LOW)
          .display("Journal topic")
          .doc(
              "Kafka topic in which write.delivery=at-most-once notes a command before the device"
                  + " gets it. The topic must be compacted, and only connectors may write it.");

  public static final Keys KEYS =
      Keys.group(
          "Commands",
          FORMAT,
          TTL,
          DELIVERY,
          JOURNAL_TOPIC,
          THREADS,
          VERIFY_TIMEOUT,
          RESULT_TOPIC,
          CONVERTER);

  /** Those of sinks that publish the results of records, and write no tags. */
  public static final Keys RESULT_KEYS =
      Keys.group(
          "Results",
          RESULT_TOPIC.doc(
              "Kafka topic of the results of records, one for each record. The offset of a record"
                  + " is committed after its result. Needs result.producer.bootstrap.servers,"
                  + " because a sink does not know the Kafka cluster of its worker. With it,"
                  + " nothing is passed to the error reporter of the worker."),
          CONVERTER);

  private CommandConfig() {}

  private static String topic(String text) throws LineException {
    try {
      TopicNames.compile(text, Vocabulary.of());
      return text;
    } catch (IllegalArgumentException e) {
      throw new LineException(e.getMessage());
    }
  }

  /**
   * The configuration of the producer of results: what {@code result.producer.} says, and where it
   * says nothing {@code producer.override.}, as the worker itself would take it.
   */
  public static Map<String, Object> producer(Configuration config) {
    Map<String, Object> producer = new HashMap<>();
    producer.putAll(config.lines("producer.override."));
    producer.putAll(config.lines(PRODUCER_PREFIX));
    return producer;
  }

  /** The contradictions between {@link #RESULT_KEYS}. */
  public static List<ConfigError> checkResults(Configuration config) {
    Optional<String> topic = config.get(RESULT_TOPIC);
    List<ConfigError> errors = new ArrayList<>();
    if (topic.isPresent() && !producer(config).containsKey(SERVERS)) {
      errors.add(noServers(RESULT_TOPIC));
    }
    if (topic.filter(commandTopics(config)::contains).isPresent()) {
      errors.add(
          new ConfigError(RESULT_TOPIC, "must not be one of the topics of records (topics)"));
    }
    return errors;
  }

  private static ConfigError noServers(Key<?> key) {
    return new ConfigError(
        key,
        "needs "
            + PRODUCER_PREFIX
            + SERVERS
            + ", because a sink does not know the Kafka cluster of its worker");
  }

  /** The contradictions between the keys. */
  public static List<ConfigError> check(Configuration config) {
    List<ConfigError> errors = new ArrayList<>();
    boolean produces =
        config.get(RESULT_TOPIC).isPresent() || config.get(MappingConfig.STATUS_TOPIC).isPresent();
    if (produces && !producer(config).containsKey(SERVERS)) {
      Key<?> key = config.get(RESULT_TOPIC).isPresent() ? RESULT_TOPIC : MappingConfig.STATUS_TOPIC;
      errors.add(noServers(key));
    }
    if (config.get(DELIVERY) == WriteDelivery.AT_MOST_ONCE) {
      for (Key<Optional<String>> key : List.of(RESULT_TOPIC, JOURNAL_TOPIC)) {
        if (config.get(key).isEmpty()) {
          errors.add(
              new ConfigError(DELIVERY, "at-most-once needs " + key + "; set it to a topic"));
        }
      }
    }
    Set<String> topics = new HashSet<>();
    for (Key<Optional<String>> key : List.of(RESULT_TOPIC, JOURNAL_TOPIC)) {
      config
          .get(key)
          .filter(topic -> !topics.add(topic))
          .ifPresent(
              topic -> errors.add(new ConfigError(key, "must not be the topic of another key")));
    }
    config
        .get(MappingConfig.STATUS_TOPIC)
        .filter(template -> topics.contains(template.toString()))
        .ifPresent(
            template ->
                errors.add(
                    new ConfigError(
                        MappingConfig.STATUS_TOPIC, "must not be the topic of another key")));
    commandTopics(config).stream()
        .filter(topics::contains)
        .forEach(
            topic ->
                errors.add(
                    new ConfigError(
                        config.get(RESULT_TOPIC).filter(topic::equals).isPresent()
                            ? RESULT_TOPIC
                            : JOURNAL_TOPIC,
                        "must not be one of the topics of commands (topics)")));
    return errors;
  }

  private static List<String> commandTopics(Configuration config) {
    Object topics = config.kafka().originals().get("topics");
    return topics == null
        ? List.of()
        : java.util.Arrays.stream(topics.toString().split(",", -1)).map(String::trim).toList();
  }
}
