// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.command.read;

import io.connectot.core.connection.Clock;
import io.connectot.core.model.CommandResult;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.BytesValue;
import io.connectot.core.model.Value.InstantValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.NullValue;
import io.connectot.core.model.Value.StructValue;
import io.connectot.core.model.Value.TextValue;
import io.connectot.core.sink.WriteMapper;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Reads the commands of records. A record that is no command becomes one with a problem, so that
 * its sender gets a result. For the task's thread.
 */
public final class CommandReader implements WriteMapper<Command> {
  /** Heap of a command beside the value of its record, in bytes. */
  private static final int OVERHEAD = 300;

  private static final int WRITE_BYTES = 150;

  private final CommandForm form;
  private final Duration ttl;
  private final Clock clock;

  /**
   * @param form how commands are written
   * @param ttl how long after the timestamp of its record a command may be sent
   */
  public CommandReader(CommandForm form, Duration ttl, Clock clock) {
    this.form = form;
    this.ttl = ttl;
    this.clock = clock;
  }

  /** How the value of a record says what to write. */
  @FunctionalInterface
  public interface CommandForm {
    /**
     * Reads an object.
     *
     * @throws CommandRejectedException when it is no command, saying what it should have
     */
    Content read(StructValue object) throws CommandRejectedException;
  }

  /**
   * What an object says.
   *
   * @param id null when it has none
   * @param expires null when it does not say
   */
  public record Content(String id, Instant expires, String device, List<Command.Write> writes) {}

  @Override
  public Optional<Command> map(SinkRecord record) {
    if (record.value() == null) {
      return Optional.empty();
    }
    Instant time = record.timestamp() == null ? null : Instant.ofEpochMilli(record.timestamp());
    Instant now = clock.wall().instant();
    // The lifetime of a command from a clock that is ahead begins now.
    Instant sent = time == null || time.isAfter(now) ? now : time;
    try {
      Content content = form.read(object(record.value()));
      return Optional.of(
          new Command(
              origin(record, content.id(), time),
              content.expires() == null ? sent.plus(ttl) : content.expires(),
              content.device(),
              content.writes(),
              null));
    } catch (CommandRejectedException e) {
      return Optional.of(
          new Command(origin(record, null, time), sent.plus(ttl), "", List.of(), e.getMessage()));
    }
  }

  private static CommandResult.Origin origin(SinkRecord record, String id, Instant time) {
    return new CommandResult.Origin(
        id,
        record.originalTopic(),
        record.originalKafkaPartition(),
        record.originalKafkaOffset(),
        time);
  }

  private static StructValue object(Object recordValue) throws CommandRejectedException {
    Value value = PlainValues.of(recordValue);
    if (value instanceof BytesValue bytes) {
      value = PlainValues.parse(new String(bytes.value(), StandardCharsets.UTF_8));
    } else if (value instanceof TextValue text) {
      value = PlainValues.parse(text.value());
    }
    if (value instanceof StructValue object) {
      return object;
    }
    throw new CommandRejectedException(
        "a command is an object such as {\"device\": \"press\", \"tag\": \"speed\", \"value\": 3}");
  }

  @Override
  public long bytes(Command write) {
    return OVERHEAD + (long) WRITE_BYTES * write.writes().size();
  }

  /** A text that must be there. */
  static String text(StructValue object, String name) throws CommandRejectedException {
    Optional<String> text = optionalText(object, name);
    if (text.isEmpty() || text.get().isBlank()) {
      throw new CommandRejectedException("the command has no '" + name + "'");
    }
    return text.get();
  }

  /** A text or a whole number; empty when it is not there. */
  static Optional<String> optionalText(StructValue object, String name)
      throws CommandRejectedException {
    Value value = object.fields().get(name);
    if (value == null || value instanceof NullValue) {
      return Optional.empty();
    } else if (value instanceof TextValue text) {
      return Optional.of(text.value());
    } else if (value instanceof LongValue number) {
      return Optional.of(Long.toString(number.value()));
    }
    throw new CommandRejectedException("'" + name + "' must be a text");
  }

  /** A time in ISO-8601 or in milliseconds since 1970; null when it is not there. */
  static Instant time(StructValue object, String name) throws CommandRejectedException {
    Value value = object.fields().get(name);
    if (value == null || value instanceof NullValue) {
      return null;
    }
    try {
      if (value instanceof InstantValue instant) {
        return instant.value();
      } else if (value instanceof LongValue millis) {
        return Instant.ofEpochMilli(millis.value());
      } else if (value instanceof TextValue text) {
        return OffsetDateTime.parse(text.value()).toInstant();
      }
    } catch (DateTimeException e) {
      // Falls through to the one message for anything that is no time.
    }
    throw new CommandRejectedException(
        "'" + name + "' must be a time such as 2026-11-28T21:28:12Z, or milliseconds since 1970");
  }
}
