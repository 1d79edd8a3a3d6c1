// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.command;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.common.CommandConfig;
import io.connectot.core.config.common.CommandConfig.WriteDelivery;
import io.connectot.core.config.common.ConnectionConfig;
import io.connectot.core.config.common.MappingConfig;
import io.connectot.core.config.inventory.Inventory;
import io.connectot.core.connection.Clock;
import io.connectot.core.connection.loop.RetryPolicy;
import io.connectot.core.mapping.event.CommandResultMapper;
import io.connectot.core.mapping.event.EventMapper;
import io.connectot.core.mapping.settings.EventTopics;
import io.connectot.core.mapping.settings.MappingSettings;
import io.connectot.core.mapping.settings.RecordForm;
import io.connectot.core.mapping.settings.RecordKey;
import io.connectot.core.mapping.settings.RecordLayout;
import io.connectot.core.mapping.settings.RecordOrigin;
import io.connectot.core.mapping.template.NameTemplate;
import io.connectot.core.mapping.template.Vocabulary;
import io.connectot.core.metrics.TaskMetric;
import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import io.connectot.core.sink.SinkContext;
import io.connectot.core.sink.SinkDriver;
import io.connectot.core.sink.WriteMapper;
import io.connectot.core.sink.WriteSession;
import io.connectot.core.sink.command.outcome.AtMostOnceJournal;
import io.connectot.core.sink.command.outcome.CommandJournal;
import io.connectot.core.sink.command.outcome.CommandOutcomes;
import io.connectot.core.sink.command.read.ActionForm;
import io.connectot.core.sink.command.read.Command;
import io.connectot.core.sink.command.read.CommandReader;
import io.connectot.core.sink.command.read.ObjectForm;
import io.connectot.core.sink.publish.PublisherFactory;
import io.connectot.core.sink.publish.RecordPublisher;
import io.connectot.core.spi.WritingDriver;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the tags of devices, for one task.
 *
 * @param <E> the protocol's own device settings
 * @param <A> the protocol's own tag address
 */
final class CommandDriver<E, A> implements SinkDriver<Command> {
  /** What mappings of statuses do not use. */
  private static final NameTemplate NO_TOPIC = NameTemplate.compile("-", Vocabulary.of());

  private static final Logger LOG = LoggerFactory.getLogger(CommandDriver.class);

  private final Configuration config;
  private final RecordOrigin origin;
  private final WritingDriver<E, A> driver;
  private final Inventory<E, A> inventory;
  private final PublisherFactory publishers;
  private final Clock clock;

  /** Null before the first session. Written by the thread that connects. */
  private volatile CommandSession session;

  /** Null before the first session. */
  private volatile CommandKafka kafka;

  CommandDriver(
      Configuration config,
      RecordOrigin origin,
      WritingDriver<E, A> driver,
      Inventory<E, A> inventory,
      PublisherFactory publishers,
      Clock clock) {
    this.config = config;
    this.origin = origin;
    this.driver = driver;
    this.inventory = inventory;
    this.publishers = publishers;
    this.clock = clock;
  }

  @Override
  public Configuration config() {
    return config;
  }

  @Override
  public String target() {
    return "devices";
  }

  @Override
  public WriteMapper<Command> mapper() {
    CommandReader.CommandForm form =
        switch (config.get(CommandConfig.FORMAT)) {
          case AUTO -> new ObjectForm();
          case UA_ACTION -> new ActionForm(clock);
        };
    return new CommandReader(form, config.get(CommandConfig.TTL), clock);
  }

  @Override
  public String refusal(Command write, String reason) {
    return reason;
  }

  @Override
  public TaskMetric.Scope metrics() {
    return TaskMetric.Scope.COMMANDS;
  }

  @Override
  public boolean failsWithoutReporter() {
    return false;
  }

  @Override
  public void hold() throws InterruptedException {
    CommandSession current = session;
    if (current != null) {
      current.hold();
    }
  }

