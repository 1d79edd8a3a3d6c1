// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.config;

import io.connectot.core.config.Checks;
import io.connectot.core.config.Choice;
import io.connectot.core.config.Option;
import io.connectot.opcua.config.ValueSettings.EnumMode;
import io.connectot.opcua.config.ValueSettings.MatrixMode;
import io.connectot.opcua.config.ValueSettings.TimestampSource;
import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/** The keys that say how values of OPC UA become values of records. */
public final class OpcUaValueConfig {
  public static final String TIMESTAMP_SOURCE = "opcua.timestamp.source";
  public static final String ENUM_MODE = "opcua.enum.mode";
  public static final String MATRIX_MODE = "opcua.matrix.mode";
  public static final String TYPES_TIMEOUT = "opcua.types.timeout.ms";

  private static final String GROUP = "OPC UA values";

  private final AbstractConfig config;

  /** Reads the keys from a configuration whose definition has them. */
  public OpcUaValueConfig(AbstractConfig config) {
    this.config = config;
  }

  /** Adds the keys. */
  public static ConfigDef addTo(ConfigDef definition) {
    Option.choice(TIMESTAMP_SOURCE, TimestampSource.class, TimestampSource.SOURCE)
        .group(GROUP)
        .displayName("Timestamp source")
        .doc(
            "Which time is the time of a value: 'source' is that of the device the server has it"
                + " from, 'server' the server's own, 'receive' the worker's. Where a value lacks"
                + " the time, or it is none between 1970 and 2262, the next of these is taken.")
        .addTo(definition);
    Option.choice(ENUM_MODE, EnumMode.class, EnumMode.BOTH)
        .group(GROUP)
        .displayName("Enumerations")
        .doc(
            "What is told of an enumeration: 'both' is the number as value and the label as text"
                + " beside it, in structures and arrays 'Running_2' (OPC UA Part 6 §5.4.4);"
                + " 'number' or 'label' is that alone. A number without label stays a number.")
        .addTo(definition);
    Option.choice(MATRIX_MODE, MatrixMode.class, MatrixMode.NESTED)
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("Matrices")
        .doc(
            "The form of arrays of several dimensions: 'nested' is arrays in arrays, 'flat' a"
                + " structure of 'dimensions' and 'array', with the last dimension changing"
                + " fastest.")
        .addTo(definition);
    Option.of(TYPES_TIMEOUT, ConfigDef.Type.LONG)
        .defaultValue(5_000L)
        .validator(Checks.between(100, 60_000))
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("Type definitions timeout (ms)")
        .width(Width.SHORT)
        .doc(
            "How long, in milliseconds, a value of a structure not seen before waits for its"
                + " definition to be read from the server. A structure without definition is"
                + " UNCERTAIN with a status that names it.")
        .addTo(definition);
    return definition;
  }

  /** What the keys say. */
  public ValueSettings settings() {
    return new ValueSettings(
        Choice.get(config, ENUM_MODE, EnumMode.class),
        Choice.get(config, MATRIX_MODE, MatrixMode.class),
        Choice.get(config, TIMESTAMP_SOURCE, TimestampSource.class),
        Duration.ofMillis(config.getLong(TYPES_TIMEOUT)));
  }
}
