// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.value;

import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Tag;
import io.connectot.core.model.ValueType;
import io.connectot.opcua.config.ValueSettings;
import io.connectot.opcua.config.ValueSettings.EnumMode;
import io.connectot.opcua.config.ValueSettings.MatrixMode;
import io.connectot.opcua.config.ValueSettings.TimestampSource;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;

/** Devices, tags and settings for tests of values. */
final class ValueFixtures {
  static final Device<String> DEVICE = new Device<>("press", "opc.tcp://plant", "", Map.of());

  private ValueFixtures() {}

  public static Tag<String> tag(ValueType type) {
    return tag(type, Scaling.NONE);
  }

  public static Tag<String> tag(ValueType type, Scaling scaling) {
    return new Tag<>(
        "t",
        "address",
        type,
        Optional.empty(),
        Duration.ofSeconds(1),
        ReportPolicy.ALL,
        scaling,
        Map.of());
  }

  static ValueSettings settings(EnumMode enums, MatrixMode matrices) {
    return new ValueSettings(enums, matrices, TimestampSource.SOURCE, Duration.ofSeconds(60));
  }

  static ValueSettings settings() {
    return settings(EnumMode.BOTH, MatrixMode.NESTED);
  }

  static Measurement read(NodeValueDecoder reader, Object raw) {
    return reader.read(new DataValue(new Variant(raw)), 1, null);
  }
}
