// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.publish;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.common.CommandConfig;
import io.connectot.core.sink.SinkContext;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.connect.storage.Converter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishers with a producer and a converter as the configuration says. */
public final class KafkaPublishers implements PublisherFactory {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaPublishers.class);

  /** With this key, the user has said where a new sink starts. */
  private static final String RESET = "consumer.override.auto.offset.reset";

  private static final long ADMIN_SECONDS = 20;

  @Override
  public RecordPublisher publisher(Configuration config, SinkContext context) {
    Map<String, Object> producer = producer(config, context.threads() + "-results");
    return new KafkaRecordPublisher(
        new KafkaProducer<>(producer, new ByteArraySerializer(), new ByteArraySerializer()),
        new KafkaRecords(converter(config)),
        context.threads());
  }

  @Override
  public JournalStore journal(Configuration config, SinkContext context) {
    String topic = config.get(CommandConfig.JOURNAL_TOPIC).orElseThrow();
    return new KafkaJournalStore(
        context.connector(),
        topic,
        partition -> {
          String name = context.connector() + "-" + partition;
          Map<String, Object> producer = producer(config, "connect-ot-journal-" + name);
          producer.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "connect-ot-" + name);
          // A commit whose outcome is not known is asked for again.
          if (!CommandConfig.producer(config)
              .containsKey(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG)) {
            producer.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 60_000);
          }
          producer.putIfAbsent(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 60_000);
          return new KafkaProducer<>(
              producer, new ByteArraySerializer(), new ByteArraySerializer());
        },
        () ->
            new KafkaConsumer<>(
                consumer(config, "connect-ot-journal-" + context.connector()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer()),
        new KafkaRecords(converter(config)));
  }

  @Override
  public Map<TopicPartition, Long> newPartitions(
      Configuration config, Collection<TopicPartition> partitions) {
    Map<String, Object> admin = CommandConfig.producer(config);
    admin.keySet().removeIf(key -> !AdminClientConfig.configNames().contains(key));
    if (partitions.isEmpty()
        || !admin.containsKey(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG)
        || config.kafka().originals().containsKey(RESET)) {
      return Map.of();
    }
    String group =
        Objects.toString(
            config.kafka().originals().get("consumer.override.group.id"),
            "connect-" + config.connectorName().orElse(""));
    try (Admin client = Admin.create(admin)) {
      Map<TopicPartition, OffsetAndMetadata> committed =
          client
              .listConsumerGroupOffsets(group)
              .partitionsToOffsetAndMetadata()
              .get(ADMIN_SECONDS, TimeUnit.SECONDS);
      Map<TopicPartition, OffsetSpec> unread = new HashMap<>();
      for (TopicPartition partition : partitions) {
        if (committed.get(partition) == null) {
          unread.put(partition, OffsetSpec.latest());
        }
      }
      Map<TopicPartition, Long> ends = new HashMap<>();
      client
          .listOffsets(unread)
          .all()
          .get(ADMIN_SECONDS, TimeUnit.SECONDS)
          .forEach((partition, end) -> ends.put(partition, end.offset()));
      return ends;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Map.of();
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      LOG.warn(
          "It is not known whether commands were read before, so only their lifetime keeps old ones"
              + " away: the offsets of group {} cannot be read ({}); allow the user of"
              + " result.producer.* to describe the group",
          group,
          e.toString());
      return Map.of();
    }
  }

  /** Has the connection of the producer, but not its other keys. */
  private static Map<String, Object> consumer(Configuration config, String clientId) {
    Map<String, Object> consumer = CommandConfig.producer(config);
    consumer.keySet().removeIf(key -> !ConsumerConfig.configNames().contains(key));
    consumer.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
    consumer.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    consumer.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    return consumer;
  }

  private static Map<String, Object> producer(Configuration config, String clientId) {
    Map<String, Object> producer = CommandConfig.producer(config);
    producer.putIfAbsent(ProducerConfig.CLIENT_ID_CONFIG, clientId);
    // A result is waited for as long as it takes, and is written once and in order.
    producer.putIfAbsent(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
    producer.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
    producer.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 0);
    producer.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    producer.put(ProducerConfig.ACKS_CONFIG, "all");
    return producer;
  }

  /**
   * The converter of results.
   *
   * @throws ConfigException when it cannot be made
   */
  static Converter converter(Configuration config) {
    String name = config.get(CommandConfig.CONVERTER);
    Map<String, Object> settings = new HashMap<>();
    settings.put("schemas.enable", "false");
    settings.putAll(config.lines(CommandConfig.CONVERTER_PREFIX));
    try {
      Converter converter =
          Class.forName(name, true, KafkaPublishers.class.getClassLoader())
              .asSubclass(Converter.class)
              .getDeclaredConstructor()
              .newInstance();
      converter.configure(settings, false);
      return converter;
    } catch (ClassCastException e) {
      throw CommandConfig.CONVERTER.error(name, "is not a converter");
    } catch (ReflectiveOperationException e) {
      throw CommandConfig.CONVERTER.error(
          name,
          "there is no such converter on the class path of the worker or in the folder of this"
              + " plugin; add it there, or use org.apache.kafka.connect.json.JsonConverter");
    }
  }
}
