// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.delivery;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Finds out at the first record of every kind of value whether the converter carries it. A
 * connector does not know the converters of the worker: StringConverter writes the text of Java's
 * {@code toString()} for everything that is not text, and what a converter refuses is dropped with
 * {@code errors.tolerance=all}. Once that was found, nothing is to be acknowledged any more.
 *
 * <p>Values that a transformation replaced are not judged, nor is a kind of which one value was
 * converted. Thread-safe, but for {@link #observe}.
 */
public final class ConverterCheck {
  private final Optional<String> named;
  private final boolean toleratesErrors;
  private final boolean transforms;
  private final AtomicReference<ConnectException> failure = new AtomicReference<>();

  /** The kinds of which a value was converted. Replaced, never changed. */
  private volatile EnumSet<ValueKind> proven = EnumSet.noneOf(ValueKind.class);

  /**
   * @param named the converter of values that the connector names, for messages
   * @param toleratesErrors whether the worker drops what converters refuse
   * @param transforms whether there are transformations
   */
  public ConverterCheck(Optional<String> named, boolean toleratesErrors, boolean transforms) {
    this.named = named;
    this.toleratesErrors = toleratesErrors;
    this.transforms = transforms;
  }

  /** Observes records that the worker is about to take. For the task's thread. */
  public void observe(List<SourceRecord> batch) {
    EnumSet<ValueKind> known = proven;
    for (SourceRecord each : batch) {
      Object value = each.value();
      if (value == null || !(each instanceof TrackedRecord tracked)) {
        continue;
      }
      ValueKind kind = ValueKind.of(value);
      if (!known.contains(kind)) {
        tracked.observe(new ValueProbe(kind, value));
      }
    }
  }

  /**
   * Judges a record that Kafka has, or that the worker dropped.
   *
   * @param metadata null when it was dropped
   * @return whether it may be acknowledged
   */
  public boolean accept(TrackedRecord committed, RecordMetadata metadata) {
    if (failure.get() != null) {
      return false;
    }
    ValueProbe probe = committed.probe();
    if (probe == null || proven.contains(probe.kind())) {
      return true;
    }
    if (metadata == null) {
      if (toleratesErrors && probe.isRefusedByConverter(!transforms)) {
        failure.compareAndSet(null, refused(committed, probe));
      }
    } else if (probe.isWrittenAsText(metadata)) {
      failure.compareAndSet(null, writtenAsText(committed, probe));
    } else {
      prove(probe.kind());
    }
    return failure.get() == null;
  }

  /** Why the task cannot go on; empty while it can. */
  public Optional<ConnectException> failure() {
    return Optional.ofNullable(failure.get());
  }

  private synchronized void prove(ValueKind kind) {
    EnumSet<ValueKind> more = EnumSet.copyOf(proven);
    more.add(kind);
    proven = more;
  }

  private ConnectException writtenAsText(TrackedRecord committed, ValueProbe probe) {
    return new ConnectException(
        converter()
            + " does not carry "
            + probe.kind()
            + " and wrote the text of Java's toString() instead: a record of "
            + RecordSource.describe(committed)
            + " for the Kafka topic "
            + committed.topic()
            + ". The source keeps what it can: nothing of it is acknowledged. "
            + remedy(probe.kind()));
  }

  private ConnectException refused(TrackedRecord committed, ValueProbe probe) {
    return new ConnectException(
        converter()
            + ", or that of keys, refuses the first record with "
            + probe.kind()
            + ", and errors.tolerance=all would drop all of them: a record of "
            + RecordSource.describe(committed)
            + " for the Kafka topic "
            + committed.topic()
            + ". Nothing of it is acknowledged. "
            + remedy(probe.kind()));
  }

  private String converter() {
    return named
        .map(name -> "The converter value.converter=" + name)
        .orElse("The worker's converter of values (the connector sets no value.converter)");
  }

  private static String remedy(ValueKind kind) {
    return "Set value.converter on the connector to org.apache.kafka.connect.json.JsonConverter"
        + switch (kind) {
          case BYTES -> ", or to org.apache.kafka.connect.converters.ByteArrayConverter";
          case TEXT -> ", or to org.apache.kafka.connect.storage.StringConverter";
          default -> ", or to a converter for Avro";
        }
        + ", and key.converter to org.apache.kafka.connect.storage.StringConverter";
  }
}
