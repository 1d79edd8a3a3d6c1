// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.settings;

import io.connectot.core.mapping.template.NameTemplate;
import io.connectot.core.mapping.template.Vocabulary;
import io.connectot.core.model.Device;
import io.connectot.core.spi.DeviceProtocol;

/**
 * How one connector shapes its records.
 *
 * @param layout the shape of the value
 * @param key what records are keyed by
 * @param topic the topic, over {@link Vocabulary#MEASUREMENT} (a row: {@link Vocabulary#DEVICE})
 *     and what the protocol adds
 * @param origin where the records come from
 * @param form what is the same in every layout
 */
public record MappingSettings(
    RecordLayout layout, RecordKey key, NameTemplate topic, RecordOrigin origin, RecordForm form) {

  /** The same with another topic. */
  public MappingSettings withTopic(NameTemplate other) {
    return new MappingSettings(layout, key, other, origin, form);
  }

  /** How the records of a device are shaped: in its own way, or as configured for the connector. */
  public MappingSettings of(Device<?> device) {
    return device.settings() instanceof OwnMapping own ? own.mapping() : this;
  }

  /** The {@code protocol} column of a device's records. */
  public String protocol(Device<?> device) {
    return protocol(origin, device);
  }

  public static String protocol(RecordOrigin origin, Device<?> device) {
    return device.settings() instanceof DeviceProtocol own ? own.protocol() : origin.protocol();
  }

  /** The unified-namespace path of a device. */
  public String path(String device) {
    return origin.path(device);
  }
}
