// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.command.read;

import io.connectot.core.model.Value;
import io.connectot.core.model.Value.NullValue;
import io.connectot.core.model.Value.StructValue;
import io.connectot.core.model.Value.TextValue;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Objects with {@code device}, {@code tag} and {@code value}, with {@code device} and {@code
 * values} for several tags, and normalized measurements.
 */
public final class ObjectForm implements CommandReader.CommandForm {
  /** The columns of measurements that have values, in the order of the schema. */
  private static final List<String> COLUMNS =
      List.of("value_boolean", "value_long", "value_double", "value_string", "value_bytes");

  @Override
  public CommandReader.Content read(StructValue object) throws CommandRejectedException {
    String device = CommandReader.text(object, "device");
    if (object.fields().containsKey("quality") && object.fields().containsKey("event_time")) {
      return new CommandReader.Content(
          null,
          null,
          device,
          List.of(new Command.Write(CommandReader.text(object, "tag"), ofMeasurement(object))));
    }
    return new CommandReader.Content(
        CommandReader.optionalText(object, "id").orElse(null),
        CommandReader.time(object, "expires"),
        device,
        writes(object));
  }

  private static List<Command.Write> writes(StructValue object) throws CommandRejectedException {
    Value values = object.fields().get("values");
    if (values == null) {
      Value value = object.fields().get("value");
      if (value == null) {
        throw new CommandRejectedException(
            "the command has neither 'value' nor 'values'; write one of them");
      }
      return List.of(new Command.Write(CommandReader.text(object, "tag"), value));
    }
    if (object.fields().containsKey("tag") || object.fields().containsKey("value")) {
      throw new CommandRejectedException(
          "the command has 'values' as well as 'tag' or 'value'; write one or the other");
    }
    if (!(values instanceof StructValue members) || members.fields().isEmpty()) {
      throw new CommandRejectedException(
          "'values' must be an object of tags and their values such as {\"speed\": 3}");
    }
    List<Command.Write> writes = new ArrayList<>();
    for (Map.Entry<String, Value> member : members.fields().entrySet()) {
      writes.add(new Command.Write(member.getKey(), member.getValue()));
    }
    return writes;
  }

  private static Value ofMeasurement(StructValue measurement) throws CommandRejectedException {
    String quality = CommandReader.text(measurement, "quality");
    if (!quality.equals("GOOD")) {
      throw new CommandRejectedException(
          "the quality of the measurement is " + quality + "; only GOOD values are written");
    }
    String type = CommandReader.optionalText(measurement, "type").orElse("");
    // The number beside it is that of milliseconds, or a double.
    boolean isText =
        type.equals("DATETIME")
            || (type.equals("UINT64") && isNone(measurement.fields().get("value_long")));
    if (isText && measurement.fields().get("value_string") instanceof TextValue text) {
      return typed(text, type);
    }
    for (String column : COLUMNS) {
      Value value = measurement.fields().get(column);
      if (!isNone(value)) {
        return typed(value, type);
      }
    }
    throw new CommandRejectedException("the measurement has no value");
  }

  private static boolean isNone(Value value) {
    return value == null || value instanceof NullValue;
  }

  /** What a measurement has as text because no column holds it. */
  private static Value typed(Value value, String type) throws CommandRejectedException {
    if (!(value instanceof TextValue text)) {
      return value;
    }
    if (type.equals("JSON")) {
      return PlainValues.parse(text.value());
    }
    if (type.equals("UINT64")) {
      try {
        return PlainValues.of((Object) new BigInteger(text.value()));
      } catch (NumberFormatException e) {
        throw new CommandRejectedException("'" + text.value() + "' is not a number of type UINT64");
      }
    }
    return value;
  }
}
