// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.measurement;

import io.connectot.core.model.Measurement;
import io.connectot.core.spi.RecordDecorator;
import io.connectot.mqtt.source.payload.MessageHeaders;
import io.connectot.mqtt.source.payload.PayloadException;
import io.connectot.mqtt.source.payload.PayloadFormat;
import io.connectot.mqtt.source.payload.TopicMapper;
import io.connectot.mqtt.source.payload.measurement.MeasurementBatch.TopicNames;
import io.connectot.mqtt.source.subscription.TopicVariables;
import io.connectot.mqtt.transport.InboundMessage;
import java.util.List;
import org.apache.kafka.connect.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measurements from documents and bare values such as {@code 21.5}. */
public final class MeasurementFormat implements PayloadFormat {
  private static final Logger LOG = LoggerFactory.getLogger(MeasurementFormat.class);

  private final MeasurementSettings settings;
  private final TagRegistry registry;
  private final MemberTree tree;

  /** Messages of which a part made no record. */
  private long incomplete;

  /** Messages without a value, as long as no message has had one. */
  private long withoutValue;

  private boolean anyValue;

  public MeasurementFormat(MeasurementSettings settings) {
    this.settings = settings;
    this.registry =
        new TagRegistry(settings.mapping, settings.report, settings.separator, settings.endpoint);
    this.tree = new MemberTree(settings.rules);
  }

  @Override
  public TopicMapper forTopic(TopicVariables topic) throws PayloadException {
    String tag = settings.members ? null : settings.tag.ofTopic(topic);
    String prefix = settings.prefix == null ? "" : settings.prefix.ofTopic(topic);
    return new OfTopic(new TopicNames(topic, settings.device.ofTopic(topic), tag, prefix));
  }

  private final class OfTopic implements TopicMapper {
    private final TopicNames topic;
    private final Header topicHeader;

    OfTopic(TopicNames topic) {
      this.topic = topic;
      this.topicHeader = MessageHeaders.topic(topic.variables().topic());
    }

    @Override
    public List<Measurement> map(InboundMessage message, byte[] payload, long receivedNanos)
        throws PayloadException {
      if (payload.length == 0) {
        // A deleted retained message contains no measurement.
        return List.of();
      }
      tree.trim();
      MeasurementBatch batch = new MeasurementBatch(settings, registry, tree, topic, receivedNanos);
      settings.reader.read(payload, receivedNanos, batch);
      check(batch);
      return batch.measurements();
    }

    private void check(MeasurementBatch batch) throws PayloadException {
      boolean empty = batch.measurements().isEmpty();
      if (batch.problem() != null) {
        if (empty && settings.onError == ErrorPolicy.STATUS) {
          throw new PayloadException(batch.problem());
        }
        logIncomplete(batch.problem());
      } else if (empty && !anyValue) {
        logWithoutValue();
      }
      anyValue |= !empty;
    }

    private void logIncomplete(String problem) {
      incomplete++;
      if (Long.bitCount(incomplete) == 1) {
        LOG.warn(
            "A part of a message of topic {} makes no record, message number {} so far: {}",
            topic.variables().topic(),
            incomplete,
            problem);
      }
    }

    private void logWithoutValue() {
      withoutValue++;
      if (Long.bitCount(withoutValue) == 1) {
        LOG.warn(
            "A message of topic {} has no value for subscription {}, number {} so far, and none"
                + " before had one: if it should, correct the options that locate the values",
            topic.variables().topic(),
            topic.variables().subscription(),
            withoutValue);
      }
    }

    @Override
    public RecordDecorator decorator(InboundMessage message) {
      return headers -> settings.headers.addToMeasurement(message, topicHeader, headers);
    }
  }
}
