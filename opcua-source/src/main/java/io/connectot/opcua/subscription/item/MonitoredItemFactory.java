// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription.item;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.connectot.core.config.Configuration;
import io.connectot.opcua.config.ItemSettings;
import io.connectot.opcua.config.ItemSettings.ItemDeadband;
import io.connectot.opcua.config.ItemSettings.Trigger;
import io.connectot.opcua.select.MonitoredNode;
import io.connectot.opcua.settings.OpcUaSubscriptionConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.CRC32;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.DataChangeTrigger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.DeadbandType;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MonitoringMode;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoringParameters;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;

/** Creates the requests for monitored items (OPC UA Part 4 §5.13.1). Immutable. */
public final class MonitoredItemFactory {
  private static final int MIN_AUTO_QUEUE = 10;
  private static final int MAX_AUTO_QUEUE = 1000;

  /** Of a queue for a node that is sampled as fast as the server can. */
  private static final int FASTEST_QUEUE = 100;

  private static final double AS_PUBLISHED = -1;

  private final Duration publishing;
  private final Optional<Duration> sampling;
  private final OptionalInt queueSize;
  private final int outageFactor;
  private final boolean discardOldest;
  private final Trigger trigger;
  private final Optional<ItemDeadband> deadband;
  private final boolean skipFirst;

  /** With the defaults of a configuration. */
  public MonitoredItemFactory(Configuration config) {
    this.publishing = config.get(OpcUaSubscriptionConfig.PUBLISHING_INTERVAL);
    this.sampling = config.get(OpcUaSubscriptionConfig.SAMPLING_INTERVAL);
    this.queueSize = config.get(OpcUaSubscriptionConfig.QUEUE_SIZE);
    this.outageFactor = config.get(OpcUaSubscriptionConfig.QUEUE_OUTAGE_FACTOR);
    this.discardOldest = config.get(OpcUaSubscriptionConfig.DISCARD_OLDEST);
    this.trigger = config.get(OpcUaSubscriptionConfig.TRIGGER);
    this.deadband = config.get(OpcUaSubscriptionConfig.DEADBAND);
    this.skipFirst = config.get(OpcUaSubscriptionConfig.SKIP_FIRST);
  }

  /**
   * How a node is monitored, everything decided.
   *
   * @param samplingMillis -1 for the publishing interval, 0 for the fastest
   * @param queue at least 1
   */
  record Effective(
      double samplingMillis,
      int queue,
      boolean discardOldest,
      Trigger trigger,
      Optional<ItemDeadband> deadband,
      Optional<String> indexRange) {}

  /** The parameters from the tag's line and the connector's keys. */
  Effective effective(MonitoredNode node) {
    ItemSettings item = node.tag().address().item();
    Optional<Duration> interval = item.sampling().or(() -> sampling);
    int queue = item.queue().orElseGet(() -> queueSize.orElseGet(() -> autoQueue(interval)));
    Optional<ItemDeadband> band = item.deadband().or(() -> deadband).filter(set -> set.size() > 0);
    return new Effective(
        interval.map(set -> (double) set.toMillis()).orElse(AS_PUBLISHED),
        queue,
        item.discardOldest().orElse(discardOldest),
        item.trigger().orElse(trigger),
        band,
        item.indexRange());
  }

  /** The publishing interval that is asked for. */
  long publishingMillis() {
    return publishing.toMillis();
  }

  /** Whether the value at the time of subscribing is left out. */
  boolean skipsFirst(MonitoredNode node) {
    return node.tag().address().item().skipFirst().orElse(skipFirst);
  }

  /** Which value a full queue drops. */
  public boolean discardsOldest(MonitoredNode node) {
    return node.tag().address().item().discardOldest().orElse(discardOldest);
  }

  private int autoQueue(Optional<Duration> interval) {
    long samplingMillis = interval.orElse(publishing).toMillis();
    if (samplingMillis == 0) {
      return FASTEST_QUEUE;
    }
    long perPublish = (publishing.toMillis() + samplingMillis - 1) / samplingMillis;
    return (int) Math.max(MIN_AUTO_QUEUE, Math.min(MAX_AUTO_QUEUE, perPublish * outageFactor));
  }

  /**
   * A number by which the item is known again in a subscription of an earlier life of the task: of
   * everything that the item is. Items that are monitored differently have different numbers,
   * except by chance.
   */
  public int handle(MonitoredNode node) {
    CRC32 crc = new CRC32();
    String text = node.stableId() + '\n' + node.tag().name() + '\n' + effective(node);
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return (int) crc.getValue();
  }

  /**
   * The request to monitor a node.
   *
   * @param withDeadband false when the server refused it
   */
  MonitoredItemCreateRequest request(
      MonitoredNode node, UInteger handle, boolean withDeadband, EncodingContext encoding) {
    Effective item = effective(node);
    return new MonitoredItemCreateRequest(
        new ReadValueId(
            node.nodeId(),
            AttributeId.Value.uid(),
            item.indexRange().orElse(null),
            QualifiedName.NULL_VALUE),
        MonitoringMode.Reporting,
        new MonitoringParameters(
            handle,
            item.samplingMillis(),
            filter(item, withDeadband, encoding),
            uint(item.queue()),
            item.discardOldest()));
  }

  /** Null where the defaults of the specification are what is wanted. */
  private static ExtensionObject filter(
      Effective item, boolean withDeadband, EncodingContext encoding) {
    Optional<ItemDeadband> deadband = withDeadband ? item.deadband() : Optional.empty();
    if (deadband.isEmpty() && item.trigger() == Trigger.STATUS_VALUE) {
      return null;
    }
    DeadbandType type =
        deadband
            .map(band -> band.percent() ? DeadbandType.Percent : DeadbandType.Absolute)
            .orElse(DeadbandType.None);
    return ExtensionObject.encode(
        encoding,
        new DataChangeFilter(
            trigger(item.trigger()),
            uint(type.getValue()),
            deadband.map(ItemDeadband::size).orElse(0.0)));
  }

  private static DataChangeTrigger trigger(Trigger trigger) {
    return switch (trigger) {
      case STATUS -> DataChangeTrigger.Status;
      case STATUS_VALUE -> DataChangeTrigger.StatusValue;
      case STATUS_VALUE_TIMESTAMP -> DataChangeTrigger.StatusValueTimestamp;
    };
  }
}
