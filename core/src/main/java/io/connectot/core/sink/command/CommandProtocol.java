// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.command;

import io.connectot.core.config.ConfigError;
import io.connectot.core.config.ConfigErrors;
import io.connectot.core.config.Configuration;
import io.connectot.core.config.Keys;
import io.connectot.core.config.common.BufferConfig;
import io.connectot.core.config.common.CommandConfig;
import io.connectot.core.config.common.ConnectionConfig;
import io.connectot.core.config.common.InventoryConfig;
import io.connectot.core.config.common.MappingConfig;
import io.connectot.core.config.inventory.InventoryLoader;
import io.connectot.core.connection.Clock;
import io.connectot.core.sink.SinkDriver;
import io.connectot.core.sink.SinkProtocol;
import io.connectot.core.sink.command.read.Command;
import io.connectot.core.sink.publish.KafkaPublishers;
import io.connectot.core.sink.publish.PublisherFactory;
import io.connectot.core.spi.Driver;
import io.connectot.core.spi.Protocol;
import io.connectot.core.spi.WritingDriver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;

/** The devices of a protocol as the target of a sink. */
public final class CommandProtocol implements SinkProtocol<Command> {
  private static final Keys KEYS =
      Keys.of(
          Keys.group(
              "Records",
              MappingConfig.UNS_PATH,
              MappingConfig.STATUS_TOPIC,
              MappingConfig.STATUS_HEARTBEAT),
          CommandConfig.KEYS,
          InventoryConfig.KEYS.without(InventoryConfig.VALIDATE_TAGS),
          ConnectionConfig.KEYS.without(ConnectionConfig.QUALITY_ON_DISCONNECT),
          BufferConfig.KEYS);

  private final Protocol protocol;
  private final PublisherFactory publishers;
  private final Clock clock;

  /**
   * @param protocol whose drivers are {@link WritingDriver}s
   */
  CommandProtocol(Protocol protocol) {
    this(protocol, new KafkaPublishers(), Clock.SYSTEM);
  }

  CommandProtocol(Protocol protocol, PublisherFactory publishers, Clock clock) {
    this.protocol = protocol;
    this.publishers = publishers;
    this.clock = clock;
  }

  /** The keys of a sink of {@code protocol}, without the device and tag lines. */
  public static ConfigDef definition(Protocol protocol) {
    ConfigDef definition = KEYS.definition();
    protocol.defineConfig(definition);
    return definition;
  }

  @Override
  public ConfigDef definition() {
    return definition(protocol);
  }

  @Override
  public Config validate(Map<String, String> props) {
    return new CommandValidator(protocol, props).validate();
  }

  @Override
  public SinkDriver<Command> bind(Map<String, String> props) {
    Configuration config = Configuration.parse(definition(), props);
    List<ConfigError> errors = new ArrayList<>(ConnectionConfig.check(config));
    errors.addAll(CommandConfig.check(config));
    ConfigErrors.throwIfAny(errors);
    return bind(config, writing(protocol, config.kafka()));
  }

  private <E, A> SinkDriver<Command> bind(Configuration config, WritingDriver<E, A> driver) {
    return new CommandDriver<>(
        config,
        MappingConfig.origin(config, protocol.name()),
        driver,
        InventoryLoader.loadWritable(config, driver, protocol).orThrow(),
        publishers,
        clock);
  }

  /** The driver of a protocol that can write. */
  static WritingDriver<?, ?> writing(Protocol protocol, AbstractConfig config) {
    Driver<?, ?> driver = protocol.bind(config);
    if (driver instanceof WritingDriver<?, ?> writing) {
      return writing;
    }
    throw new IllegalStateException("the drivers of " + protocol.name() + " do not write");
  }
}
