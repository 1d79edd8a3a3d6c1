// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.config;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.Key;
import io.connectot.core.config.Keys;
import io.connectot.opcua.config.ValueSettings.EnumMode;
import io.connectot.opcua.config.ValueSettings.MatrixMode;
import io.connectot.opcua.config.ValueSettings.TimestampSource;
import java.time.Duration;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** The keys of the conversion of values. */
public final class OpcUaValueConfig {
  private static final Key<TimestampSource> TIMESTAMP_SOURCE =
      Key.choice("opcua.timestamp.source", TimestampSource.class, TimestampSource.SOURCE)
          .display("Timestamp source")
          .doc(
              "Which timestamp a value gets: 'source' is that of the device behind the server,"
                  + " 'server' the server's own, 'receive' the worker's. If the timestamp is"
                  + " missing or not between 1970 and 2262, the next of these is used.");

  private static final Key<EnumMode> ENUM_MODE =
      Key.choice("opcua.enum.mode", EnumMode.class, EnumMode.BOTH)
          .display("Enumerations")
          .doc(
              "What an enumeration becomes: 'both' is the number as value and the label as text"
                  + " beside it, in structures and arrays 'Running_2' (OPC UA Part 6 §5.4.4);"
                  + " 'number' or 'label' is that alone. A number without a label stays a number.");

  private static final Key<MatrixMode> MATRIX_MODE =
      Key.choice("opcua.matrix.mode", MatrixMode.class, MatrixMode.NESTED)
          .importance(Importance.LOW)
          .display("Matrices")
          .doc(
              "The form of arrays of several dimensions: 'nested' is arrays in arrays, 'flat' a"
                  + " structure of 'dimensions' and 'array', with the last dimension changing"
                  + " fastest.");

  private static final Key<Duration> TYPES_TIMEOUT =
      Key.millis("opcua.types.timeout.ms", 5_000, 100, Duration.ofMinutes(1))
          .importance(Importance.LOW)
          .display("Type definitions timeout (ms)")
          .doc(
              "Maximum time, in milliseconds, that a value of a new structure type waits until its"
                  + " definition is read from the server. A structure without a definition is"
                  + " UNCERTAIN with a status that names the type.");

  public static final Keys KEYS =
      Keys.group("OPC UA values", TIMESTAMP_SOURCE, ENUM_MODE, MATRIX_MODE, TYPES_TIMEOUT);

  private OpcUaValueConfig() {}

  /** The settings, which are read for every value. */
  public static ValueSettings settings(Configuration config) {
    return new ValueSettings(
        config.get(ENUM_MODE),
        config.get(MATRIX_MODE),
        config.get(TIMESTAMP_SOURCE),
        config.get(TYPES_TIMEOUT));
  }
}
