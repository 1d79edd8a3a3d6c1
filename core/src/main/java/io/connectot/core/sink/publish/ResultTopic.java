// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.publish;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.common.CommandConfig;
import io.connectot.core.mapping.event.CommandResultMapper;
import io.connectot.core.mapping.settings.RecordOrigin;
import io.connectot.core.model.CommandResult;
import io.connectot.core.sink.SinkContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.config.ConfigException;

/**
 * The result topic of a sink whose records are no commands to configured devices. Thread-safe.
 *
 * <p>Needs the keys of {@link CommandConfig#RESULT_KEYS}.
 */
public final class ResultTopic implements AutoCloseable {
  private final RecordPublisher publisher;
  private final CommandResultMapper mapper;

  /**
   * @param publisher is closed with it
   */
  public ResultTopic(RecordPublisher publisher, CommandResultMapper mapper) {
    this.publisher = publisher;
    this.mapper = mapper;
  }

  /**
   * The topic of a configuration; empty without one. Does not wait for Kafka.
   *
   * @param protocol the column of that name
   */
  public static Optional<ResultTopic> open(
      Configuration config, String protocol, SinkContext context) {
    return config
        .get(CommandConfig.RESULT_TOPIC)
        .map(
            topic ->
                new ResultTopic(
                    new KafkaPublishers().publisher(config, context),
                    new CommandResultMapper(
                        new RecordOrigin("", protocol, context.connector()), topic)));
  }

  /**
   * Checks that there is the converter of a configuration.
   *
   * @throws ConfigException if there is none
   */
  public static void checkConverter(Configuration config) {
    if (config.get(CommandConfig.RESULT_TOPIC).isPresent()) {
      // Throws if there is no such converter.
      var unused = KafkaPublishers.converter(config);
    }
  }

  /**
   * Publishes a result. Does not block.
   *
   * @return is complete when Kafka has it, and never fails
   */
  public CompletionStage<Void> publish(CommandResult result) {
    return publisher.send(List.of(mapper.map(result, null)));
  }

  /** Why no result will be published any more; empty while results are published. */
  public Optional<Throwable> failure() {
    return publisher.failure();
  }

  @Override
  public void close() {
    publisher.close();
  }
}
