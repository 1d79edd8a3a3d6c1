// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.record;

import io.connectot.core.mapping.settings.MappingSettings;
import io.connectot.core.mapping.settings.RecordKey;
import io.connectot.core.model.Device;

/**
 * What a record is about.
 *
 * @param path the unified-namespace path, of the tag if there is one, else of the device
 * @param device the name of the device
 * @param tag null when the record is about the whole device
 * @param protocol what the device speaks
 * @param connector the name of the connector
 */
public record RecordIdentity(
    String path, String device, String tag, String protocol, String connector) {

  /** Of a record about a whole device. */
  public static RecordIdentity of(MappingSettings settings, Device<?> device) {
    return new RecordIdentity(
        settings.path(device.name()),
        device.name(),
        null,
        settings.protocol(device),
        settings.origin().connector());
  }

  /** Of a record about one tag of the device. */
  public RecordIdentity ofTag(String name) {
    return new RecordIdentity(path + "/" + name, device, name, protocol, connector);
  }

  /** The key of a record about the tag, or the device without one; null for none. */
  public String key(RecordKey key) {
    return switch (key) {
      case PATH -> path;
      case DEVICE -> device;
      case TAG -> tag == null ? device : tag;
      case NONE -> null;
    };
  }
}
