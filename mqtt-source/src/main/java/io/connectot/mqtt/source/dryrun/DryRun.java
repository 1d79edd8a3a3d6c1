// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.dryrun;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.connectot.core.config.ConfigError;
import io.connectot.core.config.Configuration;
import io.connectot.core.mapping.RecordMapper;
import io.connectot.core.mapping.record.PreparedRecord;
import io.connectot.core.mapping.settings.MappingSettings;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.SourceEvent;
import io.connectot.core.spi.Ack;
import io.connectot.core.spi.Message;
import io.connectot.mqtt.source.mapping.InboundMessageMapper;
import io.connectot.mqtt.source.mapping.PoisonMessageException;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.mqtt.transport.MessageProperties;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigValue;

/** Maps a test message and adds its records to the result of a validation. Immutable. */
public final class DryRun {
  private final Configuration config;
  private final MappingSettings mapping;
  private final InboundMessageMapper mapper;

  /**
   * @param mapping the layout of records
   * @param mapper throws an exception if a message is poison
   */
  public DryRun(Configuration config, MappingSettings mapping, InboundMessageMapper mapper) {
    this.config = config;
    this.mapping = mapping;
    this.mapper = mapper;
  }

  /**
   * What a dry run shows.
   *
   * @param records each as JSON
   */
  public record Result(List<String> records, List<ConfigError> problems) {
    public Result {
      records = List.copyOf(records);
      problems = List.copyOf(problems);
    }

    /** Adds the records to the result of a validation. */
    public Config addTo(Config validation) {
      for (ConfigValue value : validation.configValues()) {
        if (value.name().equals(DryRunConfig.RECORDS.name()) && problems.isEmpty()) {
          value.value("[" + String.join(",", records) + "]");
          value.recommendedValues(new ArrayList<>(records));
        }
      }
      return validation;
    }
  }

  /**
   * The records of the test message.
   *
   * @param nowNanos the time of receipt, epoch nanoseconds
   */
  public Result run(long nowNanos) {
    InboundMessage message =
        new InboundMessage(
            1,
            config.get(DryRunConfig.TOPIC).orElseThrow(),
            config.get(DryRunConfig.PAYLOAD),
            1,
            false,
            false,
            1,
            MessageProperties.NONE);
    try {
      return new Result(records(mapper.map(message, nowNanos, Ack.NONE)), List.of());
    } catch (PoisonMessageException e) {
      return new Result(List.of(), List.of(new ConfigError(DryRunConfig.PAYLOAD, e.getMessage())));
    }
  }

  private List<String> records(Message message) {
    List<String> records = new ArrayList<>();
    RecordMapper recordMapper = RecordMapper.of(mapping, List.of());
    for (SourceEvent event : message.events()) {
      if (event instanceof PreparedRecord made) {
        records.add(json(made));
      } else if (event instanceof Measurement measurement) {
        recordMapper
            .forDevice(measurement.device())
            .map(
                measurement,
                made -> {
                  message.decorator().decorate(made.headers());
                  records.add(json(made));
                });
      }
    }
    return records;
  }

  private static String json(PreparedRecord made) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("topic", made.topic());
    json.set("key", RecordJson.of(made.key()));
    json.put("timestamp", made.timestampMillis());
    ObjectNode headers = json.putObject("headers");
    made.headers().forEach(header -> headers.set(header.key(), RecordJson.of(header.value())));
    json.set("value", RecordJson.of(made.value()));
    return json.toString();
  }
}
