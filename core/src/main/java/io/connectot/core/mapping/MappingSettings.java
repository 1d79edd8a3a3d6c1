// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import io.connectot.core.mapping.template.Template;
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
 * @param unsPath where the connector's devices hang in the unified namespace, without slashes at
 *     its ends; may be empty
 * @param protocol the record's {@code protocol} field, unless a device has its own
 */
public record MappingSettings(
    RecordLayout layout, RecordKey key, Template topic, String unsPath, String protocol) {

  public MappingSettings {
    unsPath = trimSlashes(unsPath);
  }

  /** The same with another topic. */
  MappingSettings withTopic(Template other) {
    return new MappingSettings(layout, key, other, unsPath, protocol);
  }

  /** How the records of a device are shaped: in its own way, or as configured for the connector. */
  MappingSettings of(Device<?> device) {
    return device.settings() instanceof OwnMapping own ? own.mapping() : this;
  }

  /** The {@code protocol} field of a device's records. */
  String protocol(Device<?> device) {
    return device.settings() instanceof DeviceProtocol own ? own.protocol() : protocol;
  }

  /** The unified-namespace path of a device. */
  String path(String device) {
    return unsPath.isEmpty() ? device : unsPath + "/" + device;
  }

  private static String trimSlashes(String path) {
    int from = 0;
    int to = path.length();
    while (from < to && path.charAt(from) == '/') {
      from++;
    }
    while (to > from && path.charAt(to - 1) == '/') {
      to--;
    }
    return path.substring(from, to);
  }
}