  @Override
  public void resume() {
    CommandSession current = session;
    if (current != null) {
      current.resume();
    }
  }

  @Override
  public void revoked(Collection<TopicPartition> partitions) {
    CommandSession current = session;
    if (current != null) {
      current.revoke(partitions);
    }
    CommandKafka used = kafka;
    if (used != null) {
      used.atMostOnce().ifPresent(journal -> journal.release(partitions));
    }
  }

  @Override
  public void assigned(Collection<TopicPartition> partitions, SinkTaskContext context) {
    CommandKafka used = kafka;
    if (used != null) {
      used.atMostOnce().ifPresent(journal -> journal.claim(partitions));
    }
    Map<TopicPartition, Long> ends = publishers.newPartitions(config, partitions);
    if (!ends.isEmpty()) {
      LOG.info("Commands that were there before this connector are skipped: {}", ends);
      context.offset(ends);
    }
  }

  @Override
  public Supplier<? extends WriteSession<Command>> sessions(SinkContext context) {
    Optional<String> topic = config.get(CommandConfig.RESULT_TOPIC);
    Optional<NameTemplate> statusTopic = config.get(MappingConfig.STATUS_TOPIC);
    CommandKafka made = kafka(context, topic.isPresent() || statusTopic.isPresent());
    kafka = made;
    CommandJournal journal = made.journal();
    CommandOutcomes outcomes =
        new CommandOutcomes(
            topic.map(
                name ->
                    new CommandOutcomes.Publication(
                        journal, new CommandResultMapper(origin, name))),
            context.metrics());
    DeviceStatuses statuses = statuses(context, statusTopic, made.publisher());
    return () -> {
      CommandSession created =
          new CommandSession(setup(), outcomes, journal, statuses, made, context);
      session = created;
      return created;
    };
  }

  private CommandKafka kafka(SinkContext context, boolean publishes) {
    boolean once = config.get(CommandConfig.DELIVERY) == WriteDelivery.AT_MOST_ONCE;
    return new CommandKafka(
        publishes ? Optional.of(publishers.publisher(config, context)) : Optional.empty(),
        once
            ? Optional.of(
                new AtMostOnceJournal(
                    publishers.journal(config, context),
                    config.get(ConnectionConfig.RECONNECT_BACKOFF),
                    duration -> TimeUnit.NANOSECONDS.sleep(duration.toNanos())))
            : Optional.empty());
  }

  /** The first task publishes the states of devices, as all of them connect to the same ones. */
  private DeviceStatuses statuses(
      SinkContext context, Optional<NameTemplate> topic, Optional<RecordPublisher> publisher) {
    Duration heartbeat = config.get(MappingConfig.STATUS_HEARTBEAT);
    MappingSettings settings =
        new MappingSettings(
            RecordLayout.MEASUREMENT, RecordKey.PATH, NO_TOPIC, origin, RecordForm.DEFAULT);
    return new DeviceStatuses(
        topic.isPresent() && context.task() == 0 ? publisher : Optional.empty(),
        new EventMapper(settings, new EventTopics(topic, Optional.empty(), heartbeat)),
        heartbeat,
        context.clock());
  }

  private CommandSetup<E, A> setup() {
    Map<String, Map<Device<E>, List<Tag<A>>>> endpoints = new LinkedHashMap<>();
    for (Device<E> device : inventory.devices()) {
      List<Tag<A>> tags = inventory.tagsOf(device);
      if (!tags.isEmpty()) {
        endpoints
            .computeIfAbsent(device.endpoint(), endpoint -> new LinkedHashMap<>())
            .put(device, tags);
      }
    }
    return new CommandSetup<>(
        driver,
        endpoints,
        new RetryPolicy(
            config.get(ConnectionConfig.RECONNECT_BACKOFF),
            config.get(ConnectionConfig.RECONNECT_BACKOFF_MAX)),
        config.get(CommandConfig.THREADS),
        config.get(CommandConfig.VERIFY_TIMEOUT));
  }
}
