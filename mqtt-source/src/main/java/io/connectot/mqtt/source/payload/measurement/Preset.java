// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.measurement;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.Key;
import io.connectot.core.spi.line.LineException;
import io.connectot.mqtt.source.payload.Format;
import io.connectot.mqtt.source.payload.LineSettings;
import java.util.Map;

/** What the options of a format are unless a line or the connector sets them. */
final class Preset {
  private static final Map<Format, Map<Key<?>, String>> PRESETS =
      Map.of(
          Format.LINEPROTOCOL,
          Map.of(
              MeasurementConfig.VALUES, "/fields",
              MeasurementConfig.TIME, "/time",
              MeasurementConfig.DEVICE, "/device"),
          Format.SENML,
          Map.of(
              MeasurementConfig.VALUE, "/value",
              MeasurementConfig.DEVICE, "/device,${topic[-1]}",
              MeasurementConfig.TAG, "/tag",
              MeasurementConfig.TIME, "/time",
              MeasurementConfig.UNIT, "/unit"),
          Format.OPCUA_JSON,
          Map.of(
              MeasurementConfig.VALUES, "/Payload",
              MeasurementConfig.VALUE, "/Value/Body,/Value/Value,/Value,/Body",
              MeasurementConfig.TIME, "/SourceTimestamp,/ServerTimestamp,/Timestamp",
              MeasurementConfig.QUALITY, "/StatusCode/Code,/StatusCode,/Status/Code,/Status",
              MeasurementConfig.QUALITY_MAP, "0:good",
              MeasurementConfig.DEVICE, "/DataSetWriterName,/DataSetWriterId,/PublisherId"));

  private final Map<Key<?>, String> preset;
  private final LineSettings settings;
  private final Configuration config;

  Preset(Format format, LineSettings settings, Configuration config) {
    this.preset = PRESETS.getOrDefault(format, Map.of());
    this.settings = settings;
    this.config = config;
  }

  /** The option of a line, else the key of the connector, else that of the format. */
  <T> T get(Key<T> key) throws LineException {
    String text = preset.get(key);
    return text == null || isSet(key) ? MeasurementConfig.get(settings, key) : key.parse(text);
  }

  /** Whether the line or the connector sets a key. */
  boolean isSet(Key<?> key) {
    return settings.hasOwn(MeasurementConfig.option(key.name())) || config.isSet(key);
  }
}
