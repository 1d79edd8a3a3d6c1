// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import io.connectot.core.mapping.settings.MappingSettings;
import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import java.util.Collection;

/** Makes the mapper of each device, as the connector's configuration asks. Thread-safe. */
public interface RecordMapper {

  /** A new mapper for a device; keep it as long as the device. */
  DeviceMapper forDevice(Device<?> device);

  /**
   * The mapper of a layout.
   *
   * @param tags all tags of the connector in the order of the configuration, whichever task and
   *     device they belong to: a row has a field for each
   */
  static RecordMapper of(MappingSettings settings, Collection<? extends Tag<?>> tags) {
    return switch (settings.layout()) {
      case MEASUREMENT -> new MeasurementMapper(settings);
      case VALUE -> new ValueMapper(settings);
      case ROW -> new RowMapper(settings, RowSchema.of(tags, settings.form().attributes()));
    };
  }
}
