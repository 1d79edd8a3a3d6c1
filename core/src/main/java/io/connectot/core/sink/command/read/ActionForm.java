// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.command.read;

import io.connectot.core.connection.Clock;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.StructValue;
import io.connectot.core.model.Value.TextValue;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Action requests in JSON as OPC UA Part 14 defines them. The name of the data set writer is the
 * device, the members of the payload are its tags, and the correlation data is the id.
 */
public final class ActionForm implements CommandReader.CommandForm {
  private static final String TYPE = "ua-action-request";

  /** The numbers of the built-in types with 64 bits. */
  private static final Value INT64 = new LongValue(8);

  private static final Value UINT64 = new LongValue(9);

  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,20}");

  private final Clock clock;

  public ActionForm(Clock clock) {
    this.clock = clock;
  }

  @Override
  public CommandReader.Content read(StructValue object) throws CommandRejectedException {
    String type = CommandReader.text(object, "MessageType");
    if (!type.equals(TYPE)) {
      throw new CommandRejectedException("MessageType is '" + type + "' and must be " + TYPE);
    }
    if (!(object.fields().get("Messages") instanceof ArrayValue messages)
        || messages.elements().isEmpty()) {
      throw new CommandRejectedException("the request has no Messages");
    }
    String device = null;
    List<Command.Write> writes = new ArrayList<>();
    for (Value element : messages.elements()) {
      if (!(element instanceof StructValue message)) {
        throw new CommandRejectedException("each of the Messages must be an object");
      }
      String writer = CommandReader.text(message, "DataSetWriterName");
      if (device != null && !device.equals(writer)) {
        throw new CommandRejectedException(
            "the Messages are for several devices ("
                + device
                + ", "
                + writer
                + "); send one request for each");
      }
      device = writer;
      if (!(message.fields().get("Payload") instanceof StructValue payload)
          || payload.fields().isEmpty()) {
        throw new CommandRejectedException("each of the Messages needs a Payload with values");
      }
      for (Map.Entry<String, Value> field : payload.fields().entrySet()) {
        writes.add(new Command.Write(field.getKey(), plain(field.getValue())));
      }
    }
    return new CommandReader.Content(
        CommandReader.optionalText(object, "CorrelationData").orElse(null),
        expires(object),
        device,
        writes);
  }

  /** The value of a variant or data value, in the encodings of versions 1.04 and 1.05. */
  private static Value plain(Value value) {
    if (value instanceof StructValue wrapped) {
      Map<String, Value> fields = wrapped.fields();
      if (fields.containsKey("UaType") && fields.containsKey("Value")) {
        return number(fields.get("UaType"), fields.get("Value"));
      }
      if (fields.containsKey("Type") && fields.containsKey("Body")) {
        return number(fields.get("Type"), fields.get("Body"));
      }
      if (fields.size() == 1 && fields.containsKey("Value")) {
        return plain(fields.get("Value"));
      }
    }
    return value;
  }

  /** Part 6: JSON has the integers of 64 bits as texts. */
  private static Value number(Value type, Value value) {
    if (!INT64.equals(type) && !UINT64.equals(type)) {
      return value;
    }
    if (value instanceof ArrayValue array) {
      return new ArrayValue(
          array.elementType(),
          array.elements().stream().map(element -> number(type, element)).toList());
    }
    return value instanceof TextValue text && WHOLE.matcher(text.value()).matches()
        ? PlainValues.number(new BigDecimal(text.value()))
        : value;
  }

  private Instant expires(StructValue object) throws CommandRejectedException {
    Instant sent = CommandReader.time(object, "Timestamp");
    Value hint = object.fields().get("TimeoutHint");
    double millis =
        hint instanceof LongValue whole
            ? whole.value()
            : hint instanceof DoubleValue number ? number.value() : 0;
    // Part 14: a hint of 0 is none.
    if (sent == null || !(millis > 0) || millis > Duration.ofDays(365).toMillis()) {
      return null;
    }
    // The lifetime of a request from a clock that is ahead begins now.
    Instant now = clock.wall().instant();
    return (sent.isAfter(now) ? now : sent).plusMillis((long) millis);
  }
}
